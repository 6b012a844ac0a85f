import {
  answerStatistics,
  type StatisticsAnswer,
  statisticsRequest,
} from '../../shared/metrology/metrology.ts';
import { requestCommand } from './request.ts';

const help = `Request, a JSON object (numbers as text or JSON numbers; every digit of either is kept):
  readings   ["1.01","1.02",...]  two or more, of one quantity, in the order they were taken
  groups     [["1.0","1.1"],["1.2","1.3"]]  readings of several groups: pooled scatter, one-way analysis of variance
             a group may be {"n":5,"mean":"10.0","standardDeviation":"0.2"} where the readings were not kept
  allan      {"tau0":"1","kind":"phase|frequency","m":[1,2,4]}  readings at steps of tau0; m without: octaves
  digits     significant digits of the answer, 1 to 100; 15 without
  One of readings and groups is needed.

Answer:
  n, mean, standardDeviation (n - 1), standardError (s/sqrt n),
  lag1Autocorrelation  r1 as NIST StRD defines it; null for readings that do not vary
  effectiveN           n (1 - r1)/(1 + r1), kept between 1 and n; standardErrorEffective is s over its root
  allan      per m: tau, allanDeviation, overlappingAllanDeviation, modifiedAllanDeviation, timeDeviation,
             hadamardDeviation, overlappingHadamardDeviation, totalDeviation; null where the record is too short
  groups (n, mean, standardDeviation), pooledStandardDeviation, pooledDegreesOfFreedom,
  anova      sums and mean squares between and within, degrees of freedom, f, p, criticalF, rSquared,
             residualStandardDeviation, betweenStandardDeviation, standardUncertaintyOfMean where groups differ
             and where they are alike (JCGM 100, H.5)
  All from exact fractions; roots correctly rounded; p is good for 11 digits.`;

export const statsCommand = requestCommand({
  name: 'stats',
  summary:
    'statistics of readings, exact: mean, scatter, autocorrelation, Allan family, analysis of variance',
  schema: statisticsRequest,
  help,
  example: `echo '{"readings": ["25.01", "25.03", "25.02"]}' | plumb stats - --json`,
  evaluate: answerStatistics,
  lines: (answer: StatisticsAnswer) => memberLines(answer),
});

/** `name: value`, what lies deeper named by its path: `allan.0.tau: 1`. */
function memberLines(holder: object, before = ''): string[] {
  return Object.entries(holder).flatMap(([name, value]: [string, object | string | number | null]) => {
    const path = `${before}${name}`;
    return typeof value === 'object' && value !== null
      ? memberLines(value, `${path}.`)
      : [`${path}: ${value === null ? '-' : String(value)}`];
  });
}
