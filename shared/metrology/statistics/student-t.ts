import { incompleteBeta } from './incomplete-beta.ts';
import type { Tails } from './incomplete-gamma.ts';
import { normal, type Symmetric, symmetric } from './normal.ts';
import { checkDegrees } from './quantile.ts';
import { stirlingError } from './stirling.ts';

/** The area within and beyond +-e^u: I_y(1/2, nu/2) with y/(1-y) = t^2/nu. */
function twoSided(nu: number, u: number): Tails {
  const { lower, upper, slope } = incompleteBeta(0.5, nu / 2, 2 * u - Math.log(nu));
  return { lower, upper, slope: 2 * slope };
}

/** Gamma((nu+1)/2) / (sqrt(pi nu) Gamma(nu/2)). */
function densityAtZero(nu: number): number {
  const half = nu / 2;
  const errors = stirlingError(half + 0.5) - stirlingError(half) - stirlingError(0.5);
  const power = half * Math.log1p(0.5 / half) + 0.5 * Math.log((half + 0.5) / 0.5);
  return (Math.exp(errors + power) * Math.sqrt((0.5 * half) / (2 * Math.PI * (half + 0.5)))) / Math.sqrt(nu);
}

/** Beyond this the distribution is the normal one to the last bit that matters (1/nu below 1e-15). */
const practicallyNormal = 1e16;

/** Student's t of nu degrees of freedom (above zero, whole or not, or infinite). Throws RangeError. */
export function studentTOf(nu: number): Symmetric {
  checkDegrees(nu);
  return nu > practicallyNormal ? normal : symmetric((u) => twoSided(nu, u), densityAtZero(nu));
}

/** Student's t distribution; the last argument is the degrees of freedom. */
export const studentT = {
  density: (x: number, nu: number): number => studentTOf(nu).density(x),
  cumulative: (x: number, nu: number): number => studentTOf(nu).cumulative(x),
  upperTail: (x: number, nu: number): number => studentTOf(nu).upperTail(x),
  quantile: (p: number, nu: number): number => studentTOf(nu).quantile(p),
  /** t such that the area within +-t is p: Table G.2 of JCGM 100. */
  coverageFactor: (p: number, nu: number): number => studentTOf(nu).coverageFactor(p),
};
