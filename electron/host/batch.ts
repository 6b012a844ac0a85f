import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import type {
  BatchEntry,
  BatchState,
  calibrationMethods,
} from '../../shared/contract/calibration-methods.ts';
import type { ParsedParams } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import { presentRun, runResults } from '../../shared/wizard/calibrate.ts';
import { stationsOf } from '../../shared/wizard/stations.ts';
import { isOnPort } from '../drivers/reference-source.ts';
import type { SharedReferences } from '../drivers/shared-reference.ts';
import { actAndWait } from './act-and-wait.ts';
import { type BatchUnit, batchUnits } from './batch-units.ts';
import { calibrateUnit } from './calibrate-unit.ts';
import type { Handlers } from './server.ts';
import type { Services } from './services.ts';

interface BatchOptions {
  services: Services;
  references: SharedReferences;
  /** Whether a recipe is under way that this would disturb. */
  isElsewhere: () => boolean;
  onWizard: (listener: (state: WizardState) => void) => () => void;
}

type Asked = ParsedParams<'batch.start'>;

/** Several units at the same points of one reference, each in a calibration of its own. One that fails stops only itself. */
export class Batch {
  readonly #options: BatchOptions;
  #state: BatchState = null;
  #abort: AbortController | null = null;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: BatchOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#abort !== null;
  }

  state(): BatchState {
    return this.#state;
  }

  /** @throws Failure STEP_BLOCKED, NOT_FOUND: then nothing was begun */
  start(asked: Asked): BatchState {
    if (this.running || this.#options.isElsewhere()) {
      throw new Failure('STEP_BLOCKED', { detail: 'other work with several units is under way' });
    }
    const units = batchUnits(this.#options.services, asked);
    const abort = new AbortController();
    this.#abort = abort;
    const of = stationsOf(asked.plan).length;
    this.#set({ running: true, entries: units.map(({ unit }) => waiting(unit, of)) });
    const stopHearing = this.#options.onWizard((state) => this.#heard(state));
    this.#running = this.#carryOut(units, asked, abort.signal).finally(() => {
      stopHearing();
      this.#abort = null;
      if (this.#state) this.#set({ ...this.#state, running: false });
    });
    return this.#state;
  }

  stop(): BatchState {
    this.#abort?.abort();
    return this.#state;
  }

  /** Resolves when nothing of the batch is under way any more. */
  async ended(): Promise<void> {
    await this.#running;
  }

  async #carryOut(units: BatchUnit[], asked: Asked, signal: AbortSignal): Promise<void> {
    const { port, source } = asked;
    const ports = units.map((unit) => unit.port);
    const places = isOnPort(source) ? this.#options.references.join(port, ports, signal, source) : null;
    await Promise.all(
      units.map(async (unit, index) => {
        try {
          await this.#calibrate(unit, index, asked, signal);
        } catch (thrown) {
          const failure = signal.aborted ? stopped() : Failure.from(thrown);
          this.#change(index, { stage: 'failed', failure: failure.message });
        } finally {
          await places?.get(unit.port)?.();
        }
      }),
    );
  }

  async #calibrate(
    { unit, port }: BatchUnit,
    index: number,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<void> {
    const { desk } = this.#options.services;
    const tools = { desk, signal };
    signal.throwIfAborted();
    let wizard = desk.open({ kind: 'calibrate', unit, port }) as CalibrateState;
    this.#change(index, { wizard: wizard.id });
    const { port: referencePort, source, standard, plan } = asked;
    wizard = await actAndWait(tools, wizard, {
      type: 'chooseReference',
      port: referencePort,
      source,
      standard,
    });
    wizard = await actAndWait(tools, wizard, { type: 'plan', plan });
    const { verdict } = await calibrateUnit(tools, wizard);
    this.#change(index, { stage: 'done', verdict });
  }

  /** What has come of a unit's calibration. */
  #heard(state: WizardState): void {
    const index = this.#state?.entries.findIndex(({ wizard }) => wizard === state.id) ?? -1;
    const entry = this.#state?.entries[index];
    if (!entry || state.kind !== 'calibrate' || !state.plan) return;
    if (entry.stage === 'done' || entry.stage === 'failed') return;
    const change = { stage: stageOf(state), done: runResults(state).length, verdict: state.verdict };
    if (change.stage !== entry.stage || change.done !== entry.done || change.verdict !== entry.verdict) {
      this.#change(index, change);
    }
  }

  #change(index: number, change: Partial<BatchEntry>): void {
    if (!this.#state) return;
    const entries = this.#state.entries.map((entry, i) => (i === index ? { ...entry, ...change } : entry));
    this.#set({ ...this.#state, entries });
  }

  #set(state: NonNullable<BatchState>): void {
    this.#state = state;
    this.#options.services.emit('batch.changed', state);
  }
}

/** The contract's methods about several units at once. */
export const batchHandlers = (
  batch: Batch,
): Pick<Handlers, Extract<keyof typeof calibrationMethods, `batch.${string}`>> => ({
  'batch.start': (asked) => batch.start(asked),
  'batch.get': () => batch.state(),
  'batch.stop': () => batch.stop(),
});

const stageOf = (state: CalibrateState): BatchEntry['stage'] =>
  state.step === 'adjust' ? 'adjust' : presentRun(state);

const waiting = (unit: string, of: number): BatchEntry => ({
  unit,
  wizard: null,
  stage: 'waiting',
  done: 0,
  of,
  verdict: null,
  failure: null,
});

const stopped = (): Failure => new Failure('CANCELLED', { during: 'calibrating several units' });
