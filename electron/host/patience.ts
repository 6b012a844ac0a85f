import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../shared/contract/failure.ts';
import type { RunTask, TaskTable } from '../../shared/wizard/task.ts';

export interface Patience<State> {
  /** How long a unit whose cable was pulled may stay away, ms. */
  forMs: number;
  /** The state of the wizard now: what the task had entered before it lost the unit counts. */
  stateNow: (state: State) => State;
  /** Told when the wait for a unit begins: what it holds that others need is theirs until it is back. */
  stepAside?: (state: State) => void;
  /** Looks which ports there are: the unit may come back on another one, and another unit on its own. */
  look: () => Promise<void>;
  retryMs?: number;
}

/** A unit that is lost more often than this within one task is not having its cable pulled: it restarts for ever. */
const mostLosses = 5;

/** What opening a port fails with while its cable is out, and for a moment after it was put in again. */
const away = new Set(['PORT_NOT_FOUND', 'PORT_LOST', 'PORT_BUSY', 'PORT_PERMISSION', 'PORT_FAILED']);

/**
 * Tasks that go on by themselves when a cable that was pulled is put in again. Only for tasks that may begin anew at
 * any moment; each of them asks the unit first who it is, so that another one on the port ends it with WRONG_UNIT.
 */
export function patient<State, Fact>(
  tasks: TaskTable<State, Fact>,
  kinds: readonly string[],
  patience: Patience<State>,
): TaskTable<State, Fact> {
  const made = Object.entries(tasks).map(([kind, task]) => [
    kind,
    kinds.includes(kind) ? wait(task, patience) : task,
  ]);
  return Object.fromEntries(made) as TaskTable<State, Fact>;
}

const wait =
  <State, Fact>(task: RunTask<State, Fact>, patience: Patience<State>): RunTask<State, Fact> =>
  async (begun, context) => {
    const { forMs, stateNow, look, stepAside, retryMs = 250 } = patience;
    let lost: { failure: Failure; at: number } | null = null;
    let losses = 0;
    for (let state = begun; ; state = stateNow(begun)) {
      try {
        await task(state, context);
        return;
      } catch (thrown) {
        if (!(thrown instanceof Failure) || context.signal.aborted) throw thrown;
        // Between two tasks a cable may be pulled as well: nobody was told that the port was lost, it is just not there.
        if (thrown.code === 'PORT_LOST' || (lost === null && thrown.code === 'PORT_NOT_FOUND')) {
          lost = { failure: thrown, at: performance.now() };
          losses += 1;
          stepAside?.(state);
        }
        if (lost === null || !away.has(thrown.code)) throw thrown;
        if (performance.now() - lost.at >= forMs || losses > mostLosses) throw lost.failure;
        context.progress('waitingForUnit', { port: String(lost.failure.params.port) }, 0, 1);
        await sleep(retryMs);
        await look();
        if (context.signal.aborted) throw lost.failure;
      }
    }
  };
