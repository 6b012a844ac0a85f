import { incompleteGamma, type Tails } from './incomplete-gamma.ts';
import { checkProbability, solveTails } from './quantile.ts';

/** The area within and beyond +-e^u. */
function twoSided(u: number): Tails {
  const { lower, upper, slope } = incompleteGamma(0.5, 2 * u - Math.LN2);
  return { lower, upper, slope: 2 * slope };
}

/** Where a distribution is symmetric about zero, all follows from the area within and beyond +-x. */
export interface Symmetric {
  /** Density at x. */
  density(x: number): number;
  /** Area below x. */
  cumulative(x: number): number;
  /** Area above x, keeping its digits where it is tiny. */
  upperTail(x: number): number;
  /** x below which the area is p. */
  quantile(p: number): number;
  /** k such that the area within +-k is p: a coverage factor (JCGM 100, G.1.3). */
  coverageFactor(p: number): number;
  /** k such that the area beyond +-k is q. */
  factorBeyond(q: number): number;
}

export function symmetric(tails: (u: number) => Tails, densityAtZero: number): Symmetric {
  const at = (x: number): Tails => tails(Math.log(Math.abs(x)));
  const upperTail = (x: number): number => {
    if (Number.isNaN(x)) return x;
    if (x === 0) return 0.5;
    const { lower, upper } = at(x);
    return x > 0 ? upper / 2 : (1 + lower) / 2;
  };
  const solve = (lower: number, upper: number): number => {
    const beyond = Math.min(lower, upper);
    const start = upper < 0.2 ? Math.log(-2 * Math.log(upper / 2)) / 2 : Math.log(lower);
    return Math.exp(solveTails(tails, { lower, upper, start: beyond === 0 ? 0 : start }));
  };
  return {
    density: (x) => (x === 0 ? densityAtZero : at(x).slope / (2 * Math.abs(x))),
    upperTail,
    cumulative: (x) => upperTail(-x),
    quantile: (p) => {
      checkProbability(p);
      // 1 - p and p - 1/2 are exact where they are used: nothing of p is rounded away.
      const tail = Math.min(p, 1 - p);
      const k = solve(tail < 0.25 ? 1 - 2 * tail : 2 * Math.abs(p - 0.5), 2 * tail);
      return p < 0.5 ? -k : k;
    },
    coverageFactor: (p) => {
      checkProbability(p);
      return solve(p, 1 - p);
    },
    factorBeyond: (q) => {
      checkProbability(q);
      return solve(1 - q, q);
    },
  };
}

/** The standard normal distribution. */
export const normal: Symmetric = symmetric(twoSided, 1 / Math.sqrt(2 * Math.PI));
