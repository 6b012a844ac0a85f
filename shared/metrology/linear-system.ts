export interface WholeSolution {
  determinant: bigint;
  numerators: bigint[][];
  /** Of a symmetric A. */
  positiveDefinite: boolean;
}

/**
 * Exact solution of a square system of whole numbers by fraction-free Gauss-Jordan elimination (Bareiss 1968,
 * doi:10.1090/S0025-5718-1968-0226829-0): every division leaves no rest, so the numbers stay as small as minors.
 *
 * `rows` is [A | B]. Returns the determinant of A (sign included) and adj(A) B, so that A^-1 B is
 * `numerators` / `determinant`; null where A is singular.
 */
export function solveWhole(rows: readonly (readonly bigint[])[]): WholeSolution | null {
  const work = rows.map((row) => [...row]);
  const size = work.length;
  let previous = 1n;
  let positiveDefinite = true;
  for (let column = 0; column < size; column += 1) {
    const found = work.findIndex((row, at) => at >= column && row[column] !== 0n);
    const pivotRow = work[found];
    if (pivotRow === undefined) return null;
    const displaced = work[column];
    if (found !== column && displaced !== undefined) {
      // Exchanging two rows turns the sign of the determinant; turning one row's sign turns it back.
      work[found] = displaced;
      work[column] = pivotRow.map((value) => -value);
    }
    previous = eliminate(work, column, previous);
    // The pivots are the leading minors, as long as no row was exchanged (Sylvester's criterion).
    positiveDefinite &&= found === column && previous > 0n;
  }
  return { determinant: previous, numerators: work.map((row) => row.slice(size)), positiveDefinite };
}

/** Clears `column` in every row but the pivot's; returns the pivot, the divisor of the next step. */
function eliminate(work: bigint[][], column: number, previous: bigint): bigint {
  const pivotRow = work[column] ?? [];
  const pivot = pivotRow[column] ?? 0n;
  for (const [at, row] of work.entries()) {
    if (at === column) continue;
    const factor = row[column] ?? 0n;
    // What stands before the column is cleared already, but for a diagonal that nobody reads.
    for (let k = column; k < row.length; k += 1)
      row[k] = (pivot * (row[k] ?? 0n) - factor * (pivotRow[k] ?? 0n)) / previous;
  }
  return pivot;
}
