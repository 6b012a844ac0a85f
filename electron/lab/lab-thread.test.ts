import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anyCase } from '../../shared/rules/arbitrary.fixture.ts';
import { recordingOf, replayRecording } from '../../shared/rules/lab/lab.ts';
import { openOrCreateJob } from '../store/job-store.ts';
import type { LabSource } from './lab-messages.ts';
import { LabThread } from './lab-thread.ts';
import { Shelf } from './shelf.ts';

const file = { path: '/nowhere', sha256: '', rows: 0, ids: [], dated: false };
const nowhere: LabSource = { file, channels: [], options: {}, faults: [], seed: 1 };
const frail = new URL('./frail-worker.fixture.ts', import.meta.url);

let threads: LabThread[] = [];
const started = (options: ConstructorParameters<typeof LabThread>[0] = {}): LabThread => {
  const thread = new LabThread(options);
  threads.push(thread);
  return thread;
};
afterEach(async () => {
  for (const thread of threads) await thread.close();
  threads = [];
});
const ask = (thread: LabThread, at: number, more = {}) => thread.ask(nowhere, 'why', { text: '', at }, more);

describe("the lab's thread", () => {
  it('takes only the question under way with it when it dies, and is started again', async () => {
    const thread = started({ url: frail });
    const asked = await Promise.allSettled([1, 13, 2].map((at) => ask(thread, at)));
    expect(asked).toMatchObject([
      { value: 1 },
      { reason: { code: 'INTERNAL', params: { detail: 'the thread of the rule lab: thirteen' } } },
      { value: 2 },
    ]);
  });

  it('does not hang for ever', async () => {
    const thread = started({ url: frail, deadlineMs: 1000 });
    await expect(ask(thread, 14)).rejects.toThrow('it has not answered for 1000 ms');
    expect(await ask(thread, 3)).toBe(3);
  });

  it('answers the newest of a topic; one that waits gives way, others do not', async () => {
    const thread = started({ url: frail });
    const asked = await Promise.allSettled([
      ask(thread, 1, { topic: 'a' }),
      ask(thread, 2, { topic: 'a' }),
      ask(thread, 3, { topic: 'b' }),
      ask(thread, 4),
      ask(thread, 5, { topic: 'a' }),
    ]);
    const values = asked.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.code));
    expect(values).toEqual([1, 'CANCELLED', 3, 4, 5]);
  });

  it('stops what nobody waits for, and everything when it is closed', async () => {
    const thread = started({ url: frail });
    const stop = new AbortController();
    const [first, second] = [ask(thread, 1), ask(thread, 2, { signal: stop.signal })];
    const stopped = expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    stop.abort();
    await stopped;
    expect(await first).toBe(1);
    const last = expect(ask(thread, 14)).rejects.toMatchObject({ code: 'CANCELLED' });
    await thread.close();
    await last;
    await expect(ask(thread, 1)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a replay in the thread', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumb-thread-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the replay of the very frames that were written down', async () => {
    const store = openOrCreateJob(join(folder, 'job.plumb'), { name: 'J' });
    const shelf = new Shelf(store);
    const thread = started();
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ form, frames }) => {
        const rising = frames.filter(([t], i) => frames.slice(0, i).every(([before]) => before < t));
        const recording = recordingOf(rising.map(([t, inputs]) => ({ t, inputs })));
        if (recording.times.length === 0 || recording.inputs.length === 0) return;
        const channels = recording.inputs.map((id) => ({
          id,
          title: id,
          unit: 'degC',
          quantum: '0.01',
          staleMs: 1000,
        }));
        const { week: _, times, samples } = recording;
        const block = { times, samples: [...samples] };
        const given = { unit: 'abcd', name: 'x', origin: 'live', dated: false } as const;
        const facts = await shelf.add(given, channels, blocks(block));
        const source = { file: shelf.fileOf(facts), channels, options: {}, faults: [], seed: 1 };
        const replayed = await thread.ask(source, 'replay', { text: JSON.stringify(form) });
        const direct = replayRecording(form, { inputs: recording.inputs, times, samples });
        expect(replayed.rules).toEqual(direct.rules);
        expect(replayed).toMatchObject({ frames: times.length, late: direct.late });
      }),
      { numRuns: 25 },
    );
    store.close();
  });
});

async function* blocks<T>(...all: T[]): AsyncGenerator<T> {
  yield* all;
}
