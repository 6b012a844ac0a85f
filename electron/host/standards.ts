import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import {
  ReferenceStandard,
  type StandardEntry,
  type standardMethods,
} from '../../shared/contract/standards.ts';
import { standardMistakes } from '../../shared/metrology/metrology.ts';
import type { JobStore } from '../store/job-store.ts';
import { dayOf } from './day.ts';
import type { Handlers } from './server.ts';
import { type ImportedStandard, importedStandards, standardName } from './standards-import.ts';

type Known = Pick<ReferenceStandard, 'maker' | 'model' | 'serial'>;

interface RegisterOptions {
  store: JobStore;
  /** Of the simulated bench, see `loadBenchStandard`. */
  bench: ReferenceStandard;
  /** The bench is attached: its reference is there to be used. */
  isBenchAttached: boolean;
  changed?: (register: ReferenceStandard[]) => void;
  now?: () => Date;
}

/**
 * The register of reference standards: what the record holds of them, the newest entry of each. The bench's own
 * reference is in it while the bench is attached; it comes into the record with the calibrations that use it, or when
 * somebody changes its entry.
 */
export class Standards {
  readonly #options: RegisterOptions;

  constructor(options: RegisterOptions) {
    this.#options = options;
  }

  /** In the order of their numbers. */
  list(): ReferenceStandard[] {
    return this.#options.isBenchAttached ? this.#all() : this.#entered();
  }

  /** The bench may also be served by another program: then its instrument says who it is, and is known. */
  #all(): ReferenceStandard[] {
    const { bench } = this.#options;
    const entered = this.#entered();
    const isThere = entered.some((standard) => standard.id === bench.id || isSame(standard, bench));
    return isThere ? entered : [bench, ...entered];
  }

  /** Null where the register has none; one that is retired or overdue is found, and `standardConcerns` says so. */
  find(asked: { id: string } | Known): ReferenceStandard | null {
    const list = this.#all();
    const found =
      'id' in asked
        ? list.find(({ id }) => id === asked.id)
        : list.find((standard) => isSame(standard, asked));
    return found ?? null;
  }

  /** @throws Failure NOT_FOUND */
  idOf(named: Known): string {
    const found = this.#all().find((standard) => standardName(standard) === standardName(named));
    if (found) return found.id;
    const id = `${named.maker} ${named.model} ${named.serial} in the register`;
    throw new Failure('NOT_FOUND', { thing: 'reference standard', id });
  }

  /** The day by the calendar here: certificates are dated so. */
  today(): string {
    return dayOf((this.#options.now ?? (() => new Date()))());
  }

  /** @throws Failure STANDARD_INVALID */
  add(entry: StandardEntry): ReferenceStandard {
    return this.#save({ ...entry, id: this.#nextId(), bench: this.#isBench(entry), retired: null });
  }

  /** Entries as JSON, one or a list: all of them or, where one is wrong or there already, none. */
  addAll(json: string): ReferenceStandard[] {
    const given = importedStandards(json);
    const there = this.#entered();
    given.forEach((entry, index) => {
      const twin = [...there, ...given.slice(0, index)].find(
        (other) => standardName(other) === standardName(entry),
      );
      if (twin) throw invalid(entry, 'id' in twin ? alreadyAs(twin.id) : 'it is in the list twice');
      demandSound(entry);
    });
    return given.map((entry) => this.#enter(entry));
  }

  /** @throws Failure NOT_FOUND, STANDARD_INVALID */
  change(id: string, entry: StandardEntry): ReferenceStandard {
    const { retired } = this.#known(id);
    return this.#save({ ...entry, id, bench: this.#isBench(entry), retired });
  }

  /** @throws Failure NOT_FOUND, STANDARD_INVALID */
  recalibrated(
    id: string,
    certificate: ReferenceStandard['certificates'][number],
    drift: string | null,
  ): ReferenceStandard {
    const known = this.#known(id);
    const certificates = [...known.certificates, certificate];
    return this.#save({ ...known, certificates, drift: drift ?? known.drift });
  }

  /** @throws Failure NOT_FOUND, STEP_BLOCKED where it is retired already */
  retire(id: string, reason: string): ReferenceStandard {
    const known = this.#known(id);
    if (known.retired) {
      throw new Failure('STEP_BLOCKED', {
        detail: `the standard ${id} is out of use since ${known.retired.on}`,
      });
    }
    return this.#save({ ...known, retired: { on: this.today(), reason } });
  }

  /** Those that are not known here are added as they are; all of them or, where one is wrong, none. */
  import(json: string): { added: string[]; known: string[] } {
    const given = importedStandards(json);
    const there = new Map(this.list().map((standard) => [standardName(standard), standard.id]));
    given.forEach((entry, index) => {
      const twin = given.slice(0, index).find((other) => standardName(other) === standardName(entry));
      if (twin) throw invalid(entry, 'it is in the list twice');
      if (!there.has(standardName(entry))) demandSound(entry);
    });
    const [added, known]: [string[], string[]] = [[], []];
    for (const entry of given) {
      const id = there.get(standardName(entry));
      if (id === undefined) added.push(this.#enter(entry).id);
      else known.push(id);
    }
    return { added, known };
  }

  #enter(entry: ImportedStandard): ReferenceStandard {
    return this.#save({ ...entry, id: this.#nextId(), bench: entry.bench || this.#isBench(entry) });
  }

  #entered(): ReferenceStandard[] {
    const newest = new Map<string, ReferenceStandard>();
    for (const { subject, body } of this.#options.store.events({ kind: 'standard.saved' })) {
      newest.set(subject, ReferenceStandard.parse(body));
    }
    return [...newest.values()].sort((a, b) => numberOf(a.id) - numberOf(b.id));
  }

  #known(id: string): ReferenceStandard {
    const standard = this.find({ id });
    if (!standard) throw new Failure('NOT_FOUND', { thing: 'reference standard', id });
    return standard;
  }

  #save(standard: ReferenceStandard): ReferenceStandard {
    demandSound(standard);
    const twin = this.#entered().find(
      (other) => other.id !== standard.id && standardName(other) === standardName(standard),
    );
    if (twin) throw invalid(standard, alreadyAs(twin.id));
    this.#options.store.append({ kind: 'standard.saved', subject: standard.id, body: standard });
    this.#options.changed?.(this.list());
    return standard;
  }

  #nextId(): string {
    return `s${Math.max(0, ...this.#entered().map(({ id }) => numberOf(id))) + 1}`;
  }

  /** The bench's reference stays one, whoever enters it. */
  #isBench(entry: Known): boolean {
    return isSame(entry, this.#options.bench);
  }
}

/** The bench's own reference, as `resources` has it. */
export async function loadBenchStandard(resources: string): Promise<ReferenceStandard> {
  const path = join(resources, 'standards', 'bench.json');
  try {
    return ReferenceStandard.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message.slice(0, 300) : String(thrown);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause: thrown });
  }
}

/** The contract's methods about the register. */
export const standardHandlers = ({
  standards,
}: {
  standards: Standards;
}): Pick<Handlers, keyof typeof standardMethods> => ({
  'standards.list': () => standards.list(),
  'standards.add': ({ standard }) => standards.add(standard),
  'standards.change': ({ id, standard }) => standards.change(id, standard),
  'standards.recalibrated': ({ id, certificate, drift }) => standards.recalibrated(id, certificate, drift),
  'standards.retire': ({ id, reason }) => standards.retire(id, reason),
  'standards.import': ({ json }) => standards.import(json),
});

/** As an instrument says it of itself. */
const isSame = (one: Known, other: Known): boolean =>
  one.maker === other.maker && one.model === other.model && one.serial === other.serial;

const alreadyAs = (id: unknown): string => `it is in the register already, as ${String(id)}`;

const numberOf = (id: string): number => Number(id.slice(1));

/** @throws Failure STANDARD_INVALID with the first mistake */
function demandSound(entry: StandardEntry): void {
  const [mistake] = standardMistakes(entry);
  if (mistake) throw invalid(entry, `${mistake.path} ${mistake.message}`);
}

const invalid = ({ maker, model, serial }: Known, detail: string): Failure =>
  new Failure('STANDARD_INVALID', { standard: `${maker} ${model} ${serial}`, detail });
