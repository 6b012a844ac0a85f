import { type Wide, type WideArithmetic, wideZero } from './wide.ts';

/** A reading with its variances and the covariance of its x with its y. */
export interface WidePoint {
  x: Wide;
  y: Wide;
  xx: Wide;
  yy: Wide;
  xy: Wide;
}

/** At (a, b): half the gradient of chi-squared, and half of its second derivatives. */
export interface Equations {
  first: Wide;
  second: Wide;
  aa: Wide;
  ab: Wide;
  bb: Wide;
}

export const determinant = (
  aa: Wide,
  ab: Wide,
  bb: Wide,
  { multiply: times, subtract }: WideArithmetic,
): Wide => subtract(times(aa, bb), times(ab, ab));

/** (aa ab; ab bb)^-1 (first; second). Throws RangeError where the matrix is singular. */
export function solve2(
  aa: Wide,
  ab: Wide,
  bb: Wide,
  first: Wide,
  second: Wide,
  wide: WideArithmetic,
): [Wide, Wide] {
  const under = determinant(aa, ab, bb, wide);
  const { multiply: times, subtract, divide: over } = wide;
  return [
    over(subtract(times(bb, first), times(ab, second)), under),
    over(subtract(times(aa, second), times(ab, first)), under),
  ];
}

/** What one reading has at (a, b): residual r, weight w, q = b u(x)^2 - cov. */
export function local({ x, y, xx, yy, xy }: WidePoint, a: Wide, b: Wide, wide: WideArithmetic) {
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
export function equations(points: readonly WidePoint[], a: Wide, b: Wide, wide: WideArithmetic): Equations {
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

/** ISO/TS 28037, 7.4: (X'WX)^-1 with the adjusted x = x + w q r. */
export function designCovariance(
  points: readonly WidePoint[],
  a: Wide,
  b: Wide,
  wide: WideArithmetic,
): Wide[][] {
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
export function implicitCovariance(
  points: readonly WidePoint[],
  a: Wide,
  b: Wide,
  wide: WideArithmetic,
): Wide[][] {
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
