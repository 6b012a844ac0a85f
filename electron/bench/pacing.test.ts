import { expect, test, vi } from 'vitest';
import { Pacer } from './pacing.ts';

/** Runs with a clock of its own, on which every timer comes `late` ms too late. */
async function delivered(
  late: number,
  work: (pacer: Pacer, deliver: (part: Uint8Array) => void) => Promise<void>,
): Promise<{ at: number; bytes: number }[]> {
  const clock = { now: 0 };
  const got: { at: number; bytes: number }[] = [];
  vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((done: () => void, ms: number) => {
    queueMicrotask(() => {
      clock.now += ms + late;
      done();
    });
    return undefined as never;
  }) as never);
  try {
    await work(new Pacer(100_000, new AbortController().signal), (part) => {
      got.push({ at: clock.now, bytes: part.length });
    });
  } finally {
    vi.restoreAllMocks();
  }
  return got;
}

test.each([0, 1, 4])('1000 bytes at 10 bytes a ms take 100 ms, timers %i ms late or not', async (late) => {
  const got = await delivered(late, async (pacer, deliver) => pacer.pass(new Uint8Array(1000), deliver));
  expect(got.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(1000);
  expect(got.at(-1)?.at).toBeCloseTo(100 + late);
});

test('bytes handed over one after the other follow without a gap', async () => {
  const got = await delivered(3, async (pacer, deliver) => {
    for (let i = 0; i < 10; i += 1) await pacer.pass(new Uint8Array(100), deliver);
  });
  expect(got.at(-1)?.at).toBeCloseTo(103);
});
