import { toNumber } from '../fit/text.ts';
import type { Rational } from '../rational.ts';
import { type Correlations, choleskyRoot } from './correlations.ts';
import { rectangularNames } from './distributions.ts';
import { root } from './propagate.ts';
import { randomDraws } from './random.ts';
import type { Input } from './source.ts';

/** Blocks of draws, one column an input. */
export interface Sampler {
  block(size: number): Float64Array[];
  /** Correlated inputs are drawn from a multivariate normal distribution (JCGM 101, 6.4.8), whatever their own. */
  readonly drawnAsNormal: readonly string[];
}

export function samplerOf(inputs: readonly Input[], correlations: Correlations, seed: number): Sampler {
  const draws = randomDraws(seed);
  const isTied = (i: number): boolean => (correlations[i] ?? []).some((r, j) => i !== j && r.over !== 0n);
  const tied = inputs.map((_, i) => i).filter(isTied);
  const matrix = tied.map((i) => tied.map((j) => toNumber(correlations[i]?.[j] ?? { over: 0n, under: 1n })));
  const factors = choleskyRoot(matrix) ?? [];
  const single = inputs.map((input) => oneDraw(input, draws));
  const spreads = inputs.map(({ variance }) => toNumber(root(variance)));
  const middles = inputs.map(({ value }) => toNumber(value));
  const fillTied = (columns: readonly Float64Array[], at: number): void => {
    const free = tied.map(() => draws.normal());
    tied.forEach((i, row) => {
      const z = (factors[row] ?? []).reduce((sum, factor, k) => sum + factor * (free[k] ?? 0), 0);
      const column = columns[i];
      if (column) column[at] = (middles[i] ?? 0) + (spreads[i] ?? 0) * z;
    });
  };
  return {
    drawnAsNormal: tied.filter((i) => inputs[i]?.shape.kind !== 'normal').map((i) => inputs[i]?.name ?? ''),
    block: (size) => {
      const columns = inputs.map(() => new Float64Array(size));
      columns.forEach((column, i) => {
        if (!isTied(i)) for (let at = 0; at < size; at += 1) column[at] = single[i]?.() ?? 0;
      });
      if (tied.length > 0) for (let at = 0; at < size; at += 1) fillTied(columns, at);
      return columns;
    },
  };
}

function oneDraw({ shape, variance, degrees }: Input, draws: ReturnType<typeof randomDraws>): () => number {
  const centre = toNumber(shape.centre);
  if (shape.kind === 'normal') {
    const u = toNumber(root(variance));
    return () => centre + u * draws.normal();
  }
  if (shape.kind === 't') {
    const [u, half] = [toNumber(root(variance)), shape.degrees / 2];
    return () => centre + (u * draws.normal()) / Math.sqrt(draws.gamma(half) / half);
  }
  const { kind, beta } = shape;
  const halfWidth = toNumber(shape.halfWidth);
  const doubt = rectangularNames.includes(kind.name) ? limitsDoubt(degrees) : 0;
  return doubt === 0
    ? () => centre + halfWidth * kind.draw(draws, beta)
    : () => centre + halfWidth * (1 + doubt * (2 * draws.uniform() - 1)) * kind.draw(draws, beta);
}

/**
 * Limits known only so well as their degrees of freedom say (JCGM 100, G.4.2: 1/2 (du/u)^-2) are drawn themselves:
 * the curvilinear trapezoid of JCGM 101, 6.4.3. As a share of the half-width, which it cannot be larger than.
 */
const limitsDoubt = (degrees: Rational | null): number =>
  degrees === null ? 0 : Math.min(Math.sqrt(1 / (2 * toNumber(degrees))), 1);
