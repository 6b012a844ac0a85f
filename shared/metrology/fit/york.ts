import { Failure } from '../../contract/failure.ts';
import {
  absolute,
  decimalExponent,
  divide,
  larger,
  multiply,
  type Rational,
  rational,
  subtract,
  zero,
} from '../rational.ts';
import { toNumber } from './text.ts';
import type { Weighting } from './weights.ts';
import {
  isNegligible,
  type Wide,
  type WideArithmetic,
  wideArithmetic,
  wideToRational,
  wideZero,
} from './wide.ts';
import {
  designCovariance,
  determinant,
  equations,
  implicitCovariance,
  local,
  solve2,
  type WidePoint,
} from './york-equations.ts';
import { type LinePoint, type StartLine, yorkStart } from './york-start.ts';

/**
 * Two covariances of the line are in use, and they differ by the residuals' part (Pearson-York: u(a) 0.295 and 0.292).
 * 1: ISO/TS 28037:2010, clauses 7 and 8: from the design at the adjusted points.
 * 2: law of propagation through the implicit equations of the minimum (as GTC and Kalantar have it).
 */
export type Convention = 1 | 2;

export interface YorkLine {
  /** Offset and gain. */
  parameters: [Rational, Rational];
  covariance: Rational[][];
  /** Observed chi-squared: the sum of (y - a - b x)^2 / (u(y)^2 - 2 b cov + b^2 u(x)^2). */
  chiSquared: Rational;
  degreesOfFreedom: number;
  /** y - a - b x. */
  residuals: Rational[];
}

const spareBits = 96;
const mostSteps = 60;
/** Newton's steps after which a coefficient counts as zero where it is, beside the readings. */
const patience = 12;

/**
 * The line with uncertainty in x and y (the minimum that York's iteration seeks, Am. J. Phys. 72 (2004) 367): the best
 * direction in doubles for the start, then Newton's steps on the equations of the minimum with `digits` digits and some to spare. Fails with FIT_IMPOSSIBLE where there is no such line.
 */
export function yorkLine(
  points: readonly LinePoint[],
  { digits, convention, weighting }: { digits: number; convention: Convention; weighting: Weighting },
): YorkLine {
  const bits = Math.ceil(digits * 3.33) + spareBits;
  const wide = wideArithmetic(2 * (bits + cancelledBits(points)));
  const readings = points.map((point) => ({
    x: wide.from(point.x),
    y: wide.from(point.y),
    xx: wide.from(point.varianceX),
    yy: wide.from(point.varianceY),
    xy: wide.from(point.covariance),
  }));
  const largestY = wide.from(points.map(({ y }) => absolute(y)).reduce(larger, zero));
  try {
    const start = yorkStart(points);
    if (start === null) throw impossible();
    const line = solved(points, readings, start, { bits, largestY, wide });
    const found = result(line, { convention, weighting, wide, readings, bits, largestY });
    // Newton's steps may lead out of the least minimum into another one.
    if (toNumber(found.chiSquared) > start.chiSquared * (1 + 1e-6) + 1e-9) throw impossible();
    return found;
  } catch (error) {
    if (error instanceof RangeError) throw impossible();
    throw error;
  }
}

const impossible = (): Failure =>
  new Failure('FIT_IMPOSSIBLE', {
    detail:
      'no line with these uncertainties was found: the readings lie at too few different points, or in no direction',
  });

/** What the sums of the equations lose: where points far from zero lie close together, or weights are far apart. */
function cancelledBits(points: readonly LinePoint[]): number {
  const tens = (values: readonly Rational[]): number[] =>
    values.filter(({ over }) => over !== 0n).map(decimalExponent);
  const spread = (exponents: readonly number[]): number =>
    exponents.length === 0 ? 0 : Math.max(...exponents) - Math.min(...exponents);
  const apart = (values: readonly Rational[]): number => {
    const [first = zero] = values;
    const steps = tens(values.map((value) => subtract(value, first)));
    return spread([...tens(values), ...steps]);
  };
  const lost =
    spread(tens(points.map(({ varianceX }) => varianceX))) +
    spread(tens(points.map(({ varianceY }) => varianceY))) +
    2 * (apart(points.map(({ x }) => x)) + apart(points.map(({ y }) => y)));
  return Math.ceil(3.33 * lost);
}

interface Precision {
  bits: number;
  /** The largest |y|. */
  largestY: Wide;
  wide: WideArithmetic;
}

function solved(
  points: readonly LinePoint[],
  readings: readonly WidePoint[],
  start: StartLine,
  { bits, largestY, wide }: Precision,
): [Wide, Wide] {
  const largestX = wide.from(points.map(({ x }) => absolute(x)).reduce(larger, zero));
  let [a, b] = [wide.from(start.offset), wide.from(start.gain)];
  for (let step = 0; step < mostSteps; step += 1) {
    const { first, second, aa, ab, bb } = equations(readings, a, b, wide);
    const [p, q] = solve2(aa, ab, bb, first, second, wide);
    a = wide.subtract(a, p);
    b = wide.subtract(b, q);
    const still = (change: Wide, value: Wide, beside: Wide): boolean =>
      isNegligible(change, value, bits) || (step >= patience && isNegligible(beside, largestY, bits));
    if (still(p, a, p) && still(q, b, wide.multiply(q, largestX))) {
      if (aa.mantissa <= 0n || determinant(aa, ab, bb, wide).mantissa <= 0n) throw impossible();
      const flat = isNegligible(wide.multiply(b, largestX), largestY, bits);
      return [isNegligible(a, largestY, bits) ? wideZero : a, flat ? wideZero : b];
    }
  }
  throw impossible();
}

interface Setting extends Precision {
  convention: Convention;
  weighting: Weighting;
  readings: readonly WidePoint[];
}

function result([a, b]: [Wide, Wide], setting: Setting): YorkLine {
  const { wide, readings, convention, weighting, bits, largestY } = setting;
  const locals = readings.map((point) => local(point, a, b, wide));
  // What is left of a reading on the line is the rounding of the last bits.
  const residuals = locals.map(({ r }) => (isNegligible(r, largestY, bits) ? wideZero : r));
  const chiSquared = wideToRational(
    wide.add(
      ...locals.map(({ w }, at) => wide.multiply(w, residuals[at] ?? wideZero, residuals[at] ?? wideZero)),
    ),
  );
  const degreesOfFreedom = readings.length - 2;
  const covariance =
    convention === 1 ? designCovariance(readings, a, b, wide) : implicitCovariance(readings, a, b, wide);
  const scale =
    weighting === 'relative' ? divide(chiSquared, rational(BigInt(degreesOfFreedom))) : rational(1n);
  return {
    parameters: [wideToRational(a), wideToRational(b)],
    covariance: covariance.map((row) => row.map((cell) => multiply(wideToRational(cell), scale))),
    chiSquared,
    degreesOfFreedom,
    residuals: residuals.map(wideToRational),
  };
}
