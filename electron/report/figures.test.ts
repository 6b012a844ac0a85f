import fc from 'fast-check';
import { expect, test } from 'vitest';
import { absoluteDecimal, compareDecimal } from '../../shared/units/units.ts';
import { errorFigures, figures, inUnit, momentOf, secondsOf, twoDigits, withUncertainty } from './figures.ts';

test('a column has one number of places, and a dash where there is nothing', () => {
  expect(figures(['25', '25.10', null, '-0.004'], 3)).toEqual(['25.000', '25.100', '–', '-0.004']);
  expect(figures(['1.23456', '2'], 3)).toEqual(['1.235', '2.000']);
  expect(figures([], 3)).toEqual([]);
});

test('errors bear their sign, zero bears none', () => {
  expect(errorFigures(['0.5', '-0.25', '0.00', null], 2, '1')).toEqual(['+0.50', '-0.25', '0.00', '–']);
});

test('a printed error leads to the decision that was taken on the exact one', () => {
  const decimal = fc.integer({ min: -9_999_999, max: 9_999_999 }).map((n) => (n / 1e6).toFixed(6));
  const tolerance = fc.constantFrom('0.2', '0.05', '1', '0.00012345');
  fc.assert(
    fc.property(fc.array(decimal), tolerance, fc.nat(5), (errors, limit, most) => {
      const within = (text: string): boolean =>
        compareDecimal(absoluteDecimal(text.replace('+', '')), limit) <= 0;
      expect(errorFigures(errors, most, limit).map(within)).toEqual(errors.map(within));
    }),
  );
});

test.each([
  ['-21.381107158715541126384735629821', '0.00735995747482613279355561027004', '-21.3811 ± 0.0074'],
  ['0.000134519839812807219347649844264', '0.0000000146480907633676', '0.000134520 ± 0.000000015'],
  ['0.4', '0.0996', '0.40 ± 0.10'],
  ['12345.6', '789.1', '12350 ± 790'],
  ['2.00000000000000000000000000004', '0', '2.00000000000 ± 0'],
])('%s with a standard uncertainty of %s is printed as %s', (value, uncertainty, text) =>
  expect(withUncertainty(value, uncertainty)).toBe(text),
);

test('a figure by itself has two significant digits, and a limit is never understated', () => {
  expect(twoDigits('0.0229345862221686')).toBe('0.023');
  expect(twoDigits('0.000000008341115669', 'up')).toBe('0.0000000084');
  expect(twoDigits('0')).toBe('0');
});

test.each([
  [45_678, '45.678'],
  [7, '0.007'],
  [0, '0.000'],
  [-1200, '-1.200'],
])('%i ms is %s s', (milliseconds, text) => expect(secondsOf(milliseconds)).toBe(text));

test('units and moments', () => {
  expect(inUnit('Error', 'degC')).toBe('Error\u00a0°C');
  expect(inUnit('Ratio', 'one')).toBe('Ratio');
  expect(inUnit('Error', undefined)).toBe('Error');
  expect(momentOf('2026-11-22T09:41:07.000Z')).toBe('2026-11-22 09:41 UTC');
});
