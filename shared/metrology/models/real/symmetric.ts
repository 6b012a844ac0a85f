import { squareRoot } from './functions.ts';
import { compareReal, fromNumber, minus, nought, over, plus, type Real, times, unit } from './real.ts';

export type Vector = readonly Real[];
export type Matrix = readonly Vector[];

export const at = (row: Vector | undefined, k: number): Real => row?.[k] ?? nought;
export const cell = (matrix: Matrix, j: number, k: number): Real => at(matrix[j], k);
export const dot = (a: Vector, b: Vector): Real =>
  a.reduce((total, value, i) => plus(total, times(value, at(b, i))), nought);
export const matrixTimes = (matrix: Matrix, vector: Vector): Real[] => matrix.map((row) => dot(row, vector));
/** v' M w */
export const between = (v: Vector, matrix: Matrix, w: Vector): Real => dot(v, matrixTimes(matrix, w));

/**
 * A column that others make up to this share (squared) is not told apart from them. A number has 77 digits here, so
 * this is far above what rounding leaves and far below what any readings determine.
 */
const dependent = fromNumber(1e-36);

/** A symmetric matrix that is positive definite, as its Cholesky factor with the diagonal scaled to one. */
export interface Factored {
  solve(right: Vector): Real[];
  inverse(): Real[][];
}

/** Null where the matrix is not positive definite. */
export function factored(matrix: Matrix): Factored | null {
  const diagonal = matrix.map((row, k) => at(row, k));
  if (diagonal.some(({ whole }) => whole <= 0n)) return null;
  const scale = diagonal.map((value) => over(unit, squareRoot(value)));
  const lower: Real[][] = [];
  for (const [j, row] of matrix.entries()) {
    const line: Real[] = [];
    for (let k = 0; k <= j; k += 1) {
      const known = dot(line, (lower[k] ?? line).slice(0, k));
      const rest = minus(times(at(row, k), times(at(scale, j), at(scale, k))), known);
      if (k < j) line.push(over(rest, cell(lower, k, k)));
      else if (compareReal(rest, dependent) <= 0) return null;
      else line.push(squareRoot(rest));
    }
    lower.push(line);
  }
  const solve = (right: Vector): Real[] => {
    const forward: Real[] = [];
    for (const [j, row] of lower.entries())
      forward.push(over(minus(times(at(right, j), at(scale, j)), dot(forward, row)), at(row, j)));
    const back: Real[] = [...forward];
    for (let j = lower.length - 1; j >= 0; j -= 1) {
      let rest = at(forward, j);
      for (let i = j + 1; i < lower.length; i += 1) rest = minus(rest, times(cell(lower, i, j), at(back, i)));
      back[j] = over(rest, cell(lower, j, j));
    }
    return back.map((value, j) => times(value, at(scale, j)));
  };
  return {
    solve,
    inverse: () => matrix.map((_, j) => solve(matrix.map((__, k) => (k === j ? unit : nought)))),
  };
}

/** J'J and J'r. In 77 digits squaring the condition number costs nothing that is shown, unlike in doubles. */
export function normalEquations(jacobian: Matrix, residuals: Vector): { matrix: Real[][]; right: Real[] } {
  const count = jacobian[0]?.length ?? 0;
  const columns = Array.from({ length: count }, (_, k) => jacobian.map((row) => at(row, k)));
  const matrix: Real[][] = columns.map(() => []);
  for (const [j, column] of columns.entries()) {
    for (let k = 0; k <= j; k += 1) {
      const product = dot(column, columns[k] ?? []);
      (matrix[j] ?? [])[k] = product;
      (matrix[k] ?? [])[j] = product;
    }
  }
  return { matrix, right: columns.map((column) => dot(column, residuals)) };
}
