import { compareReal, doubled, magnitude, minus, nought, over, plus, type Real } from './real/real.ts';

const settledBits = 200;
const mostSteps = 400;

/**
 * Where a function that rises or falls all the way from `low` to `high` takes `target`: Newton's steps, or halves where
 * one leaves what is known to hold the answer. Null where the target is not between the values at the ends.
 */
export function solveMonotone(
  at: (x: Real) => { value: Real; slope: Real },
  target: Real,
  low: Real,
  high: Real,
): Real | null {
  const distance = (x: Real): Real => minus(at(x).value, target);
  const [atLow, atHigh] = [distance(low), distance(high)];
  if (atLow.whole === 0n) return low;
  if (atHigh.whole === 0n) return high;
  if (atLow.whole > 0n === atHigh.whole > 0n) return null;
  // The function is negative at `below` and positive at `above`.
  let [below, above] = atLow.whole < 0n ? [low, high] : [high, low];
  const width = magnitude(minus(high, low));
  let x = doubled(plus(low, high), -1);
  for (let step = 0; step < mostSteps; step += 1) {
    const { value, slope } = at(x);
    const rest = minus(value, target);
    if (rest.whole === 0n) return x;
    if (rest.whole < 0n) below = x;
    else above = x;
    const newton = slope.whole === 0n ? null : minus(x, over(rest, slope));
    const next =
      newton !== null && isBetween(newton, below, above) ? newton : doubled(plus(below, above), -1);
    const moved = magnitude(minus(next, x));
    x = next;
    // What is left of a zero is rounding.
    if (moved < width - settledBits) return magnitude(x) < width - settledBits ? nought : x;
  }
  return x;
}

const isBetween = (x: Real, a: Real, b: Real): boolean => compareReal(a, x) * compareReal(x, b) >= 0;
