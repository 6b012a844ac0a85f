import { Failure } from '../../contract/failure.ts';
import { divide, multiply, type Rational, rational } from '../rational.ts';
import type { Weighting } from './weights.ts';
import {
  isNegligible,
  type Wide,
  type WideArithmetic,
  wideArithmetic,
  wideToRational,
  wideZero,
} from './wide.ts';
import { type LinePoint, yorkStart } from './york-start.ts';

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

/**
 * The line with uncertainty in x and y: York's iteration in doubles for the start, then Newton's on the equations of
 * the minimum with `digits` digits and some to spare. Fails with FIT_IMPOSSIBLE where there is no such line.
 */
export function yorkLine(
  points: readonly LinePoint[],
  { digits, convention, weighting }: { digits: number; convention: Convention; weighting: Weighting },
): YorkLine {
  const bits = Math.ceil(digits * 3.33) + spareBits;
  const wide = wideArithmetic(bits * 2);
  const readings = points.map((point) => ({
    x: wide.from(point.x),
    y: wide.from(point.y),
    xx: wide.from(point.varianceX),
    yy: wide.from(point.varianceY),
    xy: wide.from(point.covariance),
  }));
  try {
    return result(points, solved(points, readings, bits, wide), { convention, weighting, wide, readings });
  } catch (error) {
    if (error instanceof RangeError) throw impossible();
    throw error;
  }
}

const impossible = (): Failure =>
  new Failure('FIT_IMPOSSIBLE', {
    detail: 'no line with these uncertainties was found: the readings lie at too few different points',
  });

interface WidePoint {
  x: Wide;
  y: Wide;
  xx: Wide;
  yy: Wide;
  xy: Wide;
}

/** At (a, b): half the gradient of chi-squared, its derivatives, and what the uncertainty is made of. */
interface Equations {
  first: Wide;
  second: Wide;
  aa: Wide;
  ab: Wide;
  bb: Wide;
}

function solved(
  points: readonly LinePoint[],
  readings: readonly WidePoint[],
  bits: number,
  wide: WideArithmetic,
): [Wide, Wide] {
  const start = yorkStart(points);
  if (start === null) throw impossible();
  let [a, b] = [wide.from(start.offset), wide.from(start.gain)];
  for (let step = 0; step < mostSteps; step += 1) {
    const { first, second, aa, ab, bb } = equations(readings, a, b, wide);
    const [p, q] = solve2(aa, ab, bb, first, second, wide);
    a = wide.subtract(a, p);
    b = wide.subtract(b, q);
    if (isNegligible(q, b, bits) && (isNegligible(p, a, bits) || step > 20)) {
      if (aa.mantissa <= 0n || determinant(aa, ab, bb, wide).mantissa <= 0n) throw impossible();
      return [a, b];
    }
  }
  throw impossible();
}

const determinant = (aa: Wide, ab: Wide, bb: Wide, { multiply: times, subtract }: WideArithmetic): Wide =>
  subtract(times(aa, bb), times(ab, ab));

function solve2(aa: Wide, ab: Wide, bb: Wide, first: Wide, second: Wide, wide: WideArithmetic): [Wide, Wide] {
  const under = determinant(aa, ab, bb, wide);
  const { multiply: times, subtract, divide: over } = wide;
  return [
    over(subtract(times(bb, first), times(ab, second)), under),
    over(subtract(times(aa, second), times(ab, first)), under),
  ];
}

/** What one reading has at (a, b): residual r, weight w, q = b u(x)^2 - cov. */
function local({ x, y, xx, yy, xy }: WidePoint, a: Wide, b: Wide, wide: WideArithmetic) {
  const { add, multiply: times, subtract } = wide;
  const q = subtract(times(b, xx), xy);
  const spread = add(subtract(yy, times(b, xy)), times(b, q));
  const w = wide.divide({ mantissa: 1n, exponent: 0 }, spread);
  const r = subtract(subtract(y, a), times(b, x));
  return { q, w, r, wr: times(w, r), wq: times(w, q) };
}

const negative = ({ mantissa, exponent }: Wide): Wide => ({ mantissa: -mantissa, exponent });
const double = ({ mantissa, exponent }: Wide): Wide => ({ mantissa, exponent: exponent + 1 });

/** Gradient of S/2 is -(sum w r, sum w r (x + w q r)). */
function equations(points: readonly WidePoint[], a: Wide, b: Wide, wide: WideArithmetic): Equations {
  const { add, multiply: times, subtract } = wide;
  let [first, second, aa, ab, bb] = [wideZero, wideZero, wideZero, wideZero, wideZero];
  for (const point of points) {
    const { q, w, r, wr, wq } = local(point, a, b, wide);
    const { x, xx } = point;
    const slope = double(times(wq, wr));
    first = subtract(first, wr);
    second = subtract(second, times(wr, add(x, times(wq, r))));
    aa = add(aa, w);
    ab = add(ab, times(w, x), slope);
    // d/db of w r x + w^2 q r^2, with dw/db = -2 w^2 q and dr/db = -x.
    const reading = add(times(w, x, x), double(times(slope, x)));
    const bend = subtract(double(double(times(wq, wr, wr, q))), times(wr, wr, xx));
    bb = add(bb, reading, bend);
  }
  return { first, second, aa, ab, bb };
}

interface Setting {
  convention: Convention;
  weighting: Weighting;
  wide: WideArithmetic;
  readings: readonly WidePoint[];
}

function result(points: readonly LinePoint[], [a, b]: [Wide, Wide], setting: Setting): YorkLine {
  const { wide, readings, convention, weighting } = setting;
  const locals = readings.map((point) => local(point, a, b, wide));
  const chiSquared = wideToRational(wide.add(...locals.map(({ wr, r }) => wide.multiply(wr, r))));
  const degreesOfFreedom = points.length - 2;
  const covariance =
    convention === 1 ? designCovariance(readings, a, b, wide) : implicitCovariance(readings, a, b, wide);
  const scale =
    weighting === 'relative' ? divide(chiSquared, rational(BigInt(degreesOfFreedom))) : rational(1n);
  return {
    parameters: [wideToRational(a), wideToRational(b)],
    covariance: covariance.map((row) => row.map((cell) => multiply(wideToRational(cell), scale))),
    chiSquared,
    degreesOfFreedom,
    residuals: locals.map(({ r }) => wideToRational(r)),
  };
}

/** ISO/TS 28037, 7.4: (X'WX)^-1 with the adjusted x = x + w q r. */
function designCovariance(points: readonly WidePoint[], a: Wide, b: Wide, wide: WideArithmetic): Wide[][] {
  const { add, multiply: times, divide: over } = wide;
  let [ww, wx, wxx] = [wideZero, wideZero, wideZero];
  for (const point of points) {
    const { w, r, wq } = local(point, a, b, wide);
    const adjusted = add(point.x, times(wq, r));
    ww = add(ww, w);
    wx = add(wx, times(w, adjusted));
    wxx = add(wxx, times(w, adjusted, adjusted));
  }
  const under = determinant(ww, wx, wxx, wide);
  const apart = over(negative(wx), under);
  return [
    [over(wxx, under), apart],
    [apart, over(ww, under)],
  ];
}

/** H^-1 J V J' H^-1, with the full second derivatives H and J the derivatives of the equations by the readings. */
function implicitCovariance(points: readonly WidePoint[], a: Wide, b: Wide, wide: WideArithmetic): Wide[][] {
  const { add, multiply: times, subtract } = wide;
  let [aa, ab, bb] = [wideZero, wideZero, wideZero];
  for (const point of points) {
    const { w, r, wr, wq } = local(point, a, b, wide);
    const { x, xx, yy, xy } = point;
    // By y: (w, w (x + 2 w q r)). By x: (-b w, w r - b w (x + 2 w q r)).
    const lever = times(w, add(x, double(times(wq, r))));
    const byY = [w, lever] as const;
    const byX = [negative(times(b, w)), subtract(wr, times(b, lever))] as const;
    const cell = (j: 0 | 1, k: 0 | 1): Wide =>
      add(
        times(byX[j], byX[k], xx),
        times(byY[j], byY[k], yy),
        times(add(times(byX[j], byY[k]), times(byY[j], byX[k])), xy),
      );
    aa = add(aa, cell(0, 0));
    ab = add(ab, cell(0, 1));
    bb = add(bb, cell(1, 1));
  }
  const h = equations(points, a, b, wide);
  const [p, q] = solve2(h.aa, h.ab, h.bb, aa, ab, wide);
  const [s, t] = solve2(h.aa, h.ab, h.bb, ab, bb, wide);
  const [top, side] = solve2(h.aa, h.ab, h.bb, p, s, wide);
  const [, bottom] = solve2(h.aa, h.ab, h.bb, q, t, wide);
  return [
    [top, side],
    [side, bottom],
  ];
}
