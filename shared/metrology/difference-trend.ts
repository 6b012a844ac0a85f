import { decimalPlaces } from '../units/units.ts';
import { absolute, fromDecimal, isAtMost, multiply, type Rational, rational, subtract } from './rational.ts';
import { squareRootToPlaces } from './square-root.ts';
import { effectiveCount } from './statistics/effective-count.ts';
import { studentT } from './statistics/statistics.ts';
import { lagOneAutocorrelation, slope } from './statistics.ts';
import { dot, sum, wholeColumn } from './whole-column.ts';

/** What the differences unit - reference do over the window. */
export interface DifferenceTrend {
  /** |slope| / its standard uncertainty, rounded up; null where there is none: too few, or a line without scatter. */
  t: string | null;
  /** t_95(n - 2): what |t| may be, by JCGM 100, table G.2 (two-sided); null for fewer than three readings. */
  limit: string | null;
  /** No slope that is significant at 95 %. */
  level: boolean;
  /** At lag one; null where all differences are the same. */
  autocorrelation: Rational | null;
  /** n (1 - r)/(1 + r), from 1 to n; n where all differences are the same. */
  effectiveReadings: Rational;
}

/** Of t and its limit. */
const places = 3;

/** `at` in ms, `reference` and `unit` as decimal text, oldest first. Exact up to the limit, which has three places. */
export function differenceTrend(
  readings: readonly { at: number; reference: string; unit: string }[],
): DifferenceTrend {
  const times = readings.map(({ at }) => at);
  const differences = readings.map(({ reference, unit }) =>
    subtract(fromDecimal(unit), fromDecimal(reference)),
  );
  const limit = readings.length < 3 ? null : limitFor(readings.length);
  const significance = limit === null ? null : squaredT(times, differences);
  const t = significance && squareRootToPlaces(significance, places, 'up');
  return {
    t,
    limit,
    level:
      limit !== null &&
      ((t !== null && isAtMost(fromDecimal(t), fromDecimal(limit))) ||
        isBelowStep(times, differences, coarserStep(readings))),
    autocorrelation: lagOneAutocorrelation(differences),
    effectiveReadings: effectiveCount(differences) ?? rational(BigInt(readings.length)),
  };
}

const limits = new Map<number, string>();
function limitFor(count: number): string {
  const known = limits.get(count) ?? studentT.coverageFactor(0.95, count - 2).toFixed(places);
  limits.set(count, known);
  return known;
}

/** (b / s_b)^2 = (n - 2) r^2 / (1 - r^2), r the correlation with time; zero for differences that are all the same. */
function squaredT(times: readonly number[], values: readonly Rational[]): Rational | null {
  const time = deviations(times.map((t) => rational(BigInt(t))));
  const value = deviations(values);
  const [tt, tv, vv] = [dot(time, time), dot(time, value), dot(value, value)];
  if (tt === 0n) return null;
  if (vv === 0n) return rational(0n);
  const unexplained = tt * vv - tv * tv;
  return unexplained === 0n ? null : rational(BigInt(values.length - 2) * tv * tv, unexplained);
}

/** In units of their own; only ratios are used. */
function deviations(values: readonly Rational[]): bigint[] {
  const { whole } = wholeColumn(values);
  const total = sum(whole);
  return whole.map((value) => value * BigInt(whole.length) - total);
}

/**
 * A difference that moves by no more than the last digit of the coarser reading over the whole window: among readings
 * that stand still but for their last digit, the scatter says nothing of what a slope may be by chance.
 */
function isBelowStep(times: readonly number[], values: readonly Rational[], step: Rational): boolean {
  const rate = slope(times, values);
  const span = rational(BigInt(Math.max(...times) - Math.min(...times)));
  return rate !== null && isAtMost(multiply(absolute(rate), span), step);
}

function coarserStep(readings: readonly { reference: string; unit: string }[]): Rational {
  const finest = (texts: string[]): number => Math.max(...texts.map(decimalPlaces));
  const shown = Math.min(
    finest(readings.map(({ reference }) => reference)),
    finest(readings.map(({ unit }) => unit)),
  );
  return rational(1n, 10n ** BigInt(shown));
}
