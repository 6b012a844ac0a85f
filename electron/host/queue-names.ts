import { Failure } from '../../shared/contract/failure.ts';
import { UnitSettings } from '../../shared/contract/provision.ts';
import type { NameRow } from '../../shared/contract/queue.ts';

type Described = Omit<UnitSettings, 'tag'> & { tag: string };

/** The recipe's settings for the unit with this number: `{n}` in the tag becomes it. */
export const numbered = (settings: Described, n: number): UnitSettings =>
  UnitSettings.parse({ ...settings, tag: settings.tag.replaceAll('{n}', String(n)) });

/**
 * What stands on the plate of each of several units: its own row of the list, else the next row that is for any unit,
 * else the recipe's tag with its number. No two units ever get the same tag.
 */
export class QueueNames {
  readonly #settings: Described;
  readonly #rows: readonly NameRow[];
  readonly #taken = new Map<string, UnitSettings>();
  readonly #used = new Set<NameRow>();

  /** @throws Failure LIST_INVALID where a tag is there twice, STEP_BLOCKED where units would get the same one */
  constructor(settings: Described, rows: readonly NameRow[], units: number) {
    const twice = rows.find((row, i) => rows.findIndex(({ tag }) => tag === row.tag) < i);
    if (twice) {
      throw new Failure('LIST_INVALID', {
        name: 'of names',
        line: rows.indexOf(twice) + 1,
        detail: `the tag ${twice.tag} is there twice`,
      });
    }
    if (units > Math.max(1, rows.length) && !settings.tag.includes('{n}')) {
      const detail = `${units} units would get the tag ${settings.tag}: put {n} in it, or give a list of names`;
      throw new Failure('STEP_BLOCKED', { detail });
    }
    this.#settings = settings;
    this.#rows = rows;
  }

  /** Asked again for the same unit, it answers the same. @throws Failure STEP_BLOCKED where the list has run out */
  for(hardwareId: string, n: number): UnitSettings {
    const known = this.#taken.get(hardwareId);
    if (known) return known;
    const settings = this.#next(hardwareId, n);
    this.#taken.set(hardwareId, settings);
    return settings;
  }

  #next(hardwareId: string, n: number): UnitSettings {
    const row =
      this.#rows.find((own) => own.hardwareId === hardwareId) ??
      this.#rows.find((free) => free.hardwareId === null && !this.#used.has(free));
    if (!row) {
      const settings = numbered(this.#settings, n);
      if (this.#rows.every(({ tag }) => tag !== settings.tag) && this.#isFree(settings.tag)) return settings;
      const detail = `the list has no row for the unit ${hardwareId}, and the tag ${settings.tag} is taken`;
      throw new Failure('STEP_BLOCKED', { detail });
    }
    this.#used.add(row);
    const { asset, location } = this.#settings;
    return UnitSettings.parse({
      ...this.#settings,
      tag: row.tag,
      asset: row.asset || asset,
      location: row.location || location,
    });
  }

  #isFree(tag: string): boolean {
    return [...this.#taken.values()].every((settings) => settings.tag !== tag);
  }
}
