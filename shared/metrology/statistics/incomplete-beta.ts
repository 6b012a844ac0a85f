import type { Tails } from './incomplete-gamma.ts';
import { deviance, stirlingError } from './stirling.ts';

/** Stands for zero in Lentz' method. */
const tiny = 1e-300;
const mostTerms = 1_000_000;
/** Two units in the last place: a fraction may go on flickering between neighbours. */
const settled = 4.5e-16;

/**
 * I_x(a, b) and 1 - I_x(a, b) for a, b > 0 and x = odds / (1 + odds), odds = e^logOdds, with the slope by ln odds.
 * The odds are taken as a logarithm so that neither x nor 1 - x is ever rounded away.
 */
export function incompleteBeta(a: number, b: number, logOdds: number): Tails {
  const n = a + b;
  const logX = -Math.log1p(Math.exp(-logOdds));
  const logY = -Math.log1p(Math.exp(logOdds));
  const [x, y] = [Math.exp(logX), Math.exp(logY)];
  // a - n x = n y - b: from the smaller of x and y, so that no digits of it cancel.
  const excess = x < y ? a - n * x : n * y - b;
  const deviation =
    deviance(a, n * x, excess, Math.log(a / n) - finite(logX, logOdds)) +
    deviance(b, n * y, -excess, Math.log(b / n) - finite(logY, -logOdds));
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  // x^a y^b / B(a, b)
  const slope = Math.exp(errors - deviation) * Math.sqrt((a * b) / (2 * Math.PI * n));
  if (x < (a + 1) / (n + 2)) {
    const lower = slope * fraction(a, b, excess, x, y);
    return { lower, upper: 1 - lower, slope };
  }
  const upper = slope * fraction(b, a, -excess, y, x);
  return { lower: 1 - upper, upper, slope };
}

/** Beyond the range of e^x the logarithm of x/(1+x) is that of x. */
const finite = (log: number, logOdds: number): number => (Number.isFinite(log) ? log : logOdds);

/**
 * The even part of the continued fraction, in the form of Didonato and Morris (ACM TOMS 708, BFRAC): it takes 1 - x
 * as well, so that millions of degrees of freedom, where x is nearly 1, cost no digits.
 */
function fraction(a: number, b: number, excess: number, x: number, y: number): number {
  let c = 1 / tiny;
  let d = (a + 1) / (a * (excess + 1));
  let result = d;
  for (let n = 1; n < mostTerms; n += 1) {
    const step = a + 2 * n;
    const over = ((a + n - 1) / (step - 1)) * ((a + b + n - 1) / (step - 1)) * n * (b - n) * x * x;
    const part = n + (n * (b - n) * x) / (step - 1) + ((a + n) / (step + 1)) * (excess + 1 + n * (1 + y));
    d = 1 / (part + over * d || tiny);
    c = part + over / c || tiny;
    result *= c * d;
    if (Math.abs(c * d - 1) < settled) return result;
  }
  throw new RangeError(`too many degrees of freedom: ${2 * a} and ${2 * b}`);
}
