import { solveWhole } from './linear-system.ts';
import { divide, one, type Rational, rational, subtract, zero } from './rational.ts';
import { dot, sum, type WholeColumn, type WholeMatrix, wholeColumn } from './whole-column.ts';

export interface LeastSquares {
  parameters: Rational[];
  /** y - prediction, in the order of the data; reduced when it is read. */
  readonly residuals: Rational[];
  /** The same over one denominator. */
  left: WholeColumn;
  /** Sum of (weight x) squared residuals; chi squared where the weights are 1/u^2. */
  residualSumOfSquares: Rational;
  /** Weighted, about the mean with a constant term, else about zero. */
  totalSumOfSquares: Rational;
  degreesOfFreedom: number;
  /** residualSumOfSquares / degreesOfFreedom; null where no degree of freedom is left. */
  residualVariance: Rational | null;
  /**
   * (X'WX)^-1. Times the residual variance it is the covariance matrix where the scatter is taken from the data.
   * Reduced when it is read.
   */
  readonly cofactors: Rational[][];
  /** The same over one denominator. */
  cofactorMatrix: WholeMatrix;
  /** Share of the variation explained: about the mean with a constant term, else about zero; null for flat y. */
  rSquared: Rational | null;
}

export interface LeastSquaresOptions {
  /** One weight (> 0) a reading, 1/u^2 of y; all one where left out. */
  weights?: readonly Rational[];
  /** The design has a constant column, so that R^2 is taken about the mean. */
  constant: boolean;
}

/**
 * Exact linear least squares: design[i] are the model's terms at reading i, y[i] the reading. The normal equations,
 * poison in floating point (NIST StRD Filip: no digit right), lose nothing in whole numbers.
 * Returns null where the terms are not independent or there are fewer readings than terms.
 */
export function leastSquares(
  design: readonly (readonly Rational[])[],
  y: readonly Rational[],
  options: LeastSquaresOptions,
): LeastSquares | null {
  const terms = design[0]?.length ?? 0;
  if (terms === 0 || y.length !== design.length) throw new RangeError('design and readings do not match');
  const columns = Array.from({ length: terms }, (_, k) => wholeColumn(design.map((row) => row[k] ?? zero)));
  const weight = options.weights && wholeColumn(options.weights);
  return leastSquaresOf(columns, wholeColumn(y), { constant: options.constant, ...(weight && { weight }) });
}

export interface WholeOptions {
  /** One weight (> 0) a reading; all one where left out. */
  weight?: WholeColumn;
  constant: boolean;
}

/** `leastSquares` on columns over one denominator each, which spares ten thousand readings their reductions. */
export function leastSquaresOf(
  columns: readonly WholeColumn[],
  reading: WholeColumn,
  options: WholeOptions,
): LeastSquares | null {
  const weight = options.weight ?? { whole: reading.whole.map(() => 1n), scale: 1n };
  const solved = solveNormal(columns, reading, weight);
  if (solved === null) return null;
  const left = leftOver(columns, reading, solved.solution, solved.determinant);
  const residualSumOfSquares = weightedSquares(left, weight);
  const totalSumOfSquares = total(reading, weight, options.constant);
  const degreesOfFreedom = reading.whole.length - columns.length;
  const cofactorMatrix = {
    whole: solved.adjugate.map((row, j) =>
      row.map((value, k) => value * scaleOf(columns, j) * scaleOf(columns, k) * weight.scale),
    ),
    scale: solved.determinant,
  };
  return {
    parameters: columns.map(({ scale }, k) =>
      rational((solved.solution[k] ?? 0n) * scale, solved.determinant * reading.scale),
    ),
    left,
    get residuals() {
      return left.whole.map((value) => rational(value, left.scale));
    },
    residualSumOfSquares,
    totalSumOfSquares,
    degreesOfFreedom,
    residualVariance:
      degreesOfFreedom > 0 ? divide(residualSumOfSquares, rational(BigInt(degreesOfFreedom))) : null,
    cofactorMatrix,
    get cofactors() {
      return cofactorMatrix.whole.map((row) => row.map((value) => rational(value, cofactorMatrix.scale)));
    },
    rSquared:
      totalSumOfSquares.over === 0n ? null : subtract(one, divide(residualSumOfSquares, totalSumOfSquares)),
  };
}

const scaleOf = (columns: readonly WholeColumn[], at: number): bigint => columns[at]?.scale ?? 1n;

/** Solves the normal equations in whole numbers: [X'WX | I | X'Wy]. */
function solveNormal(columns: readonly WholeColumn[], reading: WholeColumn, weight: WholeColumn) {
  const normal = columns.map((row, at) => {
    const weighted = row.whole.map((value, i) => value * (weight.whole[i] ?? 0n));
    return [
      ...columns.map((column) => dot(weighted, column.whole)),
      ...columns.map((_, k) => (k === at ? 1n : 0n)),
      dot(weighted, reading.whole),
    ];
  });
  const solved = solveWhole(normal);
  if (solved === null) return null;
  return {
    determinant: solved.determinant,
    adjugate: solved.numerators.map((row) => row.slice(0, -1)),
    solution: solved.numerators.map((row) => row.at(-1) ?? 0n),
  };
}

/** Reading - prediction of each reading. */
function leftOver(
  columns: readonly WholeColumn[],
  reading: WholeColumn,
  solution: readonly bigint[],
  determinant: bigint,
): WholeColumn {
  const whole = reading.whole.map((value, i) => {
    const predicted = columns.reduce(
      (total, column, k) => total + (column.whole[i] ?? 0n) * (solution[k] ?? 0n),
      0n,
    );
    return value * determinant - predicted;
  });
  return { whole, scale: determinant * reading.scale };
}

function weightedSquares({ whole, scale }: WholeColumn, weight: WholeColumn): Rational {
  const squares = whole.map((value) => value * value);
  return rational(dot(squares, weight.whole), scale ** 2n * weight.scale);
}

/** Sum of squares to be explained: about the mean with a constant term, else about zero. */
function total(reading: WholeColumn, weight: WholeColumn, constant: boolean): Rational {
  const aboutZero = weightedSquares(reading, weight);
  if (!constant) return aboutZero;
  const meanPart = rational(
    dot(reading.whole, weight.whole) ** 2n,
    sum(weight.whole) * reading.scale ** 2n * weight.scale,
  );
  return subtract(aboutZero, meanPart);
}
