import { deviance, stirlingError } from './stirling.ts';

/** Both regularised tails, whichever is smaller keeping its relative accuracy, and the slope by ln x. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
  readonly slope: number;
}

const mostTerms = 5_000_000;
/** Two units in the last place: a fraction may go on flickering between neighbours. */
const settled = 4.5e-16;

/** P(a, x) and Q(a, x) for a > 0 and x = e^logX, with dP/d(ln x) (Abramowitz & Stegun 6.5). */
export function incompleteGamma(a: number, logX: number): Tails {
  const x = Math.exp(logX);
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0, slope: 0 };
  const deviation = deviance(a, x, a - x, Math.log(a) - logX);
  // x^a e^-x / Gamma(a)
  const slope = Math.exp(-stirlingError(a) - deviation) * Math.sqrt(a / (2 * Math.PI));
  if (x < a + 1) {
    const lower = (slope * series(a, x)) / a;
    return { lower, upper: 1 - lower, slope };
  }
  const upper = slope * fraction(a, x);
  return { lower: 1 - upper, upper, slope };
}

/** 1 + x/(a+1) + x^2/((a+1)(a+2)) + ... */
function series(a: number, x: number): number {
  let total = 1;
  let term = 1;
  for (let n = 1; n < mostTerms; n += 1) {
    term *= x / (a + n);
    total += term;
    if (term < total * 1e-17) return total;
  }
  throw new RangeError(`too many degrees of freedom: ${2 * a}`);
}

/** Legendre's continued fraction by Lentz' method. */
function fraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let result = d;
  for (let n = 1; n < mostTerms; n += 1) {
    const over = -n * (n - a);
    b += 2;
    d = 1 / (over * d + b || tiny);
    c = b + over / c || tiny;
    result *= d * c;
    if (Math.abs(d * c - 1) < settled) return result;
  }
  throw new RangeError(`too many degrees of freedom: ${2 * a}`);
}
