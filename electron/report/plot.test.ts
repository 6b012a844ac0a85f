import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread, ticks } from './plot.ts';

test.each([
  [-0.25, 0.75, 6, ['-0.2', '0.0', '0.2', '0.4', '0.6']],
  [0, 100, 8, ['0', '20', '40', '60', '80', '100']],
  [0.101, 0.109, 4, ['0.102', '0.104', '0.106', '0.108']],
])('ticks from %d to %d', (from, to, about, texts) => {
  expect(ticks(from, to, about).map(({ text }) => text)).toEqual(texts);
});

test('ticks are within the range, rise, and are told apart', () => {
  const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(end, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (from, span) => {
      const marks = ticks(from, from + span, 6);
      const slack = span * 1e-6 + Math.abs(from) * 1e-9;
      expect(marks.length).toBeLessThan(20);
      expect(marks.every(({ value }) => value >= from - slack && value <= from + span + slack)).toBe(true);
      expect(new Set(marks.map(({ text }) => text)).size).toBe(marks.length);
    }),
  );
});

test('a range of one value still has a width', () => {
  expect(spread([5, 5], 0.1)).toEqual({ from: 4.5, to: 5.5 });
  expect(spread([0], 0.1)).toEqual({ from: -0.1, to: 0.1 });
});
