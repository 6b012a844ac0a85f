import { Failure } from '../../shared/contract/failure.ts';
import { UnitSettings } from '../../shared/contract/provision.ts';
import type { NameRow } from '../../shared/contract/queue.ts';

type Described = Omit<UnitSettings, 'tag'> & { tag: string };

/** More units than this are not worked on at once. */
const mostUnits = 100;

/** The recipe's settings for the unit with this number: `{n}` in the tag becomes it. */
export const numbered = (settings: Described, n: number): UnitSettings =>
  UnitSettings.parse({ ...settings, tag: settings.tag.replaceAll('{n}', String(n)) });

/**
 * What stands on the plate of each of several units: its own row of the list, else the next row that is for any unit,
 * else the recipe's tag with its number. No two units ever get the same tag, and a unit keeps the one that it was given
 * earlier in the same job, wherever list and recipe still say it.
 */
export class QueueNames {
  readonly #settings: Described;
  readonly #rows: readonly NameRow[];
  readonly #before: ReadonlyMap<string, string>;
  readonly #taken = new Map<string, UnitSettings>();

  /**
   * `before`: hardware id -> tag, of units that had one in this job before.
   * @throws Failure LIST_INVALID where a tag is there twice, STEP_BLOCKED where units would get the same one
   */
  constructor(
    settings: Described,
    rows: readonly NameRow[],
    units: number,
    before: ReadonlyMap<string, string> = new Map(),
  ) {
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
    this.#before = before;
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
    const before = this.#before.get(hardwareId);
    const free = this.#rows.filter((row) => row.hardwareId === null && this.#isFree(row.tag, hardwareId));
    const row =
      this.#rows.find((own) => own.hardwareId === hardwareId) ??
      free.find(({ tag }) => tag === before) ??
      free[0];
    if (!row) return this.#numbered(hardwareId, n, before);
    const { asset, location } = this.#settings;
    return UnitSettings.parse({
      ...this.#settings,
      tag: row.tag,
      asset: row.asset || asset,
      location: row.location || location,
    });
  }

  /** The number that the unit had, else its place in the queue, else the first that nobody has. */
  #numbered(hardwareId: string, n: number, before: string | undefined): UnitSettings {
    const numbers = [n, ...Array.from({ length: mostUnits }, (_, i) => i + 1)];
    const choices = numbers.map((number) => numbered(this.#settings, number));
    const own = choices.find(({ tag }) => tag === before);
    const isGiven = ({ tag }: UnitSettings): boolean =>
      this.#rows.every((row) => row.tag !== tag) && this.#isFree(tag, hardwareId);
    const settings = [...(own ? [own] : []), ...choices].find(isGiven);
    if (settings) return settings;
    const detail = `the list has no row for the unit ${hardwareId}, and the tag ${choices[0]?.tag} is taken`;
    throw new Failure('STEP_BLOCKED', { detail });
  }

  #isFree(tag: string, hardwareId: string): boolean {
    const isOthers = [...this.#before].some(([unit, had]) => unit !== hardwareId && had === tag);
    return !isOthers && [...this.#taken.values()].every((settings) => settings.tag !== tag);
  }
}
