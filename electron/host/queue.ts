import type { ParsedParams } from '../../shared/contract/contract.ts';
import type { PortInfo, UnitIdentity } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReportFacts, RunState } from '../../shared/contract/job.ts';
import type { QueueEntry, QueueState } from '../../shared/contract/queue.ts';
import { needsReference, type Recipe } from '../../shared/contract/recipe.ts';
import { isOnPort } from '../drivers/reference-source.ts';
import type { SharedReferences } from '../drivers/shared-reference.ts';
import { refuseLoginOfMany } from '../provisioning/shared-login.ts';
import { sheetCsv, sheetPdf, sheetRows } from '../report/report.ts';
import { certify, demandCertifiable } from './certify.ts';
import { demandStandard } from './demand-standard.ts';
import { describedAs } from './job.ts';
import { paperOf } from './paper.ts';
import { isSamePort } from './port-names.ts';
import { QueueBefore } from './queue-before.ts';
import { QueueNames } from './queue-names.ts';
import { checkRecipe } from './recipes.ts';
import { buildReport } from './reports.ts';
import { runRecipe } from './run.ts';
import type { Services } from './services.ts';

interface QueueOptions {
  services: Services;
  references: SharedReferences;
  /** Asks the unit on this port who it is. */
  identify: (port: PortInfo, signal: AbortSignal) => Promise<UnitIdentity>;
  /** Whether a recipe is under way that this one would disturb. */
  isElsewhere: () => boolean;
}

/** What one queue works with from its start to its end. */
interface Work {
  recipe: Recipe;
  reference: string | null;
  plates: QueueNames;
  before: QueueBefore;
  /** Hardware id -> the port on which it was found first. */
  found: Map<string, string>;
  signal: AbortSignal;
}

/** The same recipe for many units at once. They share the reference; one that fails stops only itself. */
export class RunQueue {
  readonly #options: QueueOptions;
  readonly #services: Services;
  #state: QueueState | null = null;
  #abort: AbortController | null = null;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#services = options.services;
  }

  get running(): boolean {
    return this.#abort !== null;
  }

  state(): QueueState | null {
    return this.#state;
  }

  start({ recipe: given, ports, reference, names }: ParsedParams<'queue.start'>): QueueState {
    const { store, desk, profiles } = this.#services;
    if (this.running || this.#options.isElsewhere()) {
      throw new Failure('STEP_BLOCKED', { detail: 'a recipe is under way' });
    }
    const checked = checkRecipe(given, profiles);
    if ('mistakes' in checked) throw new Failure('RECIPE_INVALID', { count: checked.mistakes.length });
    const { recipe } = checked;
    demandCertifiable(store, recipe);
    if (reference === null && needsReference(recipe)) {
      throw new Failure('STEP_BLOCKED', { detail: 'the recipe measures, and no reference is named' });
    }
    const units = unitsOn(this.#services.ports(), ports, reference);
    const before = new QueueBefore(store, () => desk.list(), recipe);
    refuseLoginOfMany(recipe.connection, units.length);
    const plates = new QueueNames(recipe.provision, names, units.length, before.tags());
    const abort = new AbortController();
    this.#abort = abort;
    this.#services.describe({ name: recipe.title, ...recipe.report });
    this.#set({ recipe: recipe.title, running: true, entries: units.map(waiting) });
    const work = { recipe, reference, plates, before, found: new Map(), signal: abort.signal };
    // Each unit's failure is in its entry; what is left is a record that takes nothing more.
    this.#running = this.#carryOut(work).catch((thrown: unknown) => {
      this.#services.options.log.error(
        { err: thrown },
        'the end of the queue could not be entered in the record',
      );
    });
    return this.#state as QueueState;
  }

  stop(): QueueState | null {
    this.#abort?.abort();
    return this.#state;
  }

  /** Resolves when nothing of the queue is under way any more. */
  async ended(): Promise<void> {
    await this.#running;
  }

  async sheet(format: 'csv' | 'pdf'): Promise<{ name: string; base64: string }> {
    const queue = this.#state;
    if (!queue) throw new Failure('NOT_FOUND', { thing: 'queue of units', id: 'of this session' });
    const { name: job, engineer } = describedAs(this.#services.store);
    const facts = { job, engineer, version: this.#services.options.version, at: Date.now() };
    const bytes =
      format === 'csv' ? sheetCsv(queue) : await sheetPdf(queue, facts, paperOf(this.#services.options));
    return { name: `results.${format}`, base64: Buffer.from(bytes).toString('base64') };
  }

  async #carryOut(work: Work): Promise<void> {
    const { recipe, reference, signal } = work;
    const entries = this.#state?.entries ?? [];
    const ports = entries.map(({ port }) => port.port);
    const { source } = recipe;
    const isShared = reference !== null && isOnPort(source);
    const places = isShared ? this.#options.references.join(reference, ports, signal, source) : null;
    await Promise.allSettled(
      entries.map(async ({ port }, index) => {
        this.#change(index, { startedAt: Date.now() });
        await this.#commission(port, index, work);
        this.#change(index, { endedAt: Date.now() });
        await places?.get(port.port)?.();
      }),
    );
    this.#abort = null;
    if (!this.#state) return;
    try {
      this.#services.store.append({ kind: 'queue.ended', subject: 'job', body: sheetRows(this.#state) });
    } finally {
      this.#set({ ...this.#state, running: false });
    }
  }

  async #commission(port: PortInfo, index: number, work: Work): Promise<void> {
    const done = await this.#doneBefore(port, work);
    if (done) {
      const { unit, tag, report } = done;
      this.#change(index, { unit, tag, report, stage: 'done', verdict: 'pass', doneBefore: true });
      return;
    }
    const { recipe, reference, plates, before, signal } = work;
    await runRecipe({
      desk: this.#services.desk,
      recipe,
      port,
      reference,
      standardOf: (named) => this.#services.standards.idOf(named),
      demandStandard: (...asked) => demandStandard(this.#services, ...asked),
      settingsOf: ({ hardwareId }) => {
        claim(work.found, hardwareId, port.port);
        const settings = plates.for(hardwareId, index + 1);
        this.#change(index, { tag: settings.tag });
        return settings;
      },
      signal,
      describe: () => undefined,
      buildReport: (unit, scope) => buildReport(this.#services, unit, scope),
      issueCertificate: (wizard, laboratory) => certify(this.#services, wizard, laboratory),
      changed: (state) => {
        const { unit, report, verdict } = state;
        const tag = this.#state?.entries[index]?.tag;
        // In the record before anybody is told: what is said to be done is not done again.
        if (unit !== null && tag && report && verdict === 'pass') before.keep(unit, tag, report);
        this.#change(index, progressOf(state));
      },
    });
  }

  /** Null also where the unit cannot be asked: the recipe itself comes to the same and says so. */
  async #doneBefore(
    port: PortInfo,
    { before, found, signal }: Work,
  ): Promise<{ unit: string; tag: string; report: ReportFacts } | null> {
    if (before.isEmpty) return null;
    try {
      const unit = await this.#options.identify(port, signal);
      const done = before.find(unit);
      if (!done) return null;
      claim(found, unit.hardwareId, port.port);
      return { unit: unit.hardwareId, ...done };
    } catch (thrown) {
      if (thrown instanceof Failure) return null;
      throw thrown;
    }
  }

  #change(index: number, change: Partial<QueueEntry>): void {
    if (!this.#state) return;
    const entries = this.#state.entries.map((entry, i) => (i === index ? { ...entry, ...change } : entry));
    this.#set({ ...this.#state, entries });
  }

  #set(state: QueueState): void {
    this.#state = state;
    this.#services.emit('queue.changed', state);
  }
}

/** `null`: every unit that is plugged in where the reference is: a simulated one measures none on the desk. */
function unitsOn(
  all: readonly PortInfo[],
  ports: readonly string[] | null,
  reference: string | null,
): PortInfo[] {
  const others = all.filter(({ port }) => reference === null || !isSamePort(port, reference));
  if (ports === null) {
    const isSimulated = reference?.startsWith('bench:');
    const units = others.filter(
      ({ looksLike, kind }) =>
        looksLike === 'unit' && (reference === null || isSimulated === (kind === 'simulated')),
    );
    if (units.length === 0) throw new Failure('NOT_FOUND', { thing: 'unit', id: 'on any port' });
    return units;
  }
  const named = reference === null ? ports : [...ports, reference];
  const twice = named.find((port, i) => named.slice(0, i).some((other) => isSamePort(port, other)));
  if (twice !== undefined) throw new Failure('STEP_BLOCKED', { detail: `the port ${twice} is named twice` });
  return ports.map(
    (port) => others.find((info) => info.port === port) ?? { port, kind: 'serial', looksLike: 'unknown' },
  );
}

/** A unit may have two ports: work through both at once would undo itself. */
function claim(found: Map<string, string>, hardwareId: string, port: string): void {
  const other = found.get(hardwareId) ?? port;
  if (other !== port) {
    const detail = `the unit ${hardwareId} is there twice: it is worked on through ${other}`;
    throw new Failure('STEP_BLOCKED', { detail });
  }
  found.set(hardwareId, port);
}

const waiting = (port: PortInfo): QueueEntry => ({
  port,
  unit: null,
  tag: null,
  stage: 'waiting',
  verdict: null,
  failure: null,
  report: null,
  doneBefore: false,
  startedAt: null,
  endedAt: null,
});

const progressOf = ({ stage, unit, verdict, failure, report }: RunState): Partial<QueueEntry> => ({
  stage,
  unit,
  verdict,
  failure,
  report,
});
