import { blocks } from '../expression/blocks.ts';
import { fromNumber, toNumber } from '../fit/text.ts';
import { decimalExponent, significantPlaces } from '../rational.ts';
import { RequestError } from '../request.ts';
import type { Correlations } from './correlations.ts';
import type { Model } from './model.ts';
import { samplerOf } from './sampler.ts';
import type { Input } from './source.ts';

export interface MonteCarloSetting {
  readonly seed: number;
  /** Null: until the results are stable (JCGM 101, 7.9). */
  readonly trials: number | null;
  readonly probability: number;
  /** Significant digits of the uncertainty that count: 1 or 2. */
  readonly digits: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface MonteCarlo {
  readonly trials: number;
  /** The results were stable to the tolerance when the trials ended. */
  readonly stable: boolean;
  readonly mean: number;
  readonly standardUncertainty: number;
  /** Equal probability beyond both ends (JCGM 101, 7.7.2). */
  readonly symmetric: Interval;
  readonly shortest: Interval;
  readonly drawnAsNormal: readonly string[];
}

const blockSize = 10_000;
const mostBlocks = 100;

/** Propagation of distributions (JCGM 101), in blocks of 10,000 trials. */
export function monteCarlo(
  model: Model,
  inputs: readonly Input[],
  correlations: Correlations,
  { seed, trials, probability, digits }: MonteCarloSetting,
): MonteCarlo {
  const sampler = samplerOf(inputs, correlations, seed);
  const found: Float64Array[] = [];
  const summaries: Summary[] = [];
  const wanted = trials === null ? mostBlocks : Math.ceil(trials / blockSize);
  let stable = false;
  while (found.length < wanted && !(trials === null && stable)) {
    const results = resultsOf(model, inputs, sampler.block(blockSize));
    found.push(results);
    summaries.push(summary(results, probability));
    stable = isStable(summaries, digits);
  }
  const all = new Float64Array(found.length * blockSize);
  for (const [i, results] of found.entries()) all.set(results, i * blockSize);
  const { mean, spread, symmetric } = summary(all, probability);
  return {
    trials: all.length,
    stable,
    mean,
    standardUncertainty: spread,
    symmetric,
    shortest: shortestInterval(all, probability),
    drawnAsNormal: sampler.drawnAsNormal,
  };
}

function resultsOf(
  { formula, sensitivities }: Model,
  inputs: readonly Input[],
  columns: readonly Float64Array[],
) {
  const places = new Map(inputs.map(({ name }, i) => [name, i]));
  const columnOf = (name: string): Float64Array =>
    columns[places.get(name) ?? -1] ?? new Float64Array(blockSize);
  if (formula !== null) return checked(Float64Array.from(formula.over(blocks(blockSize), columnOf)));
  const total = new Float64Array(blockSize);
  columns.forEach((column, i) => {
    const factor = toNumber(sensitivities[i] ?? { over: 0n, under: 1n });
    for (let at = 0; at < blockSize; at += 1) total[at] = (total[at] ?? 0) + factor * (column[at] ?? 0);
  });
  return checked(total);
}

/** A draw outside the formula's domain has no result, and leaving it out would change the distribution. */
function checked(results: Float64Array): Float64Array {
  if (results.every(Number.isFinite)) return results;
  throw new RequestError('monteCarlo', 'a draw lies where the model has no finite value');
}

interface Summary {
  readonly mean: number;
  readonly spread: number;
  readonly symmetric: Interval;
}

/** Sorts the results in place. */
function summary(results: Float64Array, p: number): Summary {
  results.sort();
  const count = results.length;
  const first = results[0] ?? 0;
  // About the first result: sums of large values would lose the digits of small scatter.
  const offset = results.reduce((sum, y) => sum + (y - first), 0) / count;
  const squares = results.reduce((sum, y) => sum + (y - first - offset) ** 2, 0);
  const inside = insideCount(count, p);
  const below = Math.floor((count - inside + 1) / 2);
  return {
    mean: first + offset,
    spread: Math.sqrt(squares / (count - 1)),
    symmetric: intervalFrom(results, below, inside),
  };
}

/** Results are counted from 1 in JCGM 101, 7.7. */
const insideCount = (count: number, p: number): number => Math.min(Math.floor(p * count + 0.5), count - 1);
const intervalFrom = (sorted: Float64Array, below: number, inside: number): Interval => ({
  low: sorted[Math.max(below, 1) - 1] ?? Number.NaN,
  high: sorted[Math.min(below + inside, sorted.length) - 1] ?? Number.NaN,
});

function shortestInterval(sorted: Float64Array, p: number): Interval {
  const inside = insideCount(sorted.length, p);
  let best = intervalFrom(sorted, 1, inside);
  for (let below = 2; below + inside <= sorted.length; below += 1) {
    const next = intervalFrom(sorted, below, inside);
    if (next.high - next.low < best.high - best.low) best = next;
  }
  return best;
}

/** Twice the standard deviation of the blocks' means is within the tolerance for all four figures (7.9.4). */
function isStable(summaries: readonly Summary[], digits: number): boolean {
  const count = summaries.length;
  if (count < 2) return false;
  const spreadOf = (of: (summary: Summary) => number): number => {
    const values = summaries.map(of);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return Math.sqrt(squares / (count * (count - 1)));
  };
  const spread = summaries.reduce((sum, each) => sum + each.spread, 0) / count;
  // A fifth of the tolerance that a validation asks for (8.2).
  const limit = tolerance(spread, digits) / 5;
  return [
    (s: Summary) => s.mean,
    (s: Summary) => s.spread,
    (s: Summary) => s.symmetric.low,
    (s: Summary) => s.symmetric.high,
  ].every((of) => 2 * spreadOf(of) <= limit);
}

/** Half a unit of the last of the digits that count in u (JCGM 101, 7.9.2). */
export function tolerance(u: number, digits: number): number {
  if (!(u > 0)) return 0;
  const exact = fromNumber(u);
  const places = Math.min(significantPlaces(exact, digits), digits - 1 - decimalExponent(exact));
  return 0.5 * 10 ** -places;
}
