/** R of QR and the part of Q'r in its rows: min |J d - r| becomes R d = right. */
export interface Triangle {
  /** Row by row, zeros below the diagonal. */
  rows: number[][];
  right: number[];
}

/**
 * Householder triangularisation of J and r (Golub and Van Loan, Matrix Computations, 5.2): orthogonal steps only, so
 * that the condition number is not squared as by normal equations.
 */
export function triangle(jacobian: readonly (readonly number[])[], residuals: readonly number[]): Triangle {
  const work = jacobian.map((row, i) => [...row, residuals[i] ?? 0]);
  const count = jacobian[0]?.length ?? 0;
  for (let k = 0; k < Math.min(count, work.length); k += 1) reflect(work, k);
  const rows = Array.from({ length: count }, (_, k) =>
    (work[k] ?? Array.from({ length: count + 1 }, () => 0)).slice(),
  );
  for (const [k, row] of rows.entries()) row.fill(0, 0, k);
  return { rows: rows.map((row) => row.slice(0, count)), right: rows.map((row) => row[count] ?? 0) };
}

/** Mirrors column k onto its axis, and all columns after it. */
function reflect(work: number[][], k: number): void {
  const below = work.slice(k);
  const norm = Math.hypot(...chunked(below.map((row) => row[k] ?? 0)));
  const head = below[0]?.[k] ?? 0;
  if (norm === 0) return;
  const alpha = head > 0 ? -norm : norm;
  const mirror = below.map((row, i) => (row[k] ?? 0) - (i === 0 ? alpha : 0));
  const square = norm * (norm + Math.abs(head));
  const width = work[0]?.length ?? 0;
  for (let column = k; column < width; column += 1) {
    const factor = below.reduce((sum, row, i) => sum + (mirror[i] ?? 0) * (row[column] ?? 0), 0) / square;
    for (const [i, row] of below.entries()) row[column] = (row[column] ?? 0) - factor * (mirror[i] ?? 0);
  }
}

/** hypot takes its values as arguments, of which there may not be too many. */
const chunk = 1000;
function chunked(values: readonly number[]): number[] {
  if (values.length <= chunk) return [...values];
  const norms: number[] = [];
  for (let from = 0; from < values.length; from += chunk)
    norms.push(Math.hypot(...values.slice(from, from + chunk)));
  return chunked(norms);
}

export const norm = (values: readonly number[]): number => Math.hypot(...chunked(values));

/** R d = right from below; a zero on the diagonal leaves its direction alone. */
export function solveTriangle({ rows, right }: Triangle): number[] {
  const solution = rows.map(() => 0);
  for (let k = rows.length - 1; k >= 0; k -= 1) {
    const row = rows[k] ?? [];
    const known = row.reduce((sum, value, j) => (j > k ? sum + value * (solution[j] ?? 0) : sum), 0);
    const pivot = row[k] ?? 0;
    solution[k] = pivot === 0 ? 0 : ((right[k] ?? 0) - known) / pivot;
  }
  return solution;
}
