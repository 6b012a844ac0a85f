import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absent } from '../../shared/rules/rules.ts';
import { plotOf } from './plot.ts';

const channels = [{ id: 't1', title: 'Bath', unit: 'degC', quantum: '0.1' }];
const whole: Parameters<typeof plotOf>[2] = { from: null, to: null, points: 1000 };
const recordingOf = (rows: readonly (readonly [t: number, count: number])[]) => ({
  inputs: ['t1'],
  times: Float64Array.from(rows, ([t]) => t),
  samples: [Float64Array.from(rows, ([, count]) => count)],
});
const traceOf = (rows: readonly (readonly [number, number])[], view = whole) =>
  plotOf(recordingOf(rows), channels, view).traces[0] ?? { times: [], low: [], high: [] };

const anyRows = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: -900, max: 900 })), {
    minLength: 1,
    maxLength: 400,
    size: 'max',
  })
  .map((steps) => {
    let t = 1000;
    return steps.map(([step, count]) => {
      t += step;
      return [t, count] as const;
    });
  });

describe('a plot', () => {
  it('keeps every extreme, in few columns, from left to right', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 10, max: 60 }), (rows, points) => {
        const { times, low, high } = traceOf(rows, { ...whole, points });
        const counts = rows.map(([, count]) => count / 10);
        const seen = (column: readonly (number | null)[]): number[] => column.filter((x) => x !== null);
        expect(Math.min(...seen(low))).toBe(Math.min(...counts));
        expect(Math.max(...seen(high))).toBe(Math.max(...counts));
        expect(seen(low).length).toBeLessThanOrEqual(points);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        // Each sample lies between the extremes of the column of its time.
        const [from, to] = [rows[0]?.[0] ?? 0, rows.at(-1)?.[0] ?? 0];
        const half = rows.length <= points ? 0 : (to - from) / points / 2 + 1e-6;
        for (const [t, count] of rows) {
          const inColumn = times.some(
            (at, i) =>
              Math.abs(at - t) <= half && (low[i] ?? 1e9) <= count / 10 && count / 10 <= (high[i] ?? -1e9),
          );
          expect(inColumn).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('goes from left to right over a pause that is narrower than a column', () => {
    const times = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 131];
    const found = traceOf(
      times.map((t) => [t, 0]),
      { ...whole, points: 10 },
    ).times;
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found.filter((t) => t < 13)).toHaveLength(1);
  });

  it('shows few samples as they are, exactly', () => {
    expect(
      plotOf(
        recordingOf([
          [0, 235],
          [100, -3],
        ]),
        channels,
        whole,
      ),
    ).toEqual({
      from: 0,
      to: 100,
      traces: [
        {
          id: 't1',
          title: 'Bath',
          unit: 'degC',
          quantum: '0.1',
          times: [0, 100],
          low: [23.5, -0.3],
          high: [23.5, -0.3],
        },
      ],
    });
  });

  it('shows bad values and pauses as gaps, and skips rows without a sample', () => {
    const rows = [
      [0, 1],
      [10, Number.NaN],
      [20, 2],
      [25, absent],
      [30, 3],
      [40, 4],
      [200, 5],
    ] as const;
    const { times, low } = traceOf(rows);
    expect(times).toEqual([0, 10, 20, 30, 40, 120, 200]);
    expect(low).toEqual([0.1, null, 0.2, 0.3, 0.4, null, 0.5]);
    const many = Array.from({ length: 100 }, (_, i) => [i, i < 50 ? Number.NaN : 7] as const);
    expect(traceOf(many, { ...whole, points: 10 }).high).toEqual([
      ...Array(5).fill(null),
      ...Array(5).fill(0.7),
    ]);
  });

  it('shows a span of it, and times that go back where they say', () => {
    const rows = [
      [0, 1],
      [10, 2],
      [20, 3],
      [5, 4],
      [15, 5],
      [25, 6],
    ] as const;
    expect(traceOf(rows, { from: 4, to: 16, points: 100 })).toMatchObject({
      times: [5, 10, 15],
      low: [0.4, 0.2, 0.5],
    });
    expect(plotOf(recordingOf(rows), channels, whole)).toMatchObject({ from: 0, to: 25 });
    expect(traceOf(rows, { from: 500, to: 100, points: 100 })).toMatchObject({ times: [] });
  });

  it('leaves out what is no channel of the unit', () => {
    expect(plotOf(recordingOf([[0, 1]]), [], whole).traces).toEqual([]);
  });
});
