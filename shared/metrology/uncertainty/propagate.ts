import { powerOfTen } from '../../units/units.ts';
import {
  absolute,
  add,
  compare,
  decimalExponent,
  multiply,
  type Rational,
  rational,
  square,
  zero,
} from '../rational.ts';
import { integerSquareRoot } from '../square-root.ts';
import type { Correlations } from './correlations.ts';
import type { Input } from './source.ts';

/** The square root to 40 digits, cut: more than any answer shows, whatever the size of the number. */
export function root(squared: Rational): Rational {
  if (squared.over === 0n) return zero;
  const places = 40 - Math.floor(decimalExponent(squared) / 2);
  const scale = powerOfTen(Math.abs(places));
  return places >= 0
    ? rational(integerSquareRoot((squared.over * scale * scale) / squared.under), scale)
    : rational(integerSquareRoot(squared.over / (squared.under * scale * scale)) * scale);
}

/** c_i u_i of each input, signed, to 40 digits. */
export const terms = (sensitivities: readonly Rational[], inputs: readonly Input[]): Rational[] =>
  inputs.map(({ variance }, i) => multiply(sensitivities[i] ?? zero, root(variance)));

/** Covariance of two results of the same inputs (JCGM 100, 5.2.2 and H.2.3); of one with itself its variance. */
export function covariance(
  a: readonly Rational[],
  b: readonly Rational[],
  correlations: Correlations,
): Rational {
  const parts = a.flatMap((x, i) =>
    b.map((y, j) => {
      const r = correlations[i]?.[j] ?? zero;
      return r.over === 0n ? zero : multiply(r, multiply(x, y));
    }),
  );
  return parts.reduce(add, zero);
}

/**
 * The combined variance. Without correlations it is exact; with them it is that of 40 digits, and what correlations
 * of 1 cancel is nothing rather than a trace of rounding.
 */
export function combinedVariance(
  sensitivities: readonly Rational[],
  inputs: readonly Input[],
  correlations: Correlations,
): Rational {
  const squares = inputs.map(({ variance }, i) => multiply(square(sensitivities[i] ?? zero), variance));
  const independent = squares.reduce(add, zero);
  if (!isCorrelated(correlations)) return independent;
  const each = terms(sensitivities, inputs);
  const found = covariance(each, each, correlations);
  const trace = multiply(independent, rational(1n, 10n ** 30n));
  return compare(absolute(found), trace) <= 0 || found.over < 0n ? zero : found;
}

export const isCorrelated = (correlations: Correlations): boolean =>
  correlations.some((row, i) => row.some((r, j) => i !== j && r.over !== 0n));
