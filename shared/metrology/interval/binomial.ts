import { fisherF } from '../statistics/statistics.ts';

/** P(X <= successes) of `trials` with probability p each, through the F distribution. */
export function atMost(successes: number, trials: number, p: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  const ratio = (trials - successes) / (successes + 1);
  return fisherF.upperTail((ratio * p) / (1 - p), 2 * (successes + 1), 2 * (trials - successes));
}

/** P(X >= successes), with its own digits. */
export function atLeast(successes: number, trials: number, p: number): number {
  if (successes <= 0) return 1;
  if (successes > trials) return 0;
  const ratio = (trials - successes + 1) / successes;
  return fisherF.cumulative((ratio * p) / (1 - p), 2 * successes, 2 * (trials - successes + 1));
}

/**
 * The exact confidence interval of a share (Clopper and Pearson 1934): both sides at (1 - confidence)/2; one-sided
 * where none or all succeeded, because the other limit is 0 or 1 with certainty.
 */
export function shareInterval(
  successes: number,
  trials: number,
  confidence: number,
): { lower: number; upper: number } {
  if (successes === 0) return { lower: 0, upper: 1 - (1 - confidence) ** (1 / trials) };
  if (successes === trials) return { lower: (1 - confidence) ** (1 / trials), upper: 1 };
  const tail = (1 - confidence) / 2;
  const [failures, above] = [trials - successes, 2 * (trials - successes + 1)];
  const low = fisherF.upperQuantile(tail, above, 2 * successes);
  const high = fisherF.upperQuantile(tail, 2 * (successes + 1), 2 * failures);
  return {
    lower: successes / (successes + (failures + 1) * low),
    upper: ((successes + 1) * high) / (failures + (successes + 1) * high),
  };
}
