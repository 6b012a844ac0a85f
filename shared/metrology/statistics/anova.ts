import { add, divide, multiply, type Rational, rational, square, subtract, zero } from '../rational.ts';
import { mean, variance } from '../statistics.ts';

/** One-way analysis of variance, exact. */
export interface Anova {
  degreesBetween: number;
  degreesWithin: number;
  sumOfSquaresBetween: Rational;
  sumOfSquaresWithin: Rational;
  meanSquareBetween: Rational;
  meanSquareWithin: Rational;
  /** Null where the readings do not scatter within the groups. */
  f: Rational | null;
  /** Null where all readings are the same. */
  rSquared: Rational | null;
}

const whole = (count: number): Rational => rational(BigInt(count));

/** The sum of squared deviations of the readings about their mean. */
const squares = (readings: readonly Rational[]): Rational =>
  multiply(variance(readings) ?? zero, whole(readings.length - 1));

/** Throws RangeError for fewer than two groups, an empty group, or no group with a repeat. */
export function anova(groups: readonly (readonly Rational[])[]): Anova {
  const all = groups.flat();
  const [degreesBetween, degreesWithin] = [groups.length - 1, all.length - groups.length];
  if (degreesBetween < 1) throw new RangeError('an analysis of variance compares two groups or more');
  if (groups.some((group) => group.length === 0)) throw new RangeError('a group is empty');
  if (degreesWithin < 1) throw new RangeError('no group has a repeated reading');
  const total = mean(all) ?? zero;
  const sumOfSquaresBetween = groups
    .map((group) => multiply(square(subtract(mean(group) ?? zero, total)), whole(group.length)))
    .reduce(add);
  const sumOfSquaresWithin = groups.map(squares).reduce(add);
  const meanSquareBetween = divide(sumOfSquaresBetween, whole(degreesBetween));
  const meanSquareWithin = divide(sumOfSquaresWithin, whole(degreesWithin));
  const together = add(sumOfSquaresBetween, sumOfSquaresWithin);
  return {
    degreesBetween,
    degreesWithin,
    sumOfSquaresBetween,
    sumOfSquaresWithin,
    meanSquareBetween,
    meanSquareWithin,
    f: meanSquareWithin.over === 0n ? null : divide(meanSquareBetween, meanSquareWithin),
    rSquared: together.over === 0n ? null : divide(sumOfSquaresBetween, together),
  };
}

/**
 * The variance within the groups, pooled: sum of (n_i - 1) s_i^2 over the sum of n_i - 1, which are its degrees of
 * freedom. Null where no group has a repeat.
 */
export function pooledVariance(
  groups: readonly (readonly Rational[])[],
): { variance: Rational; degreesOfFreedom: number } | null {
  const degreesOfFreedom = groups.reduce((sum, group) => sum + Math.max(group.length - 1, 0), 0);
  if (degreesOfFreedom === 0) return null;
  const sum = groups.filter(({ length }) => length > 1).map(squares);
  return { variance: divide(sum.reduce(add, zero), whole(degreesOfFreedom)), degreesOfFreedom };
}
