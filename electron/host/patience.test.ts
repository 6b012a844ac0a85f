import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/contract/failure.ts';
import type { RunTask, TaskContext } from '../../shared/wizard/task.ts';
import { patient } from './patience.ts';

const lost = new Failure('PORT_LOST', { port: 'p', during: 'writing' }, { deviceState: 'staged' });
const absent = new Failure('PORT_NOT_FOUND', { port: 'p' });

interface Turn {
  fails?: Failure;
  does?: () => void;
}

/** A task that ends so, turn by turn. */
function play(turns: Turn[], forMs: number): { run: Promise<void>; seen: number[]; told: string[] } {
  const seen: number[] = [];
  const told: string[] = [];
  let now = 0;
  const abort = new AbortController();
  const task: RunTask<number, never> = async (state) => {
    seen.push(state);
    now += 1;
    const turn = turns.shift();
    turn?.does?.();
    if (turn?.fails) throw turn.fails;
  };
  const context: TaskContext<never> = {
    signal: abort.signal,
    fact: () => undefined,
    progress: (key) => told.push(key),
  };
  const tasks = patient({ push: task }, ['push'], {
    forMs,
    stateNow: () => now,
    look: async () => undefined,
    retryMs: 1,
  });
  for (const turn of turns) if (turn.does === stop) turn.does = () => abort.abort();
  return { run: tasks.push?.(0, context) ?? Promise.reject(new Error('no task')), seen, told };
}
const stop = (): void => undefined;

describe('a task that lost its unit', () => {
  it('begins anew from where the wizard is when the unit is back', async () => {
    const { run, seen, told } = play([{ fails: lost }, { fails: absent }, { fails: absent }, {}], 5000);
    await run;
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(told).toEqual(['waitingForUnit', 'waitingForUnit', 'waitingForUnit']);
  });

  it('fails as it was lost when the unit stays away', async () => {
    const { run } = play([{ fails: lost }, { fails: absent }], 0);
    await expect(run).rejects.toBe(lost);
  });

  it('ends at once with another unit, with what was wrong from the start, and when it is stopped', async () => {
    const wrong = new Failure('WRONG_UNIT', { port: 'p', expected: 'aa', found: 'bb' });
    await expect(play([{ fails: lost }, { fails: wrong }], 5000).run).rejects.toBe(wrong);
    const busy = new Failure('PORT_BUSY', { port: 'p' });
    await expect(play([{ fails: busy }], 5000).run).rejects.toBe(busy);
    await expect(play([{ fails: lost, does: stop }], 5000).run).rejects.toBe(lost);
  });

  it('waits as well where the unit went between two tasks', async () => {
    const { run, seen } = play([{ fails: absent }, { fails: absent }, {}], 5000);
    await run;
    expect(seen).toHaveLength(3);
    await expect(play([{ fails: absent }], 0).run).rejects.toBe(absent);
  });

  it('waits anew each time it is lost', async () => {
    const { run, seen } = play([{ fails: lost }, { fails: lost }, { fails: lost }, {}], 5000);
    await run;
    expect(seen).toHaveLength(4);
  });

  it('is given up when it is lost again and again', async () => {
    const { run, seen } = play(
      Array.from({ length: 20 }, () => ({ fails: lost })),
      5000,
    );
    await expect(run).rejects.toBe(lost);
    expect(seen).toHaveLength(6);
  });
});
