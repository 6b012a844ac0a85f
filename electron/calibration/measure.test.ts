import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PointResult } from '../../shared/contract/calibrate.ts';
import type { Frame } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { plan, ScriptedBench } from './scripted-bench.fixture.ts';

/** Lets script time pass until the measurement has ended, and says how it ended. */
async function outcome(measuring: Promise<PointResult>, seconds = 120): Promise<PointResult | Failure> {
  let ended: PointResult | Failure | undefined;
  measuring.then(
    (result) => {
      ended = result;
    },
    (thrown: unknown) => {
      ended = thrown instanceof Failure ? thrown : Failure.from(thrown);
    },
  );
  for (let waited = 0; waited < seconds * 1000 && !ended; waited += 10) await vi.advanceTimersByTimeAsync(10);
  if (!ended) throw new Error('the measurement did not end');
  return ended;
}

describe('measuring a point', () => {
  let bench: ScriptedBench;
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    bench = new ScriptedBench();
  });
  afterEach(() => {
    bench.close();
    // Nothing is left behind, however the measurement ended.
    expect(bench.listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('captures the window once both are still', async () => {
    const result = await outcome(bench.measure());
    expect(PointResult.safeParse(result).error).toBeUndefined();
    expect(result).toMatchObject({
      nominal: '25.0',
      override: null,
      meanReference: '25.0000',
      meanUnit: '25.0200',
      error: '0.0200',
      withinTolerance: true,
      stability: { stable: true, readings: 6, spanMs: 2500, missing: [] },
    });
    expect((result as PointResult).readings).toHaveLength(6);
    expect(bench.reads).toBe(6);
    expect(bench.setPoints).toEqual([]);
  });

  it('drives the bath, waits until it has arrived, and keeps only the settled window', async () => {
    // The bath climbs 0.5 degC a second from 20 to 25; the unit lags one second behind.
    const at = (seconds: number): number => Math.min(25, 20 + 0.5 * Math.max(0, seconds));
    bench.bath = (seconds) => at(seconds).toFixed(4);
    bench.unit = (seconds) => Math.round(1000 * at(seconds - 1));
    const result = await outcome(bench.measure({ driveReference: true }));
    expect(bench.setPoints).toEqual(['25.0']);
    expect(result).toMatchObject({ meanReference: '25.0000', meanUnit: '25.0000', error: '0.0000' });
    expect((result as PointResult).readings).toHaveLength(6);
    // It arrives after 11 s; six readings of it take another 2.5 s.
    expect(bench.seconds).toBeGreaterThan(13);
    expect(bench.seconds).toBeLessThan(15);
  });

  it.each([
    ['before', 30],
    ['after', 70],
  ])('pairs each reading of the reference with the frame nearest in time, just %s it', async (_, latency) => {
    bench.latencyMs = latency;
    bench.unit = (seconds) => 25_000 + (Math.round(seconds * 10) % 2);
    let frames: Frame[] = [];
    const result = (await outcome(
      bench.measure({
        onFrame: (listener) => {
          const both = (frame: Frame): void => {
            frames = [...frames, frame];
            listener(frame);
          };
          bench.listeners.add(both);
          return () => bench.listeners.delete(both);
        },
      }),
    )) as PointResult;
    const nearest = result.readings.map(({ at }) =>
      frames.reduce((best, next) => (Math.abs(next.at - at) < Math.abs(best.at - at) ? next : best)),
    );
    expect(new Set(nearest).size).toBe(6);
    expect(result.readings.map(({ raw }) => raw)).toEqual(nearest.map(({ channels }) => channels[0]?.raw));
  });

  it('never uses one frame twice, however often the reference is read', async () => {
    let count = 0;
    bench.unit = () => {
      count += 1;
      return 25_000 + (count % 5);
    };
    const stability = { ...plan.stability, intervalMs: 20 };
    const result = (await outcome(bench.measure({ plan: { ...plan, stability } }))) as PointResult;
    const raws = result.readings.map(({ raw }) => raw / 8 - 25_000);
    expect(raws).toEqual([1, 2, 3, 4, 0, 1]);
  });

  it('gives up at the time limit and says what was missing', async () => {
    bench.bath = (seconds) => (25 + 0.01 * seconds).toFixed(4);
    const failure = await outcome(bench.measure());
    expect(failure).toMatchObject({ code: 'NOT_STABLE', deviceState: 'unchanged' });
    const { params } = failure as Failure;
    expect(params).toMatchObject({ point: '25.0', seconds: 60 });
    expect(params.detail).toBe(
      'distance 0.582800 (limit 0.5), reference-drift 0.025000 (limit 0.010), ' +
        'difference-drift t not known (limit 2.776)',
    );
    expect(bench.seconds).toBeGreaterThanOrEqual(60);
    expect(bench.seconds).toBeLessThan(60.1);
  });

  it.each([1250, 1299])('starts its window anew when the clock is set back after %d ms', async (ms) => {
    bench.unit = (seconds) => 25_000 + (Math.round(seconds * 10) % 7);
    const measuring = bench.measure();
    await vi.advanceTimersByTimeAsync(ms);
    vi.setSystemTime(Date.now() - 3_600_000);
    const setBackAt = Date.now();
    const { readings, stability } = (await outcome(measuring, 10)) as PointResult;
    expect(readings).toHaveLength(6);
    expect(stability.spanMs).toBe(2500);
    expect(readings[0]?.at).toBeGreaterThanOrEqual(setBackAt);
    expect(readings.map(({ at }) => at)).toEqual(readings.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('takes no bad value for a reading', async () => {
    bench.unit = () => null;
    const failure = await outcome(bench.measure());
    expect(failure).toMatchObject({ code: 'NOT_STABLE' });
    expect((failure as Failure).params.detail).toContain('readings 0 of 6');
    expect(bench.progress).toEqual([]);
  });

  it('leaves out the moments at which the unit had no good value', async () => {
    bench.unit = (seconds) => (seconds > 0.9 && seconds < 3.1 ? null : 25_020);
    const result = (await outcome(bench.measure())) as PointResult;
    expect(
      result.readings.map(({ at }) => (at - bench.started) / 1000).filter((s) => s > 1 && s < 3.1),
    ).toEqual([]);
    expect(result.stability.spanMs).toBeGreaterThan(4000);
  });

  it('captures at once with an override, not before five readings, and keeps the reason', async () => {
    bench.bath = (seconds) => (25 + 0.01 * seconds).toFixed(4);
    bench.override = 'the bath drifts, agreed with the customer';
    const stability = { ...plan.stability, readings: 20 };
    const result = await outcome(bench.measure({ plan: { ...plan, stability } }));
    expect(result).toMatchObject({
      override: 'the bath drifts, agreed with the customer',
      stability: { stable: false, readings: 5, missing: ['readings', 'reference-drift', 'difference-drift'] },
    });
    expect((result as PointResult).readings).toHaveLength(5);
  });

  it('takes an override between two slow readings', async () => {
    bench.bath = (seconds) => (25 + 0.01 * seconds).toFixed(4);
    const stability = { ...plan.stability, intervalMs: 10_000 };
    setTimeout(() => {
      bench.override = 'long enough';
    }, 42_000);
    const result = await outcome(bench.measure({ plan: { ...plan, stability } }));
    expect(result).toMatchObject({ override: 'long enough' });
    expect(bench.seconds).toBeLessThan(42.2);
  });

  it('needs no override where the window is stable', async () => {
    bench.override = 'in a hurry';
    const stability = { ...plan.stability, readings: 5 };
    expect(await outcome(bench.measure({ plan: { ...plan, stability } }))).toMatchObject({ override: null });
  });

  it.each([
    ['while it measures', 3000],
    ['while the reference reads', 510],
    ['before it began', 0],
  ])('stops when it is cancelled %s', async (_, after) => {
    bench.bath = (seconds) => (25 + 0.01 * seconds).toFixed(4);
    if (after === 0) bench.stop.abort();
    else setTimeout(() => bench.stop.abort(), after);
    expect(await outcome(bench.measure())).toMatchObject({ code: 'CANCELLED' });
    expect(bench.seconds * 1000).toBeLessThan(after + 50);
    const { reads } = bench;
    await vi.advanceTimersByTimeAsync(2000);
    expect(bench.reads).toBe(reads);
  });

  it('fails at once when the line to the unit is gone', async () => {
    const measuring = bench.measure();
    await vi.advanceTimersByTimeAsync(700);
    bench.pullCable();
    expect(await outcome(measuring, 0.2)).toMatchObject({ code: 'PORT_LOST', params: { port: 'bench:1' } });
  });

  it('fails when the frames stop for five seconds', async () => {
    bench.unit = (seconds) => (seconds > 1 ? 'silent' : 25_020);
    const failure = await outcome(bench.measure());
    expect(failure).toMatchObject({ code: 'NO_REPLY', params: { port: 'bench:1', seconds: 5 } });
    expect(bench.seconds).toBeGreaterThanOrEqual(6);
    expect(bench.seconds).toBeLessThan(6.2);
  });

  it('fails when the unit does not have the channel', async () => {
    expect(await outcome(bench.measure({ channel: { id: 'p9', quantum: '0.1' } }))).toMatchObject({
      code: 'NOT_FOUND',
      params: { id: 'p9' },
    });
  });

  it('begins anew when a person types another value: the one before was wrong', async () => {
    bench.bath = (seconds) => (seconds < 1.7 ? '25.0030' : '25.0000');
    const typed = (await outcome(bench.measure({ waitForReference: true }))) as PointResult;
    expect(new Set(typed.readings.map(({ reference }) => reference))).toEqual(new Set(['25.0000']));
    expect(typed.readings).toHaveLength(plan.stability.readings);
  });

  it('passes on what the reference fails with', async () => {
    const lost = new Failure('PORT_LOST', { port: 'bench:reference', during: 'reading' });
    bench.bath = (seconds) => (seconds > 1 ? lost : '25.0000');
    expect(await outcome(bench.measure())).toBe(lost);
  });

  it('refuses a reading that is not a number', async () => {
    bench.bath = () => 'NaN';
    expect(await outcome(bench.measure())).toMatchObject({
      code: 'REFERENCE_UNREADABLE',
      params: { port: 'bench:reference' },
    });
  });

  it('does not wait for ever for a reference that hangs', async () => {
    bench.bath = () => null;
    expect(await outcome(bench.measure())).toMatchObject({ code: 'NOT_STABLE' });
  });

  it('reports at most five times a second', async () => {
    bench.unit = (seconds) => 25_000 + Math.round(seconds * 100);
    const stability = { ...plan.stability, intervalMs: 20, timeoutSeconds: 10 };
    await outcome(bench.measure({ plan: { ...plan, stability } }));
    expect(bench.progress.length).toBeGreaterThan(20);
    expect(bench.progress.length).toBeLessThanOrEqual(50);
    const last = bench.progress.at(-1);
    expect(last?.elapsedSeconds).toBeGreaterThan(9);
    expect(last?.evidence.missing).toContain('unit-drift');
  });
});
