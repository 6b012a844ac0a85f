import { z } from 'zod';
import { floatText, rootText, toNumber, valueText } from '../fit/text.ts';
import { divide, fromDecimal, multiply, type Rational, rational } from '../rational.ts';
import { decimal, list, notNegative, positive, RequestError, whole, withoutNulls } from '../request.ts';
import { lagOneAutocorrelation, mean, variance } from '../statistics.ts';
import { type AllanVariances, allanVariances, phaseOf, phaseOfFrequency } from './allan.ts';
import { anova, type Group, groupOf, groupOfSummary, pooledVariance } from './anova.ts';
import { effectiveCount } from './effective-count.ts';
import { fisherF } from './fisher-f.ts';

const groupSummary = z.strictObject({
  n: whole(1, 1_000_000),
  mean: decimal,
  standardDeviation: notNegative,
});

const members = z.strictObject({
  readings: list(decimal).optional(),
  groups: z
    .array(z.union([list(decimal), groupSummary]))
    .min(1)
    .max(10_000)
    .optional(),
  allan: z
    .strictObject({
      tau0: positive,
      kind: z.enum(['phase', 'frequency']),
      m: z.array(whole(1, 200_000)).min(1).max(100).optional(),
    })
    .optional(),
  digits: whole(1, 100).optional(),
});
/** What `plumb stats` is asked. */
export const statisticsRequest = z.preprocess(withoutNulls, members);
export type StatisticsRequest = z.output<typeof statisticsRequest>;

export type StatisticsAnswer = Readonly<Record<string, unknown>>;
type Shown = (value: Rational) => string;

/** All that was asked of the readings. Throws RequestError. */
export function answerStatistics(request: StatisticsRequest): StatisticsAnswer {
  const { readings, groups, allan, digits = 15 } = request;
  if (!readings && !groups) throw new RequestError('readings', 'is missing');
  if (allan && !readings) throw new RequestError('allan', 'needs readings');
  const values = readings?.map(fromDecimal);
  return {
    ...(values && series(values, digits)),
    ...(values && allan && { allan: stability(values, allan, digits) }),
    ...(groups && grouped(groups.map(readGroup), digits)),
  };
}

function series(values: readonly Rational[], digits: number) {
  const spread = variance(values);
  const middle = mean(values);
  if (spread === null || middle === null) {
    throw new RequestError('readings', 'has one reading; a scatter needs two or more');
  }
  const shown: Shown = (value) => valueText(value, digits);
  const effective = effectiveCount(values);
  const correlation = lagOneAutocorrelation(values);
  return {
    n: values.length,
    mean: shown(middle),
    standardDeviation: rootText(spread, digits),
    standardError: rootText(divide(spread, count(values.length)), digits),
    lag1Autocorrelation: correlation && shown(correlation),
    effectiveN: effective && shown(effective),
    /** s over the root of the effective number, for readings that are not independent. */
    standardErrorEffective: effective && rootText(divide(spread, effective), digits),
  };
}

const count = (n: number): Rational => rational(BigInt(n));

const readGroup = (group: NonNullable<StatisticsRequest['groups']>[number]): Group =>
  Array.isArray(group)
    ? groupOf(group.map(fromDecimal))
    : groupOfSummary(group.n, fromDecimal(group.mean), fromDecimal(group.standardDeviation));

function grouped(groups: readonly Group[], digits: number) {
  const pooled = pooledVariance(groups);
  if (pooled === null) throw new RequestError('groups', 'no group has a repeated reading');
  return {
    groups: groups.map(({ count: n, mean: middle, squares }) => ({
      n,
      mean: valueText(middle, digits),
      standardDeviation: n > 1 ? rootText(divide(squares, count(n - 1)), digits) : null,
    })),
    pooledStandardDeviation: rootText(pooled.variance, digits),
    pooledDegreesOfFreedom: pooled.degreesOfFreedom,
    ...(groups.length > 1 && { anova: analysis(groups, digits) }),
  };
}

function analysis(groups: readonly Group[], digits: number) {
  const shown: Shown = (value) => valueText(value, digits);
  const found = anova(groups);
  const { degreesBetween, degreesWithin, f, rSquared } = found;
  const critical = (p: number): string => floatText(fisherF.quantile(p, degreesBetween, degreesWithin));
  return {
    n: found.total,
    mean: shown(found.grandMean),
    degreesOfFreedomBetween: degreesBetween,
    degreesOfFreedomWithin: degreesWithin,
    sumOfSquaresBetween: shown(found.sumOfSquaresBetween),
    sumOfSquaresWithin: shown(found.sumOfSquaresWithin),
    meanSquareBetween: shown(found.meanSquareBetween),
    meanSquareWithin: shown(found.meanSquareWithin),
    f: f && shown(f),
    p: f && floatText(fisherF.upperTail(toNumber(f), degreesBetween, degreesWithin)),
    criticalF: { '0.95': critical(0.95), '0.975': critical(0.975), '0.99': critical(0.99) },
    rSquared: rSquared && shown(rSquared),
    residualStandardDeviation: rootText(found.meanSquareWithin, digits),
    betweenStandardDeviation: rootText(found.varianceBetween, digits),
    standardUncertaintyOfMean: {
      groupsDiffer: rootText(found.varianceOfMeanWithEffect, digits),
      groupsAlike: rootText(found.varianceOfMeanWithout, digits),
    },
  };
}

function stability(
  values: readonly Rational[],
  { tau0, kind, m }: NonNullable<StatisticsRequest['allan']>,
  digits: number,
) {
  const step = fromDecimal(tau0);
  const phase = kind === 'phase' ? phaseOf(values, step) : phaseOfFrequency(values, step);
  if (phase.whole.length < 3)
    throw new RequestError('readings', 'has too few readings for an Allan deviation');
  const chosen = m ?? octaves(phase.whole.length);
  return chosen.map((factor, i) => {
    if (2 * factor >= phase.whole.length) {
      throw new RequestError(`allan.m.${i}`, `${factor} is too long for ${values.length} readings`);
    }
    const found = allanVariances(phase, factor);
    const root = (name: keyof AllanVariances): string | null => {
      const square = found[name];
      return square && rootText(square, digits);
    };
    return {
      m: factor,
      tau: valueText(multiply(step, count(factor)), digits),
      allanDeviation: root('allan'),
      overlappingAllanDeviation: root('overlapping'),
      modifiedAllanDeviation: root('modified'),
      timeDeviation: root('time'),
      hadamardDeviation: root('hadamard'),
      overlappingHadamardDeviation: root('overlappingHadamard'),
      totalDeviation: root('total'),
    };
  });
}

/** 1, 2, 4, ... up to a third of the record, where the estimate still has some weight. */
const octaves = (points: number): number[] =>
  Array.from({ length: 18 }, (_, i) => 2 ** i).filter((m) => m === 1 || 3 * m < points);
