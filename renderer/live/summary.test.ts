import { describe, expect, it } from 'vitest';
import { summarise } from './summary.ts';

describe('summarise', () => {
  it('counts what is there and what is not', () => {
    const values = Float64Array.of(2, Number.NaN, -4, 5);
    expect(summarise(values)).toEqual({ last: 5, min: -4, mean: 1, max: 5, n: 3, missing: 1 });
  });
  it('has no figures where nothing was measured', () => {
    const nothing = summarise(Float64Array.of(Number.NaN));
    expect(nothing).toEqual({
      last: Number.NaN,
      min: Number.NaN,
      mean: Number.NaN,
      max: Number.NaN,
      n: 0,
      missing: 1,
    });
  });
});
