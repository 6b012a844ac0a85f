import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstAtOrAfter, SampleRing } from './ring.ts';

describe('SampleRing', () => {
  it('shows the newest samples in order, however often it went round', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.nat({ max: 70 }),
        fc.nat({ max: 25 }),
        (capacity, n, ask) => {
          const ring = new SampleRing(2, capacity);
          const all = Array.from({ length: n }, (_, i) => i);
          for (const i of all) ring.push(1000 + i, [i, -i]);
          const expected = all.slice(Math.max(0, n - Math.min(ask, capacity)));
          const view = ring.view(ask);
          expect([...view.time]).toEqual(ask === 0 ? [] : expected.map((i) => 1000 + i));
          expect([...(view.columns[1] ?? [])]).toEqual(ask === 0 ? [] : expected.map((i) => -i));
        },
      ),
    );
  });

  it('breaks the line at a gap and remembers the place', () => {
    const ring = new SampleRing(1, 8);
    ring.pushGap();
    expect(ring.length).toBe(0);
    ring.push(1, [10]);
    ring.pushGap();
    ring.push(5, [11]);
    expect([...(ring.view().columns[0] ?? [])]).toEqual([10, Number.NaN, 11]);
    expect(ring.gaps).toEqual([1]);
  });

  it('gives missing channels no value', () => {
    const ring = new SampleRing(2, 4);
    ring.push(1, [3]);
    expect(ring.view().columns.map((column) => column[0])).toEqual([3, Number.NaN]);
  });

  it('finds a time by halving', () => {
    const times = Float64Array.of(1, 3, 3, 7);
    expect([0, 1, 2, 3, 4, 8].map((t) => firstAtOrAfter(times, t))).toEqual([0, 0, 1, 1, 3, 4]);
  });
});
