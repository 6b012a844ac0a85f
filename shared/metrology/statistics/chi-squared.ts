import { incompleteGamma } from './incomplete-gamma.ts';
import { normal } from './normal.ts';
import { checkDegrees, checkProbability, solveTails } from './quantile.ts';

const tails = (nu: number) => (u: number) => incompleteGamma(nu / 2, u - Math.LN2);

/** A start by Wilson and Hilferty, or by the power law near zero where that has none. */
function start(p: number, nu: number): number {
  const root = 1 - 2 / (9 * nu) + normal.quantile(p) * Math.sqrt(2 / (9 * nu));
  return root > 0.1 ? Math.log(nu) + 3 * Math.log(root) : (Math.log(p) * 2) / nu + Math.log(nu);
}

function solve(lower: number, upper: number, nu: number): number {
  checkProbability(lower);
  checkDegrees(nu);
  const from = lower > 0 && upper > 0 ? start(lower, nu) : 0;
  const begin = Number.isFinite(from) ? from : Math.log(nu);
  return Math.exp(solveTails(tails(nu), { lower, upper, start: begin }));
}

/** The chi-squared distribution of nu degrees of freedom (above zero, whole or not). Throws RangeError. */
export const chiSquared = {
  cumulative: (x: number, nu: number): number => {
    checkDegrees(nu);
    return x <= 0 ? 0 : tails(nu)(Math.log(x)).lower;
  },
  /** Area above x, keeping its digits where it is tiny. */
  upperTail: (x: number, nu: number): number => {
    checkDegrees(nu);
    return x <= 0 ? 1 : tails(nu)(Math.log(x)).upper;
  },
  quantile: (p: number, nu: number): number => solve(p, 1 - p, nu),
  /** x above which the area is q. */
  upperQuantile: (q: number, nu: number): number => solve(1 - q, q, nu),
};
