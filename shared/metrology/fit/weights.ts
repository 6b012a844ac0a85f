import { solveWhole } from '../linear-system.ts';
import { fromDecimal, type Rational } from '../rational.ts';
import { RequestError } from '../request.ts';
import { type WholeColumn, type WholeMatrix, wholeColumn, wholeMatrix } from '../whole-column.ts';

/** How uncertainties of y enter: not at all, as they are stated, or only as ratios. */
export type Weighting = 'none' | 'absolute' | 'relative';

/** Bits of the one denominator up to which ten thousand weights are still summed exactly in a moment. */
const exactBits = 4000;
/** Two hundred digits: far beyond what any digit asked for can notice. */
const roundedBits = 664n;

/**
 * Weights over one denominator. Thousands of different uncertainties have a common denominator of millions of digits;
 * such weights are rounded to 200 significant digits of the smallest of them.
 */
export function weightColumn(weights: readonly Rational[]): WholeColumn {
  const different = new Set(weights.map(({ under }) => under));
  const bits = [...different].reduce((total, under) => total + under.toString(16).length * 4, 0);
  if (bits <= exactBits) return wholeColumn(weights);
  const longest = weights.reduce((most, { over, under }) => {
    const room = BigInt(under.toString(16).length * 4 - over.toString(16).length * 4);
    return room > most ? room : most;
  }, 0n);
  const shift = roundedBits + longest;
  return {
    whole: weights.map(({ over, under }) => ((over << (shift + 1n)) / under + 1n) >> 1n),
    scale: 1n << shift,
  };
}

/** More readings than this would take minutes to invert exactly. */
const mostCorrelated = 100;

/** The exact inverse of a covariance matrix of y. RequestError names the cell that is wrong. */
export function inverseCovariance(matrix: readonly (readonly string[])[], path: string): WholeMatrix {
  const size = matrix.length;
  if (size > mostCorrelated) throw new RequestError(path, `may have ${mostCorrelated} rows at most`);
  const ragged = matrix.findIndex((row) => row.length !== size);
  if (ragged >= 0) {
    throw new RequestError(`${path}.${ragged}`, `has ${matrix[ragged]?.length} values for ${size} rows`);
  }
  const { whole, scale } = wholeMatrix(matrix.map((row) => row.map(fromDecimal)));
  for (const [j, row] of whole.entries()) {
    const odd = row.findIndex((value, k) => value !== whole[k]?.[j]);
    if (odd >= 0) throw new RequestError(`${path}.${j}.${odd}`, 'differs from its mirror image');
  }
  const solved = solveWhole(whole.map((row, j) => [...row, ...row.map((_, k) => (j === k ? 1n : 0n))]));
  if (!solved?.positiveDefinite) {
    throw new RequestError(path, 'is no covariance matrix: it is not positive definite');
  }
  return {
    whole: solved.numerators.map((row) => row.map((value) => value * scale)),
    scale: solved.determinant,
  };
}

/** 1/u^2 of stated standard uncertainties above zero. */
export const inverseSquares = (uncertainties: readonly string[]): Rational[] =>
  uncertainties.map((text) => {
    const u = fromDecimal(text);
    return { over: u.under * u.under, under: u.over * u.over };
  });
