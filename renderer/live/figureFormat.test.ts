import { describe, expect, it } from 'vitest';
import { figureFormat } from './figureFormat.ts';

describe('chart figures', () => {
  it.each([
    ['en', 2, false, -1.005, '−1.01'],
    ['de', 3, false, 1234.5, '1234,500'],
    ['en', 1, true, 2, '+2.0'],
    ['en', 1, true, 0, '0.0'],
    ['en', 1, false, Number.NaN, '—'],
  ])('in %s with %d places, signed %s: %d is %s', (language, places, signed, value, shown) =>
    expect(figureFormat(language, places, signed)(value)).toBe(shown),
  );
});
