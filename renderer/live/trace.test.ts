import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceOf } from './trace.ts';

describe('traceOf', () => {
  it('keeps every peak and every end, whatever the width', () => {
    const samples = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 30 }), (values, width) => {
        const times = values.map((_, i) => i);
        const column = (t: number) => Math.floor((t * width) / values.length);
        const trace = traceOf(times, values, 0, values.length - 1, column);
        expect(Math.max(...trace.high)).toBe(Math.max(...values));
        expect(Math.min(...trace.low)).toBe(Math.min(...values));
        expect(trace.first[0]).toBe(values[0]);
        expect(trace.last.at(-1)).toBe(values.at(-1));
        expect(trace.x.length).toBeLessThanOrEqual(width);
        expect(trace.starts).toEqual([0]);
      }),
    );
  });

  it('breaks at a missing value', () => {
    const trace = traceOf([0, 1, 2, 3, 4], [1, Number.NaN, 3, null, 5], 0, 4, (t) => t * 10);
    expect(trace.x).toEqual([0, 20, 40]);
    expect(trace.starts).toEqual([0, 1, 2]);
  });

  it('breaks even inside one pixel column', () => {
    expect(traceOf([0, 1, 2], [1, Number.NaN, 3], 0, 2, () => 7).starts).toEqual([0, 1]);
  });
});
