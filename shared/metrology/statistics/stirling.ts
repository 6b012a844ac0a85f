/**
 * Pieces of Loader's saddle-point form of the binomial and Poisson terms (C. Loader, "Fast and Accurate Computation
 * of Binomial Probabilities", 2000). Differences of log-gammas of millions would lose the digits that these keep.
 */

/** Bernoulli terms of Stirling's series: sum of B_2k / (2k (2k-1) z^(2k-1)). */
const bernoulli = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** ln Gamma(z + 1) - [(z + 1/2) ln z - z + ln(2 pi)/2] for z > 0. */
export function stirlingError(z: number): number {
  if (z < 16) {
    // Gamma(z + 1) = Gamma(z + 2) / (z + 1); the logarithms are folded into one term that keeps small differences.
    return stirlingError(z + 1) + (z + 0.5) * Math.log1p(1 / z) - 1;
  }
  const square = 1 / (z * z);
  return bernoulli.reduceRight((series, term) => series * square + term, 0) / z;
}

/** x ln(x / mean) + mean - x; the difference x - mean and ln(x / mean) come from whoever knows them best. */
export function deviance(x: number, mean: number, difference: number, logRatio: number): number {
  if (!(Math.abs(difference) < 0.1 * (x + mean))) return x * logRatio - difference;
  const v = difference / (x + mean);
  let total = difference * v;
  let term = 2 * x * v;
  for (let k = 3; ; k += 2) {
    term *= v * v;
    const next = total + term / k;
    if (next === total) return total;
    total = next;
  }
}
