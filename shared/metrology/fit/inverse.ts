import { Failure } from '../../contract/failure.ts';
import {
  add,
  compare,
  divide,
  fromDecimal,
  isAtMost,
  multiply,
  type Rational,
  rational,
  square,
  subtract,
  zero,
} from '../rational.ts';
import { RequestError } from '../request.ts';
import { squareRootText } from '../square-root.ts';
import { unreduced } from '../whole-column.ts';
import { type Curve, coverageFactor, curveVariance } from './curve.ts';
import {
  countRoots,
  derivativeOf,
  type Polynomial,
  polynomialValue,
  rootBetween,
  shortened,
} from './roots.ts';
import { fromNumber, fromPlain, rootText, valueText } from './text.ts';

export interface InverseAnswer {
  y: string;
  uy: string;
  x: string;
  /** sqrt(x0' Cov x0 + u(y)^2) / |f'(x0)|; null where nothing is left to judge the fit by. */
  standardUncertainty: string | null;
  /**
   * Fieller's interval at the asked probability, for a line whose gain is known to less than a tenth: the interval of
   * the standard uncertainty would be too short. `unbounded` where the gain may be zero. Null where it is not needed.
   */
  fieller: { lower: string; upper: string } | 'unbounded' | null;
  extrapolated: boolean;
}

export interface InverseOptions {
  digits: number;
  probability: number;
  /** Least and largest x of the readings. */
  range: readonly [Rational, Rational];
  /** The member of the request, such as `inverse.0`. */
  path: string;
}

/**
 * The x at which the curve gives y. Fails with FIT_IMPOSSIBLE where the curve is flat or turns within the range of
 * the readings: then y does not tell x. RequestError where a bent curve would have to be extrapolated.
 */
export function inverse(
  curve: Curve,
  y: { y: string; uy: string },
  { digits, probability, range, path }: InverseOptions,
): InverseAnswer {
  const powers = curve.model.powers(curve.coefficients);
  if (powers === null) throw new RequestError(path, 'needs a model with one regressor');
  const value = fromDecimal(y.y);
  const straight = powers.slice(2).every(({ over }) => over === 0n);
  const [x, slope] = straight
    ? onLine(powers, value)
    : onCurve(powers, value, { digits, probability, range, path });
  const own = curveVariance(curve, [x]);
  const variance = own && divide(add(own, square(fromDecimal(y.uy))), square(slope));
  return {
    ...y,
    x: valueText(x, digits),
    standardUncertainty: variance && rootText(variance, digits),
    fieller: straight ? fieller(curve, value, fromDecimal(y.uy), probability) : null,
    extrapolated: !(isAtMost(range[0], x) && isAtMost(x, range[1])),
  };
}

function onLine(powers: Polynomial, y: Rational): [x: Rational, slope: Rational] {
  const [offset = zero, gain = zero] = powers;
  if (gain.over === 0n) throw turning('the line is flat');
  return [divide(subtract(y, offset), gain), gain];
}

const turning = (detail: string): Failure =>
  new Failure('FIT_IMPOSSIBLE', { detail: `${detail}, so that a reading does not tell its x` });

function onCurve(
  powers: Polynomial,
  y: Rational,
  { digits, range, path }: InverseOptions,
): [x: Rational, slope: Rational] {
  const [low, high] = range;
  const kept = digits + 25;
  const short = powers.map((each) => shortened(each, kept));
  const slope = derivativeOf(short);
  if (polynomialValue(slope, low).over === 0n || countRoots(slope, low, high) > 0) {
    throw turning('the slope of the curve changes sign within the range of the readings');
  }
  const [constant = zero, ...others] = short;
  const shifted = [subtract(constant, y), ...others];
  const signs = [low, high].map((end) => compare(polynomialValue(shifted, end), zero));
  if (signs[0] === 0) return [low, polynomialValue(slope, low)];
  if (signs[1] === 0) return [high, polynomialValue(slope, high)];
  if (signs[0] === signs[1]) {
    throw new RequestError(
      `${path}.y`,
      'lies outside of what the curve gives within the range of the readings',
    );
  }
  const x = rootBetween(shifted, low, high, digits);
  return [x, polynomialValue(slope, x)];
}

/** E. C. Fieller, J. R. Stat. Soc. B 16 (1954) 175: (y - a - b x)^2 <= k^2 (u(y)^2 + (1, x) Cov (1, x)'). */
function fieller(
  { model, coefficients, covariance, degreesOfFreedom }: Curve,
  y: Rational,
  uy: Rational,
  probability: number,
): InverseAnswer['fieller'] {
  if (covariance === null) return null;
  // Of a constant and a gain; a coefficient that the model has not is known.
  const at = [model.names.indexOf('b0'), model.names.indexOf('b1')] as const;
  const cell = (j: 0 | 1, k: 0 | 1): Rational =>
    unreduced(covariance.whole[at[j]]?.[at[k]] ?? 0n, covariance.scale);
  const [a = zero, b = zero] = model.powers(coefficients) ?? [];
  const gainVariance = cell(1, 1);
  if (isAtMost(multiply(rational(100n), gainVariance), square(b))) return null;
  const k2 = square(fromNumber(coverageFactor(probability, degreesOfFreedom)));
  const height = subtract(y, a);
  const bend = subtract(square(b), multiply(k2, gainVariance));
  if (bend.over <= 0n) return 'unbounded';
  const middle = add(multiply(b, height), multiply(k2, cell(0, 1)));
  const end = subtract(square(height), multiply(k2, add(square(uy), cell(0, 0))));
  const root = fromPlain(squareRootText(subtract(square(middle), multiply(bend, end)), 25));
  const text = (over: Rational): string => valueText(divide(over, bend), 10);
  return { lower: text(subtract(middle, root)), upper: text(add(middle, root)) };
}
