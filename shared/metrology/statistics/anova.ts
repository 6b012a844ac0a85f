import {
  add,
  compare,
  divide,
  multiply,
  type Rational,
  rational,
  square,
  subtract,
  zero,
} from '../rational.ts';
import { mean, variance } from '../statistics.ts';

/** What an analysis needs of one group of readings. */
export interface Group {
  readonly count: number;
  readonly mean: Rational;
  /** The sum of squared deviations from that mean. */
  readonly squares: Rational;
}

const whole = (count: number): Rational => rational(BigInt(count));

/** Of readings; there is at least one. */
export const groupOf = (readings: readonly Rational[]): Group => ({
  count: readings.length,
  mean: mean(readings) ?? zero,
  squares: multiply(variance(readings) ?? zero, whole(readings.length - 1)),
});

/** Of what was kept of them: how many, their mean and their standard deviation. */
export const groupOfSummary = (count: number, middle: Rational, deviation: Rational): Group => ({
  count,
  mean: middle,
  squares: multiply(square(deviation), whole(count - 1)),
});

/** One-way analysis of variance, exact. */
export interface Anova {
  /** Readings in all groups. */
  total: number;
  grandMean: Rational;
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
  /** Of the effect that differs from group to group, zero where the groups differ less than their scatter explains. */
  varianceBetween: Rational;
  /** Of the grand mean where groups differ (JCGM 100, H.5.2.5: mean square between over all readings). */
  varianceOfMeanWithEffect: Rational;
  /** Of the grand mean where they do not: all readings as one series. */
  varianceOfMeanWithout: Rational;
}

const sum = (values: readonly Rational[]): Rational => values.reduce(add, zero);

/** Throws RangeError for fewer than two groups, an empty group, or no group with a repeat. */
export function anova(groups: readonly Group[]): Anova {
  const counts = groups.map(({ count }) => count);
  const total = counts.reduce((all, count) => all + count, 0);
  const [degreesBetween, degreesWithin] = [groups.length - 1, total - groups.length];
  if (degreesBetween < 1) throw new RangeError('an analysis of variance compares two groups or more');
  if (counts.some((count) => count === 0)) throw new RangeError('a group is empty');
  if (degreesWithin < 1) throw new RangeError('no group has a repeated reading');
  const weighted = groups.map((group) => multiply(group.mean, whole(group.count)));
  const grandMean = divide(sum(weighted), whole(total));
  const sumOfSquaresBetween = sum(
    groups.map((group) => multiply(square(subtract(group.mean, grandMean)), whole(group.count))),
  );
  const sumOfSquaresWithin = sum(groups.map(({ squares }) => squares));
  const meanSquareBetween = divide(sumOfSquaresBetween, whole(degreesBetween));
  const meanSquareWithin = divide(sumOfSquaresWithin, whole(degreesWithin));
  const together = add(sumOfSquaresBetween, sumOfSquaresWithin);
  const excess = subtract(meanSquareBetween, meanSquareWithin);
  return {
    total,
    grandMean,
    degreesBetween,
    degreesWithin,
    sumOfSquaresBetween,
    sumOfSquaresWithin,
    meanSquareBetween,
    meanSquareWithin,
    f: meanSquareWithin.over === 0n ? null : divide(meanSquareBetween, meanSquareWithin),
    rSquared: together.over === 0n ? null : divide(sumOfSquaresBetween, together),
    varianceBetween: compare(excess, zero) <= 0 ? zero : divide(excess, replication(counts, total)),
    varianceOfMeanWithEffect: divide(meanSquareBetween, whole(total)),
    varianceOfMeanWithout: divide(together, multiply(whole(total), whole(total - 1))),
  };
}

/** Readings of a group: their number where all have the same, else (N - sum n^2/N)/(groups - 1). */
const replication = (counts: readonly number[], total: number): Rational =>
  divide(
    subtract(whole(total), divide(whole(counts.reduce((all, n) => all + n * n, 0)), whole(total))),
    whole(counts.length - 1),
  );

/**
 * The variance within the groups, pooled: sum of (n_i - 1) s_i^2 over the sum of n_i - 1, which are its degrees of
 * freedom. Null where no group has a repeat.
 */
export function pooledVariance(
  groups: readonly Group[],
): { variance: Rational; degreesOfFreedom: number } | null {
  const degreesOfFreedom = groups.reduce((all, { count }) => all + count - 1, 0);
  if (degreesOfFreedom < 1) return null;
  return {
    variance: divide(sum(groups.map(({ squares }) => squares)), whole(degreesOfFreedom)),
    degreesOfFreedom,
  };
}
