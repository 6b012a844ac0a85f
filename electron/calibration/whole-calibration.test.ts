import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CalibrationPlan, type PointResult } from '../../shared/contract/calibrate.ts';
import type { Frame } from '../../shared/contract/devices.ts';
import { absoluteDecimal, compareDecimal } from '../../shared/units/units.ts';
import { fitPoints } from './fit.ts';
import { measurePoint } from './measure.ts';
import { writeCalibration } from './write.ts';

const plan = CalibrationPlan.parse({
  channel: 't1',
  points: ['0.0', '25.0', '60.0'],
  tolerance: '0.050',
  adjust: 'always',
  stability: {
    readings: 10,
    intervalMs: 500,
    maxDrift: '0.020',
    maxSpread: '0.010',
    nearNominal: '0.5',
    timeoutSeconds: 600,
  },
});

/**
 * A unit in a bath: the sensor is off by 0.8 degC and 1.2 %, its counts scatter, and it computes its values with the
 * integers of the calibration file that it holds, as the agent does.
 */
class SimulatedUnit {
  file: Uint8Array = new TextEncoder().encode(
    '{"v":1,"version":1,"channels":{"t1":[6553600,-52428800000,20]}}',
  );
  bath = 21;
  target = 21;
  listeners = new Set<(frame: Frame) => void>();
  #seq = 0;
  readonly #timer = setInterval(() => this.#step(), 100);

  #step(): void {
    this.bath += (this.target - this.bath) * 0.05;
    this.#seq += 1;
    const scatter = ((this.#seq * 7) % 5) - 2;
    this.#send(Math.round((this.bath * 1.012 + 0.8 + 50) / 0.00625 + 0.4 * scatter));
  }

  #send(raw: number): void {
    const { channels } = JSON.parse(new TextDecoder().decode(this.file));
    const [mul, add, shift] = channels.t1;
    const value = Math.floor((raw * mul + add) / 2 ** shift);
    const frame = { seq: this.#seq, t: this.#seq, at: Date.now(), channels: [{ id: 't1', value, raw }] };
    for (const listener of this.listeners) listener(frame);
  }

  readonly link = {
    get: () => Promise.resolve(this.file),
    put: (_: string, bytes: Uint8Array) => {
      this.file = bytes;
      return Promise.resolve({
        sha256: createHash('sha256').update(bytes).digest('hex'),
        fromSeq: this.#seq + 1,
      });
    },
  };

  measure(nominal: string): Promise<PointResult> {
    return measurePoint({
      unitPort: 'bench:1',
      unitClosed: new Promise(() => {}),
      onFrame: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      reference: {
        port: 'bench:reference',
        setPoint: async (value) => {
          this.target = Number(value);
        },
        read: async () => ({ value: this.bath.toFixed(5), at: Date.now() }),
      },
      channel: { id: 't1', quantum: '0.001' },
      nominal,
      plan,
      driveReference: true,
      signal: new AbortController().signal,
      overrideReason: () => null,
      onProgress: () => {},
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

let unit: SimulatedUnit;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  unit = new SimulatedUnit();
});
afterEach(() => {
  unit.stop();
  vi.useRealTimers();
});

async function run(): Promise<PointResult[]> {
  const results: PointResult[] = [];
  for (const nominal of plan.points) {
    const measuring = unit.measure(nominal);
    const ended = measuring.then(() => true);
    while (!(await Promise.race([ended, vi.advanceTimersByTimeAsync(500).then(() => false)])));
    results.push(await measuring);
  }
  return results;
}

it('brings a unit that is out of tolerance within it', async () => {
  const asFound = await run();
  expect(asFound.map((point) => point.withinTolerance)).toEqual([false, false, false]);
  // 0.8 + 1.2 % of the reading, as the sensor is off.
  for (const { nominal, error } of asFound) {
    expect(Number(error)).toBeCloseTo(0.8 + 0.012 * Number(nominal), 1);
  }

  const fit = fitPoints(asFound, {
    quantum: '0.001',
    rawMax: 65_535 * 8,
    present: { mul: 6_553_600, add: -52_428_800_000, shift: 20 },
  });
  const written = await writeCalibration(unit.link, { channel: 't1', fit });
  expect(written.version).toBe(2);

  const asLeft = await run();
  expect(asLeft.map((point) => point.withinTolerance)).toEqual([true, true, true]);
  // Within the scatter of the counts, 0.00625 degC each.
  for (const { error } of asLeft) expect(compareDecimal(absoluteDecimal(error), '0.005')).toBe(-1);
});
