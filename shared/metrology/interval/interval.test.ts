import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type A3Request, testInterval } from './a3.ts';
import { atLeast, atMost, shareInterval } from './binomial.ts';
import { type HistoryRequest, intervalFromHistory, intervalMethods } from './from-history.ts';
import type { PastCalibration } from './history.ts';
import { maximise } from './maximise.ts';
import { reliabilityInterval } from './s2.ts';
import { staircase } from './staircase.ts';
import { variablesInterval } from './variables.ts';

describe('binomial', () => {
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  const exactly = (k: number, n: number, p: number): number => choose(n, k) * p ** k * (1 - p) ** (n - k);

  it('tails are sums, and the limits of a share are where they reach their part', () => {
    for (const n of [1, 2, 7, 20]) {
      for (let x = 0; x <= n; x += 1) {
        const sum = Array.from({ length: x + 1 }, (_, k) => exactly(k, n, 0.3)).reduce((a, b) => a + b);
        expect(atMost(x, n, 0.3)).toBeCloseTo(sum, 12);
        expect(atLeast(x, n, 0.3)).toBeCloseTo(1 - sum + exactly(x, n, 0.3), 12);
        const { lower, upper } = shareInterval(x, n, 0.9);
        const part = x === 0 || x === n ? 0.1 : 0.05;
        if (x > 0) expect(atLeast(x, n, lower)).toBeCloseTo(part, 10);
        if (x < n) expect(atMost(x, n, upper)).toBeCloseTo(part, 10);
      }
    }
  });
});

describe('A3', () => {
  const a3 = (inTolerance: number, calibrations: number, more: Partial<A3Request> = {}) =>
    testInterval({ inTolerance, calibrations, interval: '100', targetReliability: '0.9', ...more });

  it('lengthens, at most to the double', () => {
    expect(a3(60, 60).interval).toBe('200');
    // All in tolerance: 1 - 0.9^60, one-sided.
    expect(a3(60, 60).rejectionConfidence).toBe('0.9982029897');
    expect(a3(60, 60, { maximumChange: '1.5' }).interval).toBe('150');
    expect(a3(60, 60, { longest: '120' }).interval).toBe('120');
  });

  it('shortens, at least to the half', () => {
    expect(a3(0, 20).interval).toBe('50');
    expect(a3(0, 20, { shortest: '80' }).interval).toBe('80');
  });

  it('keeps what cannot be called wrong', () => {
    expect(a3(18, 20).interval).toBe('100');
    expect(a3(9, 10).basis).toContain('kept');
    expect(a3(17, 20, { confidence: '0.99' }).interval).toBe('100');
  });

  it('says that there are too few', () => {
    expect(a3(4, 4)).toMatchObject({ interval: null, basis: expect.stringContaining('Too few') });
    expect(() => a3(6, 5)).toThrow('more than calibrations');
  });

  it('never lengthens below the target nor shortens above it, and is never out of its bounds', () => {
    const whole = fc.integer({ min: 5, max: 200 });
    fc.assert(
      fc.property(whole, fc.nat(), fc.integer({ min: 50, max: 99 }), (n, part, target) => {
        const x = part % (n + 1);
        const answer = a3(x, n, { targetReliability: String(target / 100) });
        const interval = Number(answer.interval);
        if (x / n < target / 100) expect(interval).toBeLessThanOrEqual(100);
        if (x / n > target / 100) expect(interval).toBeGreaterThanOrEqual(100);
        expect(interval).toBeGreaterThanOrEqual(50);
        expect(interval).toBeLessThanOrEqual(200);
        expect(Number(answer.rejectionConfidence)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it.each([
  ['0', '125'],
  ['0.8', '125'],
  ['-0.80001', '100'],
  ['1', '100'],
  ['-1.0001', '50'],
])('staircase after an error of %s: %s', (largestError, interval) => {
  expect(staircase({ interval: '100', largestError, tolerance: '1' }).interval).toBe(interval);
});

describe('S2', () => {
  it('finds the rate that the data were made with', () => {
    const groups = [1, 2, 3, 4].map((time) => ({
      time,
      calibrations: 1_000_000,
      inTolerance: Math.round(1_000_000 * Math.exp(-0.1 * time)),
    }));
    const answer = reliabilityInterval({ groups, targetReliability: '0.9' });
    expect(Number(answer.interval)).toBeCloseTo(-Math.log(0.9) / 0.1, 3);
    // Others that bend fit as well; of them the one with fewer parameters is taken.
    expect(answer.model).toBe('exponential');
  });

  it.each([
    [[[1, 4, 4]], 'at least 10'],
    [[[1, 20, 15]], 'same time'],
    [
      [
        [1, 10, 10],
        [2, 10, 10],
      ],
      'no end',
    ],
    [
      [
        [1, 10, 0],
        [2, 10, 0],
      ],
      'no beginning',
    ],
  ])('refuses %j', (rows, words) => {
    const groups = rows.map(([time = 0, calibrations = 0, inTolerance = 0]) => ({
      time,
      calibrations,
      inTolerance,
    }));
    const answer = reliabilityInterval({ groups, targetReliability: '0.9' });
    expect(answer).toMatchObject({ interval: null, basis: expect.stringContaining(words) });
  });

  it('leaves a model out that finds no parameters for the data', () => {
    const groups = [180, 1e-7, 540, 720].map((time, i) => ({
      time,
      calibrations: 20,
      inTolerance: [19, 15, 13, 11][i] ?? 0,
    }));
    const { interval, models } = reliabilityInterval({ groups, targetReliability: '0.85' });
    expect(Number(interval)).toBeGreaterThan(0);
    expect(models).not.toHaveLength(0);
  });

  it('does not answer by data that get better with time', () => {
    const groups = [
      { time: 1, calibrations: 50, inTolerance: 20 },
      { time: 2, calibrations: 50, inTolerance: 45 },
      { time: 3, calibrations: 50, inTolerance: 49 },
    ];
    expect(reliabilityInterval({ groups, targetReliability: '0.95' }).interval).toBeNull();
  });
});

it('maximise finds the top of a hill', () => {
  const hill = ([x = 0, y = 0]: readonly number[]): number => -((x - 3) ** 2) - 10 * (y - x * x) ** 2;
  const { at } = maximise(hill, [0, 0]);
  expect(at[0]).toBeCloseTo(3, 6);
  expect(at[1]).toBeCloseTo(9, 5);
});

describe('variables', () => {
  const drifting = {
    times: ['100', '200', '300'],
    changes: ['0.1', '0.2', '0.3'],
    standardUncertainty: '0',
    limits: { lower: '-0.5', upper: '0.5' },
  };

  it('follows a drift without scatter to the limit', () => {
    expect(variablesInterval(drifting)).toMatchObject({ interval: '500', extrapolated: true });
    expect(variablesInterval({ ...drifting, initialValue: '-0.5' }).interval).toBe('0');
    expect(variablesInterval({ ...drifting, initialValue: '-0.49' }).interval).toBe('990');
    expect(variablesInterval({ ...drifting, longest: '365' }).interval).toBe('365');
  });

  it('has no interval where nothing drifts', () => {
    const still = { ...drifting, changes: ['0', '0', '0'] };
    expect(variablesInterval(still)).toMatchObject({
      interval: null,
      basis: expect.stringContaining('no target is reached'),
    });
  });

  it.each([
    ['times.1', { times: ['1', '0', '3'] }],
    ['changes', { changes: ['1'] }],
    ['limits', { limits: undefined }],
    ['limits', { limits: { lower: null, upper: null } }],
  ])('names %s', (path, more) => {
    expect(() => variablesInterval({ ...drifting, ...more })).toThrow(expect.objectContaining({ path }));
  });

  it('says that there are too few', () => {
    const answer = variablesInterval({ ...drifting, times: ['100', '100', '100'], degree: 2 });
    expect(answer).toMatchObject({ interval: null, basis: expect.stringContaining('Too few') });
  });
});

describe('from a history', () => {
  /** Calibrated once a year, drifting by `rate` a year, adjusted when it was out. */
  function history(years: number, rate: number): PastCalibration[] {
    let left = 0;
    return Array.from({ length: years + 1 }, (_, year) => {
      const found = year === 0 ? 0 : left + rate + ((year * 7) % 3) / 1000;
      const adjusted = Math.abs(found) > 1;
      left = adjusted ? 0 : found;
      const point = (error: number) => [{ nominal: '50.0', error: error.toFixed(4) }];
      return {
        date: `${2000 + year}-03-01`,
        tolerance: '1',
        asFound: point(found),
        adjusted,
        ...(adjusted && { asLeft: point(0) }),
      };
    });
  }
  const ask = (
    method: HistoryRequest['method'],
    past: PastCalibration[],
    more: Partial<HistoryRequest> = {},
  ) => intervalFromHistory({ method, history: past, intervalDays: 365, ...more });

  it('is the last day and the interval, by whole days', () => {
    expect(ask('fixed', history(1, 0.1))).toMatchObject({ intervalDays: 365, due: '2002-03-01' });
    expect(ask('staircase', history(1, 0.1))).toMatchObject({ intervalDays: 456, due: '2002-05-31' });
  });

  it('A3 counts cycles of about this length', () => {
    const good = ask('a3', history(20, 0.04), { targetReliability: '0.7' });
    expect(good).toMatchObject({ observedReliability: '1', intervalDays: 730 });
    expect(ask('a3', history(20, 0.04), { intervalDays: 100 })).toMatchObject({ due: null });
    const late = [...history(20, 0.04), { ...(history(0, 0)[0] as PastCalibration), date: '2022-03-01' }];
    expect(ask('a3', late).basis).toContain('20 of 20');
    const bad = ask('a3', history(20, 1.5), { targetReliability: '0.9' });
    expect(bad).toMatchObject({ observedReliability: '0', intervalDays: 182 });
  });

  it('variables follows the drift from as left to as found, adjustments apart', () => {
    const answer = ask('variables', history(8, 0.3), { standardUncertainty: '0.01' });
    expect(answer.basis).toContain('At 50.0');
    // 0.3 a year from the error that is left: 2 x 0.3 + 0.002 after the adjustment of year 4 ... to 1.
    expect(answer.intervalDays).toBeGreaterThan(300);
    expect(answer.intervalDays).toBeLessThan(1200);
    expect(ask('variables', history(3, 0.3)).intervalDays).not.toBeNull();
    expect(ask('variables', history(2, 0.3))).toMatchObject({ intervalDays: null, due: null });
  });

  it('has no day where a unit is out of tolerance as it is left', () => {
    const left = history(5, 0.3).map((each) => ({ ...each, tolerance: '0.0001' }));
    expect(ask('variables', left)).toMatchObject({ interval: '0', intervalDays: null, due: null });
  });

  it('S2 says that one length tells nothing', () => {
    expect(ask('s2', history(20, 0.3)).basis).toContain('same time');
  });

  it('does not mind the order, nor a day that has two calibrations', () => {
    const past = history(8, 0.3);
    for (const method of intervalMethods) {
      expect(ask(method, [...past].reverse())).toEqual(ask(method, past));
    }
    const twice = past.flatMap((each) => [each, each]);
    expect(ask('a3', twice)).toMatchObject({ observedReliability: ask('a3', past).observedReliability });
    expect(ask('variables', twice).due).not.toBeNull();
    expect(() => ask('a3', [])).toThrow('no calibration');
  });
});
