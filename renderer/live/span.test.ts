import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, moved, showing, within, zoomed } from './span.ts';

const whole = { from: 1_000, to: 101_000 };

describe('the span in sight', () => {
  it('keeps the pointed time in its place', () => {
    expect(zoomed(whole, 26_000, 0.5, whole)).toEqual({ from: 13_500, to: 63_500 });
  });

  it('ends where the recording ends', () => {
    expect(zoomed({ from: 91_000, to: 101_000 }, 101_000, 4, whole)).toEqual({ from: 61_000, to: 101_000 });
    expect(moved({ from: 2_000, to: 4_000 }, -1, whole)).toEqual({ from: 1_000, to: 3_000 });
    expect(zoomed(whole, 50_000, 3, whole)).toEqual(whole);
  });

  it('follows a time that leaves it, and stays else', () => {
    const span = { from: 10_000, to: 20_000 };
    expect(showing(span, 15_000, whole)).toBe(span);
    expect(showing(span, 25_000, whole)).toEqual({ from: 15_000, to: 25_000 });
    expect(showing(span, 9_000, whole)).toEqual({ from: 9_000, to: 19_000 });
  });

  it('lies within the recording whatever is done', () =>
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (from, length, factor) => {
          const span = within({ from, to: from + length }, whole);
          for (const next of [zoomed(span, from, factor, whole), moved(span, factor - 50, whole)]) {
            expect(next.to - next.from).toBeGreaterThan(19.9);
            expect(covers({ from: whole.from - 1e-6, to: whole.to + 1e-6 }, next)).toBe(true);
          }
        },
      ),
    ));
});
