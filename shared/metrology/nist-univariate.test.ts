import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decimalPlaces, normaliseDecimal } from '../units/units.ts';
import { fromDecimal, type Rational, rational, toPlaces, toSignificant } from './rational.ts';
import { squareRootText, squareRootToPlaces } from './square-root.ts';
import { lagOneAutocorrelation, mean, slope, variance } from './statistics.ts';

interface Certified {
  data_strings: string[];
  certified: { mean: string; standard_deviation_n_minus_1: string; autocorrelation_lag1: string; n: number };
  exact: { mean: string; standard_deviation: string; autocorrelation_lag1: string };
}
const read = (name: string): Certified =>
  JSON.parse(
    readFileSync(new URL(`../../test/fixtures/metrology/nist-strd-${name}.json`, import.meta.url), 'utf8'),
  );

const none = rational(0n);
const expectDigits = (printed: string, value: Rational | null): void =>
  expect(toPlaces(value ?? none, decimalPlaces(printed))).toBe(normaliseDecimal(printed));

describe.each(['lew', 'lottery', 'mavro', 'numacc1', 'numacc2', 'numacc3', 'pidigits'])(
  'NIST StRD %s',
  (name) => {
    const { data_strings, certified, exact } = read(name);
    const values = data_strings.map(fromDecimal);

    it('has every certified digit', () => {
      expect(values).toHaveLength(certified.n);
      const spread = certified.standard_deviation_n_minus_1;
      expectDigits(certified.mean, mean(values));
      expect(squareRootToPlaces(variance(values) ?? none, decimalPlaces(spread))).toBe(spread);
      expectDigits(certified.autocorrelation_lag1, lagOneAutocorrelation(values));
    });

    it('has 30 digits of independent exact arithmetic', () => {
      const same = (text: string, printed: string): void =>
        expect(fromDecimal(text)).toEqual(fromDecimal(printed));
      same(toSignificant(mean(values) ?? none, 30), exact.mean);
      same(squareRootText(variance(values) ?? none, 30), exact.standard_deviation);
      same(toSignificant(lagOneAutocorrelation(values) ?? none, 30), exact.autocorrelation_lag1);
    });
  },
);

describe('what cannot be computed', () => {
  const two = [fromDecimal('1'), fromDecimal('1')];
  it('is null', () => {
    expect(mean([])).toBeNull();
    expect(variance(two.slice(1))).toBeNull();
    expect(lagOneAutocorrelation(two)).toBeNull();
    expect(slope([5, 5], two)).toBeNull();
  });
  it('slope of a line is exact', () =>
    expect(slope([0, 100, 300], [fromDecimal('0.1'), fromDecimal('0.2'), fromDecimal('0.4')])).toEqual(
      fromDecimal('0.001'),
    ));
});
