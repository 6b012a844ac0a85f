import { chiSquared } from './chi-squared.ts';
import { incompleteBeta } from './incomplete-beta.ts';
import { checkDegrees, checkProbability, solveTails } from './quantile.ts';

/** I_x(d1/2, d2/2) with x/(1-x) = d1 F/d2, by u = ln F. */
const tails = (d1: number, d2: number) => (u: number) =>
  incompleteBeta(d1 / 2, d2 / 2, u + Math.log(d1 / d2));
const isInfinite = (nu: number): boolean => nu === Number.POSITIVE_INFINITY;

function area(side: 'lower' | 'upper', f: number, d1: number, d2: number): number {
  checkDegrees(d1, d2);
  const [below, above] = side === 'lower' ? [0, 1] : [1, 0];
  if (f <= 0) return below;
  if (isInfinite(d1) && isInfinite(d2)) return f < 1 ? below : above;
  // With infinitely many degrees one of the two variances is known: what is left is a chi-squared over its degrees.
  if (isInfinite(d2)) return chiSquared[side === 'lower' ? 'cumulative' : 'upperTail'](f * d1, d1);
  if (isInfinite(d1)) return chiSquared[side === 'lower' ? 'upperTail' : 'cumulative'](d2 / f, d2);
  return tails(d1, d2)(Math.log(f))[side];
}

function solve(lower: number, upper: number, d1: number, d2: number): number {
  checkProbability(lower);
  checkDegrees(d1, d2);
  if (isInfinite(d1) && isInfinite(d2)) return 1;
  const smaller = lower < upper ? 'quantile' : 'upperQuantile';
  const other = lower < upper ? 'upperQuantile' : 'quantile';
  if (isInfinite(d2)) return chiSquared[smaller](Math.min(lower, upper), d1) / d1;
  if (isInfinite(d1)) return d2 / chiSquared[other](Math.min(lower, upper), d2);
  return Math.exp(solveTails(tails(d1, d2), { lower, upper, start: 0 }));
}

/** Fisher's F of d1 over d2 degrees of freedom (above zero, whole or not, or infinite). Throws RangeError. */
export const fisherF = {
  cumulative: (f: number, d1: number, d2: number): number => area('lower', f, d1, d2),
  /** Area above f, keeping its digits where it is tiny. */
  upperTail: (f: number, d1: number, d2: number): number => area('upper', f, d1, d2),
  quantile: (p: number, d1: number, d2: number): number => solve(p, 1 - p, d1, d2),
  /** F above which the area is q. */
  upperQuantile: (q: number, d1: number, d2: number): number => solve(1 - q, q, d1, d2),
};
