import {
  add,
  compare,
  divide,
  larger,
  multiply,
  one,
  type Rational,
  rational,
  subtract,
} from '../rational.ts';
import { lagOneAutocorrelation } from '../statistics.ts';

/**
 * n (1 - r1)/(1 + r1): how many independent readings n correlated ones are worth, r1 being their autocorrelation at
 * lag one. Kept between 1 and n: readings that swing back (r1 < 0) are not counted as more than they are. Null for
 * readings that do not vary, which say nothing about their correlation.
 */
export function effectiveCount(readings: readonly Rational[]): Rational | null {
  const r = lagOneAutocorrelation(readings);
  if (r === null) return null;
  const count = rational(BigInt(readings.length));
  // |r1| < 1 always: the neighbours' products are at most the squares less half of both ends.
  const worth = divide(multiply(count, subtract(one, r)), add(one, r));
  const atMost = compare(worth, count) > 0 ? count : worth;
  return larger(atMost, one);
}
