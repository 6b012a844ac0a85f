import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extent, niceRange, niceStep, placesOfStep } from './range.ts';

describe('value axis', () => {
  it.each([
    [0.9, 1],
    [1, 1],
    [1.1, 2],
    [0.03, 0.05],
    [70, 100],
  ])('a step of at least %d is %d', (least, step) => expect(niceStep(least)).toBeCloseTo(step, 12));

  it.each([
    [0.025, 3],
    [0.5, 1],
    [2, 0],
    [20, 0],
  ])('steps of %d need %d places', (step, places) => expect(placesOfStep(step)).toBe(places));

  it('always shows everything and is never flat', () => {
    const figures = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), {
      minLength: 1,
      maxLength: 10,
    });
    fc.assert(
      fc.property(figures, (seen) => {
        const [low, high] = niceRange(seen, 0.5);
        expect(low).toBeLessThanOrEqual(Math.min(...seen) + 1e-6);
        expect(high).toBeGreaterThanOrEqual(Math.max(...seen) - 1e-6);
        expect(high - low).toBeGreaterThanOrEqual(0.5 - 1e-9);
      }),
    );
  });

  it('has a picture before there is a value', () => expect(niceRange([Number.NaN], 2)).toEqual([0, 2]));
  it('leaves missing values out of the extent', () =>
    expect(extent(Float64Array.of(9, Number.NaN, 2, 4), 1, 4)).toEqual([2, 4]));
});
