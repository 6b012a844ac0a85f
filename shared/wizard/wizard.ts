import type { Failure, FailureRecord } from '../contract/failure.ts';
import type { Blocked, Task } from '../contract/wizard.ts';

/** What every wizard's state shares; see `WizardBase` in the contract. */
export interface BaseState {
  id: string;
  step: string;
  task: Task | null;
  tasksStarted: number;
  failure: FailureRecord | null;
  done: boolean;
}

/**
 * A wizard as data and a pure reducer. State is the fold of journalled actions, so it can be rebuilt at any time;
 * `state.task` says what the host should be doing: a new number starts a task, `null` stops the running one.
 */
export interface Wizard<S extends BaseState, A extends { type: string }> {
  steps: readonly S['step'][];
  /** Pure. An intent that is blocked leaves the state as it is; a fact always counts. */
  reduce: (state: S, action: A) => S;
  /** Why the intent cannot be carried out now; null where it can. */
  blocked: (state: S, intent: A['type']) => Blocked | null;
  /** Why a step cannot be entered yet. */
  stepBlocked: (state: S, step: S['step']) => Blocked | null;
  /** Why what is asked for is wrong in itself, whatever the state; null where it is sound. */
  refuse: (action: A) => Failure | null;
}

/** Actions that mean the same in every wizard. */
type Common<S extends BaseState> =
  | { type: 'goto'; step: S['step'] }
  | { type: 'stop' }
  | { type: 'finish' }
  | { type: 'failed'; failure: FailureRecord };

/** What is a wizard's own. */
interface Own<S extends BaseState, A extends { type: string }> {
  steps: readonly S['step'][];
  /** What the host finds out; every other action is an intent, which somebody asks for. */
  facts: readonly A['type'][];
  /** Why an intent is not possible, for a wizard that is not finished and has no task under way. */
  blocked: (state: S, intent: A['type']) => Blocked | null;
  /** Intents that are meant for a running task, and the kind of task. */
  duringTask?: Readonly<Record<string, string>>;
  /** Intents that are possible after the end as well. */
  afterEnd?: readonly A['type'][];
  refuse?: (action: A) => Failure | null;
  stepBlocked: (state: S, step: S['step']) => Blocked | null;
  reduce: (state: S, action: Exclude<A, Common<S>>) => S;
}

/** Joins a wizard's own part with what all wizards share. */
export function defineWizard<S extends BaseState, A extends { type: string }>(own: Own<S, A>): Wizard<S, A> {
  const { steps, facts, duringTask = {}, afterEnd = [], stepBlocked, refuse = () => null } = own;
  const blocked = (state: S, intent: A['type']): Blocked | null => {
    if (state.done) return afterEnd.includes(intent) ? null : { key: 'finished' };
    if (intent === 'stop') return state.task === null ? { key: 'nothingRuns' } : null;
    const forTask = duringTask[intent];
    if (forTask !== undefined) return state.task?.kind === forTask ? null : { key: 'nothingRuns' };
    return state.task === null ? own.blocked(state, intent) : { key: 'busy' };
  };
  const reduce = (state: S, action: A): S => {
    if (action.type !== 'failed' && !facts.includes(action.type) && blocked(state, action.type)) return state;
    const common = action as unknown as Common<S>;
    switch (common.type) {
      case 'goto':
        return stepBlocked(state, common.step) ? state : { ...state, step: common.step, failure: null };
      case 'stop':
        // The task ends when it says in which state it left the unit, not before.
        return { ...state };
      case 'finish':
        return { ...state, done: true };
      case 'failed':
        return { ...endTask(state), failure: common.failure };
      default:
        return own.reduce(state, action as Exclude<A, Common<S>>);
    }
  };
  return { steps, blocked, stepBlocked, refuse, reduce };
}

/** The state with a new task under way and no old failure on show. */
export function startTask<S extends BaseState>(state: S, kind: string): S {
  const id = state.tasksStarted + 1;
  return { ...state, task: { id, kind }, tasksStarted: id, failure: null };
}

export function endTask<S extends BaseState>(state: S): S {
  return { ...state, task: null };
}
