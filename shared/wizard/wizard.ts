import type { FailureRecord } from '../contract/failure.ts';
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
  /** Pure. An action that is not possible in this state leaves it as it is; ask `blocked` first. */
  reduce: (state: S, action: A) => S;
  /** Why the intent cannot be carried out now; null where it can. */
  blocked: (state: S, intent: A['type']) => Blocked | null;
  /** Why a step cannot be entered yet. */
  stepBlocked: (state: S, step: S['step']) => Blocked | null;
}

/** The state with a new task under way and no old failure on show. */
export function startTask<S extends BaseState>(state: S, kind: string): S {
  const id = state.tasksStarted + 1;
  return { ...state, task: { id, kind }, tasksStarted: id, failure: null };
}

export function endTask<S extends BaseState>(state: S): S {
  return { ...state, task: null };
}

export function fail<S extends BaseState>(state: S, failure: FailureRecord): S {
  return { ...state, task: null, failure };
}

/** A task is under way: nothing else may start. */
export function busy(state: BaseState): Blocked | null {
  return state.task === null ? null : { key: 'busy' };
}
