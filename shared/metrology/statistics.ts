import { type Rational, rational } from './rational.ts';
import { dot, sum, wholeColumn } from './whole-column.ts';

/** Arithmetic mean; null of nothing. */
export function mean(values: readonly Rational[]): Rational | null {
  const { whole, scale } = wholeColumn(values);
  return whole.length === 0 ? null : rational(sum(whole), scale * BigInt(whole.length));
}

/** n x (value - mean) of each value: whole numbers in units of 1/(n x scale). */
function deviations(values: readonly Rational[]): { whole: bigint[]; scale: bigint } {
  const { whole, scale } = wholeColumn(values);
  const count = BigInt(whole.length);
  const total = sum(whole);
  return { whole: whole.map((value) => value * count - total), scale: scale * count };
}

/** Experimental variance with n - 1 (JCGM 100, 4.2.2); null of fewer than two values. Its root is the spread. */
export function variance(values: readonly Rational[]): Rational | null {
  if (values.length < 2) return null;
  const { whole, scale } = deviations(values);
  return rational(dot(whole, whole), scale * scale * BigInt(values.length - 1));
}

/** Least-squares slope of values over whole times; null where all times are the same. */
export function slope(times: readonly number[], values: readonly Rational[]): Rational | null {
  const time = deviations(times.map((t) => rational(BigInt(t))));
  const value = deviations(values);
  const spread = dot(time.whole, time.whole);
  return spread === 0n ? null : rational(dot(time.whole, value.whole) * time.scale, spread * value.scale);
}

/**
 * Autocorrelation at lag one, as NIST StRD defines it: the sum over neighbours, over the sum of squares about the
 * mean. Null for values that are all the same.
 */
export function lagOneAutocorrelation(values: readonly Rational[]): Rational | null {
  const { whole } = deviations(values);
  const squares = dot(whole, whole);
  return squares === 0n ? null : rational(dot(whole.slice(0, -1), whole.slice(1)), squares);
}
