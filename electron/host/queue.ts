import type { ParsedParams } from '../../shared/contract/contract.ts';
import type { PortInfo } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { RunState } from '../../shared/contract/job.ts';
import type { QueueEntry, QueueState } from '../../shared/contract/queue.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import type { SharedReferences } from '../drivers/shared-reference.ts';
import { sheetCsv, sheetPdf, sheetRows } from '../report/report.ts';
import { describedAs } from './job.ts';
import { QueueNames } from './queue-names.ts';
import { checkRecipe } from './recipes.ts';
import { buildReport } from './reports.ts';
import { runRecipe } from './run.ts';
import type { Services } from './services.ts';

/** The same recipe for many units at once. They share the reference; one that fails stops only itself. */
export class RunQueue {
  readonly #services: Services;
  readonly #references: SharedReferences;
  readonly #isElsewhere: () => boolean;
  #state: QueueState | null = null;
  #abort: AbortController | null = null;
  #running: Promise<unknown> = Promise.resolve();

  /** `isElsewhere`: whether a recipe is under way that this one would disturb. */
  constructor(services: Services, references: SharedReferences, isElsewhere: () => boolean) {
    this.#services = services;
    this.#references = references;
    this.#isElsewhere = isElsewhere;
  }

  get running(): boolean {
    return this.#abort !== null;
  }

  state(): QueueState | null {
    return this.#state;
  }

  start({ recipe, ports, reference, names }: ParsedParams<'queue.start'>): QueueState {
    if (this.running || this.#isElsewhere()) {
      throw new Failure('STEP_BLOCKED', { detail: 'a recipe is under way' });
    }
    const checked = checkRecipe(recipe, this.#services.profiles);
    if ('mistakes' in checked) throw new Failure('RECIPE_INVALID', { count: checked.mistakes.length });
    const units = this.#unitsOn(ports, reference);
    const plates = new QueueNames(checked.recipe.provision, names, units.length);
    const abort = new AbortController();
    this.#abort = abort;
    this.#services.describe({ name: checked.recipe.title, ...checked.recipe.report });
    this.#set({ recipe: checked.recipe.title, running: true, entries: units.map(waiting) });
    this.#running = this.#carryOut(checked.recipe, reference, plates, abort.signal);
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
    const bytes = format === 'csv' ? sheetCsv(queue) : await sheetPdf(queue, facts);
    return { name: `results.${format}`, base64: Buffer.from(bytes).toString('base64') };
  }

  #unitsOn(ports: readonly string[] | null, reference: string): PortInfo[] {
    const listed = this.#services.ports().filter(({ port }) => port !== reference);
    if (ports === null) {
      const units = listed.filter(({ looksLike }) => looksLike === 'unit');
      if (units.length === 0) throw new Failure('NOT_FOUND', { thing: 'unit', id: 'on any port' });
      return units;
    }
    if (new Set(ports).size < ports.length || ports.includes(reference)) {
      throw new Failure('STEP_BLOCKED', { detail: 'a port is named twice' });
    }
    return ports.map(
      (port) => listed.find((info) => info.port === port) ?? { port, kind: 'serial', looksLike: 'unknown' },
    );
  }

  async #carryOut(recipe: Recipe, reference: string, plates: QueueNames, signal: AbortSignal): Promise<void> {
    const entries = this.#state?.entries ?? [];
    const places = this.#references.join(
      reference,
      entries.map(({ port }) => port.port),
      signal,
    );
    const work = entries.map(async ({ port }, index) => {
      this.#change(index, { startedAt: Date.now() });
      const ended = await runRecipe({
        desk: this.#services.desk,
        recipe,
        port,
        reference,
        settingsOf: ({ hardwareId }) => {
          const settings = plates.for(hardwareId, index + 1);
          this.#change(index, { tag: settings.tag });
          return settings;
        },
        signal,
        describe: () => undefined,
        buildReport: (unit, scope) => buildReport(this.#services, unit, scope),
        changed: (state) => this.#change(index, progressOf(state)),
      });
      this.#change(index, { ...progressOf(ended), endedAt: Date.now() });
      await places.get(port.port)?.();
    });
    await Promise.allSettled(work);
    this.#abort = null;
    if (!this.#state) return;
    try {
      this.#services.store.append({ kind: 'queue.ended', subject: 'job', body: sheetRows(this.#state) });
    } finally {
      this.#set({ ...this.#state, running: false });
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

const waiting = (port: PortInfo): QueueEntry => ({
  port,
  unit: null,
  tag: null,
  stage: 'waiting',
  verdict: null,
  failure: null,
  report: null,
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
