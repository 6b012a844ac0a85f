import { add, divide, isAtMost, multiply, type Rational, rational, subtract, zero } from '../rational.ts';
import { chiSquared } from '../statistics/chi-squared.ts';
import { fisherF } from '../statistics/fisher-f.ts';
import type { WholeColumn } from '../whole-column.ts';
import type { LinearFit, Observations } from './linear.ts';
import { floatText, fromNumber, toNumber, valueText } from './text.ts';

/** A ratio of variances, beside Fisher's F. */
export interface VarianceRatio {
  /** Null where the variance below is zero: the ratio has no bound. */
  statistic: string | null;
  numeratorDegreesOfFreedom: number;
  denominatorDegreesOfFreedom: number;
  /** Chance of a ratio as large where there is nothing to find. */
  p: string;
}

/** (over / d1) / (under / d2) of two sums of squares; null where a degree of freedom is missing or both are zero. */
export function varianceRatio(
  over: Rational,
  d1: number,
  under: Rational,
  d2: number,
  digits: number,
): VarianceRatio | null {
  if (d1 < 1 || d2 < 1 || (over.over === 0n && under.over === 0n)) return null;
  const degrees = { numeratorDegreesOfFreedom: d1, denominatorDegreesOfFreedom: d2 };
  if (under.over === 0n) return { statistic: null, ...degrees, p: '0' };
  const ratio = multiply(divide(over, under), rational(BigInt(d2), BigInt(d1)));
  return {
    statistic: valueText(ratio, digits),
    ...degrees,
    p: floatText(fisherF.upperTail(toNumber(ratio), d1, d2)),
  };
}

/** Do the terms besides the constant explain anything? Null without such terms or without scatter. */
export function regressionF({ exact, model }: LinearFit, digits: number): VarianceRatio | null {
  const terms = model.names.length - (model.constant ? 1 : 0);
  const explained = subtract(exact.totalSumOfSquares, exact.residualSumOfSquares);
  return varianceRatio(explained, terms, exact.residualSumOfSquares, exact.degreesOfFreedom, digits);
}

export interface ChiSquaredTest {
  observed: string;
  degreesOfFreedom: number;
  /** Not exceeded by 95 of 100 fits whose uncertainties are as stated. */
  quantile95: string;
  /** Are model and stated uncertainties consistent with the readings (ISO/TS 28037, 6.3)? */
  consistent: boolean;
}

/** Of stated uncertainties only; null without a degree of freedom. */
export function chiSquaredTest(observed: Rational, degrees: number, digits: number): ChiSquaredTest | null {
  if (degrees < 1) return null;
  const limit = chiSquared.quantile(0.95, degrees);
  return {
    observed: valueText(observed, digits),
    degreesOfFreedom: degrees,
    quantile95: floatText(limit),
    consistent: isAtMost(observed, fromNumber(limit)),
  };
}

export interface LackOfFit extends VarianceRatio {
  /** Weighted sums of squares: of repeats about their mean, and of the means about the model. */
  pureErrorSumOfSquares: string;
  lackOfFitSumOfSquares: string;
}

/**
 * Are the means of repeated readings further from the model than their scatter explains? Null where no x repeats, or
 * where there are no more different x than coefficients.
 */
export function lackOfFit({ exact, model, observations }: LinearFit, digits: number): LackOfFit | null {
  if (observations.correlated) return null;
  const { pureError, places } = pureErrorOf(observations);
  const readings = observations.y.whole.length;
  const lack = subtract(exact.residualSumOfSquares, pureError);
  const ratio = varianceRatio(lack, places - model.names.length, pureError, readings - places, digits);
  return (
    ratio && {
      ...ratio,
      pureErrorSumOfSquares: valueText(pureError, digits),
      lackOfFitSumOfSquares: valueText(lack, digits),
    }
  );
}

/** Weighted squares of readings about the mean of those at the same x; and how many different x there are. */
function pureErrorOf({ x, y, weight }: Observations): { pureError: Rational; places: number } {
  const groups = new Map<string, number[]>();
  for (const at of y.whole.keys()) {
    const key = x.map((column) => String(column.whole[at])).join(' ');
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  }
  const repeated = [...groups.values()].filter((group) => group.length > 1);
  const squares = repeated.map((group) => scatter(group, y.whole, weight));
  const scale = y.scale ** 2n * (weight?.scale ?? 1n);
  const pureError = squares.reduce(add, zero);
  return { pureError: divide(pureError, rational(scale)), places: groups.size };
}

/** sum w y^2 - (sum w y)^2 / sum w. */
function scatter(group: readonly number[], y: readonly bigint[], weight: WholeColumn | null): Rational {
  let [all, first, second] = [0n, 0n, 0n];
  for (const at of group) {
    const w = weight?.whole[at] ?? 1n;
    const value = y[at] ?? 0n;
    all += w;
    first += w * value;
    second += w * value * value;
  }
  return rational(second * all - first * first, all);
}
