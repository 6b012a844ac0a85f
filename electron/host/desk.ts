import type { CalibrateAction } from '../../shared/contract/calibrate.ts';
import { Failure, type FailureRecord } from '../../shared/contract/failure.ts';
import type { WizardIntent, WizardKind, WizardState } from '../../shared/contract/job.ts';
import type { ProvisionAction, ProvisionState } from '../../shared/contract/provision.ts';
import type { ValidateAction, ValidateState } from '../../shared/contract/validate.ts';
import type { Blocked, TaskProgress } from '../../shared/contract/wizard.ts';
import { calibrateWizard, newCalibrate } from '../../shared/wizard/calibrate.ts';
import { newProvision, provisionWizard } from '../../shared/wizard/provision.ts';
import type { TaskTable } from '../../shared/wizard/task.ts';
import { newValidate, validateWizard } from '../../shared/wizard/validate.ts';
import type { BaseState, Wizard } from '../../shared/wizard/wizard.ts';
import type { JobStore } from '../store/job-store.ts';
import { leftByWizard } from './left.ts';
import { failureOf, interrupted, leftBy } from './task-failure.ts';

export type WizardAction = ProvisionAction | CalibrateAction | ValidateAction;
type AnyState = WizardState & BaseState;
type AnyWizard = Wizard<AnyState, WizardAction>;
type AnyTasks = TaskTable<AnyState, WizardAction>;

/** The wizards by kind. The casts join each reducer with its own states, which `kind` tells apart. */
const wizards: Readonly<Record<WizardKind, AnyWizard>> = {
  provision: provisionWizard as unknown as AnyWizard,
  calibrate: calibrateWizard as unknown as AnyWizard,
  validate: validateWizard as unknown as AnyWizard,
};

/** What a new unit takes over from a dead one. */
export type Replaced = { unit: string } & Pick<ProvisionState, 'settings' | 'connection' | 'software'>;

/** What a rules wizard takes over from the one before of the same unit: its tests run again in this one. */
export type TakenRules = Pick<ValidateState, 'rules' | 'tests' | 'quietSeconds'>;

export type Opening =
  | { kind: 'provision'; replaces?: Replaced }
  | { kind: 'calibrate'; unit: string; port: string }
  | ({ kind: 'validate'; unit: string; port: string } & Partial<TakenRules>);

const newWizard = (id: string, opening: Opening): AnyState => {
  if (opening.kind === 'provision') {
    const { unit: replaces = null, ...taken } = opening.replaces ?? {};
    return { ...newProvision(id), replaces, ...taken };
  }
  const { unit, port } = opening;
  if (opening.kind === 'calibrate') return newCalibrate(id, unit, port);
  const { rules, tests, quietSeconds } = opening;
  const fresh = newValidate(id, unit, port);
  return {
    ...fresh,
    rules: rules ?? fresh.rules,
    tests: tests ?? fresh.tests,
    quietSeconds: quietSeconds ?? fresh.quietSeconds,
  };
};

export interface DeskOptions {
  store: JobStore;
  tasks: { provision: unknown; calibrate: unknown; validate: unknown };
  /** The unit on the one port has a place at the reference on the other: several drive it in turn. */
  sharesReference?(unitPort: string, referencePort: string): boolean;
  changed(state: WizardState): void;
  progress(progress: TaskProgress): void;
  /** Takes secrets out of what is journalled and shown of a failure. */
  redact?(failure: FailureRecord): FailureRecord;
}

interface Running {
  task: number;
  abort: AbortController;
  ended: Promise<void>;
}

/**
 * Every wizard of the job. An action is journalled before it counts; state is what the journal folds to, so that a
 * page, a second tab or the next start of the app finds each wizard where it was.
 */
export class Desk {
  readonly #options: DeskOptions;
  readonly #states = new Map<string, AnyState>();
  readonly #running = new Map<string, Running>();
  readonly #waiting = new Set<() => void>();
  /** Failures that the record did not take when they came; they go in before anything else of that wizard. */
  readonly #unwritten = new Map<string, WizardAction>();
  #closing = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#restore();
  }

  list(): WizardState[] {
    return [...this.#states.values()];
  }

  get(id: string): WizardState {
    return this.#state(id);
  }

  open(opening: Opening): WizardState {
    const id = `w${this.#states.size + 1}`;
    this.#options.store.append({ kind: 'wizard.opened', subject: id, body: opening });
    const state = newWizard(id, opening);
    this.#states.set(id, state);
    this.#changed(state);
    return state;
  }

  /** What a person asks for. Throws STEP_BLOCKED with the reason where it is not possible now. */
  act(id: string, { kind, intent }: WizardIntent): WizardState {
    const state = this.#state(id);
    if (state.kind !== kind) throw new Failure('NOT_FOUND', { thing: `${kind} wizard`, id });
    const wizard = wizards[kind];
    const reason =
      wizard.blocked(state, intent.type) ??
      (intent.type === 'goto' ? wizard.stepBlocked(state, intent.step) : null);
    if (reason) throw new Failure('STEP_BLOCKED', { detail: words(reason) });
    const refused = wizard.refuse(intent);
    if (refused) throw refused;
    this.#refuseShared(state, wizard.reduce(state, intent));
    return this.#apply(id, intent);
  }

  /** Resolves with the state when no task of the wizard runs any more. */
  async settled(id: string): Promise<WizardState> {
    while (this.#state(id).task !== null) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
    return this.#state(id);
  }

  /** Stops what runs and waits until it has ended. */
  async close(): Promise<void> {
    this.#closing = true;
    const ended = [...this.#running.values()].map((running) => running.ended);
    for (const running of this.#running.values()) running.abort.abort();
    await Promise.allSettled(ended);
  }

  #state(id: string): AnyState {
    const state = this.#states.get(id);
    if (!state) throw new Failure('NOT_FOUND', { thing: 'wizard', id });
    return state;
  }

  #apply(id: string, action: WizardAction): AnyState {
    const before = this.#state(id);
    const after = wizards[before.kind].reduce(before, action);
    if (after === before) return before;
    this.#writeLate(id);
    this.#options.store.append({ kind: 'wizard.action', subject: id, body: action });
    this.#states.set(id, after);
    this.#changed(after);
    if (after.task?.id !== before.task?.id) this.#startTask(after);
    if (action.type === 'stop') this.#running.get(id)?.abort.abort();
    return after;
  }

  #startTask(state: AnyState): void {
    this.#running.get(state.id)?.abort.abort();
    if (!state.task) return;
    const { id: task, kind } = state.task;
    if (this.#closing) {
      // It never began, so what it would have done to the unit does not count.
      this.#fail(state.id, interrupted(state).leaving(leftByWizard('unchanged', state)));
      return;
    }
    const tasks = this.#options.tasks[state.kind] as AnyTasks;
    const abort = new AbortController();
    const current = (): boolean => this.#states.get(state.id)?.task?.id === task;
    const fact = (action: WizardAction): void => {
      if (!current()) return;
      try {
        this.#apply(state.id, action);
      } catch (thrown) {
        // What was done to the unit is done, whether it could be entered in the record or not.
        throw Failure.from(thrown).leaving(leftBy(this.#state(state.id)));
      }
    };
    const run = async (): Promise<void> => {
      const runTask = tasks[kind];
      if (!runTask) throw new Failure('INTERNAL', { detail: `no task ${kind}` });
      await runTask(state, {
        signal: abort.signal,
        fact,
        progress: (key, params, done, total) =>
          this.#options.progress({ wizard: state.id, task, key, params, done, total }),
      });
      if (current()) throw new Failure('INTERNAL', { detail: `task ${kind} ended without a result` });
    };
    const ended = run()
      .catch((thrown: unknown) => {
        if (current()) this.#fail(state.id, failureOf(thrown, this.#state(state.id), abort.signal));
      })
      .finally(() => {
        if (this.#running.get(state.id)?.task === task) this.#running.delete(state.id);
      });
    this.#running.set(state.id, { task, abort, ended });
  }

  #writeLate(id: string): void {
    const late = this.#unwritten.get(id);
    if (!late) return;
    this.#options.store.append({ kind: 'wizard.action', subject: id, body: late });
    this.#unwritten.delete(id);
  }

  /** A failure that the record does not take (disk full) is shown all the same; the next start says INTERRUPTED. */
  #fail(id: string, failure: Failure): void {
    const record = this.#options.redact?.(failure.toJSON()) ?? failure.toJSON();
    try {
      this.#apply(id, { type: 'failed', failure: record });
    } catch (thrown) {
      const unwritten = Failure.from(thrown).leaving(failure.deviceState).toJSON();
      const before = this.#state(id);
      const action: WizardAction = { type: 'failed', failure: unwritten };
      const after = wizards[before.kind].reduce(before, action);
      this.#unwritten.set(id, action);
      this.#states.set(id, after);
      this.#changed(after);
    }
  }

  /** Two wizards may not work on one unit at the same time, nor drive one bath to two set points. */
  #refuseShared(before: AnyState, after: AnyState): void {
    if (after.task === null || after.task.id === before.task?.id) return;
    for (const other of this.#states.values()) {
      if (other.task === null || other.id === after.id) continue;
      const unit = unitPortOf(after) === unitPortOf(other) ? unitPortOf(after) : null;
      if (unit !== null) {
        throw new Failure('STEP_BLOCKED', { detail: `another wizard is working with the unit on ${unit}` });
      }
      const driven = drivenBy(after) === drivenBy(other) ? drivenBy(after) : null;
      if (driven !== null && !this.#areTogetherAt(driven, after, other)) {
        throw new Failure('STEP_BLOCKED', { detail: `another wizard is driving the reference on ${driven}` });
      }
    }
  }

  #areTogetherAt(referencePort: string, ...wizards: WizardState[]): boolean {
    return wizards.every((wizard) =>
      this.#options.sharesReference?.(unitPortOf(wizard) ?? '', referencePort),
    );
  }

  /** Rebuilds every wizard from the journal. */
  #restore(): void {
    for (const event of this.#options.store.events()) {
      if (event.kind === 'wizard.opened') {
        this.#states.set(event.subject, newWizard(event.subject, event.body as Opening));
      } else if (event.kind === 'wizard.action') {
        const state = this.#state(event.subject);
        this.#states.set(state.id, wizards[state.kind].reduce(state, event.body as WizardAction));
      }
    }
  }

  /** Says of what was under way when the app ended that it was interrupted. Called once, after construction. */
  resume(): void {
    for (const state of this.#states.values()) {
      if (state.task === null) continue;
      const failure = interrupted(state);
      this.#apply(state.id, { type: 'failed', failure: failure.toJSON() });
    }
  }

  #changed(state: WizardState): void {
    this.#options.changed(state);
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

/** The port that the unit of a wizard was on when it was chosen; null where none was. */
export const unitPortOf = (state: WizardState): string | null =>
  state.kind === 'provision' ? (state.port?.port ?? null) : state.port;

/** The reference that the task under way drives; null where it drives none. */
function drivenBy(state: WizardState): string | null {
  if (state.kind === 'calibrate' && state.task?.kind === 'measure' && state.reference?.source)
    return state.referencePort;
  if (state.kind === 'validate' && state.task?.kind === 'prove' && state.setPoints.length > 0)
    return state.referencePort;
  return null;
}

/** The catalogue in the app says it better; the terminal gets the key in words. */
const words = (reason: Blocked): string => reason.key.replace(/([A-Z])/g, ' $1').toLowerCase();
