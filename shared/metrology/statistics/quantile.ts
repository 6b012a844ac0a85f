import type { Tails } from './incomplete-gamma.ts';

/**
 * The u at which the lower tail, as a function of u = ln x, is `lower` and the upper one `upper`. Newton's iteration
 * on the logarithm of the smaller tail, kept inside a bracket that always holds the root.
 */
export function solveTails(
  tails: (u: number) => Tails,
  { lower, upper, start }: { lower: number; upper: number; start: number },
): number {
  if (lower === 0) return Number.NEGATIVE_INFINITY;
  if (upper === 0) return Number.POSITIVE_INFINITY;
  const byLower = lower <= upper;
  const target = Math.log(byLower ? lower : upper);
  let [low, high] = [-1e4, 1e4];
  let u = start;
  for (let step = 0; step < 400; step += 1) {
    const at = tails(u);
    const tail = byLower ? at.lower : at.upper;
    const excess = (Math.log(tail) - target) * (byLower ? 1 : -1);
    if (excess === 0) return u;
    if (excess < 0) low = u;
    else high = u;
    const newton = u - (excess * tail) / at.slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    // ln x is settled to its last bits.
    if (Math.abs(next - u) <= 3e-16 * Math.max(1, Math.abs(u))) return next;
    u = next;
  }
  return u;
}

/** Refuses what is no probability. */
export function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not ${p}`);
}

/** Refuses what are no degrees of freedom; infinitely many are fine. */
export function checkDegrees(...degrees: readonly number[]): void {
  for (const nu of degrees) {
    if (!(nu > 0)) throw new RangeError(`degrees of freedom must be above zero, not ${nu}`);
  }
}
