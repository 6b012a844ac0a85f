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
  const weights = wholeColumn(options.weights ?? y.map(() => one));
  return leastSquaresOf(columns, wholeColumn(y), { constant: options.constant, weighing: separate(weights) });
}

/** How readings are weighed: W v for a column v, in units of 1/scale. */
export interface Weighing {
  times: (values: readonly bigint[]) => bigint[];
  scale: bigint;
}

/** One weight (> 0) a reading. */
export const separate = ({ whole, scale }: WholeColumn): Weighing => ({
  times: (values) => values.map((value, i) => value * (whole[i] ?? 0n)),
  scale,
});

/** W = V^-1, where the readings' errors are correlated. */
export const correlated = ({ whole, scale }: WholeMatrix): Weighing => ({
  times: (values) => whole.map((row) => dot(row, values)),
  scale,
});

export interface WholeOptions {
  weighing: Weighing;
  constant: boolean;
}

/** `leastSquares` on columns over one denominator each, which spares ten thousand readings their reductions. */
export function leastSquaresOf(
  columns: readonly WholeColumn[],
  reading: WholeColumn,
  { weighing, constant }: WholeOptions,
): LeastSquares | null {
  const solved = solveNormal(columns, reading, weighing);
  if (solved === null) return null;
  const left = leftOver(columns, reading, solved.solution, solved.determinant);
  const residualSumOfSquares = weightedSquares(left, weighing);
  const totalSumOfSquares = totalSquares(reading, weighing, constant);
  const degreesOfFreedom = reading.whole.length - columns.length;
  const cofactorMatrix = {
    whole: solved.adjugate.map((row, j) =>
      row.map((value, k) => value * scaleOf(columns, j) * scaleOf(columns, k) * weighing.scale),
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
function solveNormal(columns: readonly WholeColumn[], reading: WholeColumn, weighing: Weighing) {
  const normal = columns.map((row, at) => {
    const weighted = weighing.times(row.whole);
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

const weightedSquares = ({ whole, scale }: WholeColumn, weighing: Weighing): Rational =>
  rational(dot(weighing.times(whole), whole), scale ** 2n * weighing.scale);

/** Weighted sum of squares to be explained: about the mean with a constant term, else about zero. */
export function totalSquares(reading: WholeColumn, weighing: Weighing, constant: boolean): Rational {
  const aboutZero = weightedSquares(reading, weighing);
  if (!constant) return aboutZero;
  const weights = weighing.times(reading.whole.map(() => 1n));
  const meanPart = rational(
    dot(weights, reading.whole) ** 2n,
    sum(weights) * reading.scale ** 2n * weighing.scale,
  );
  return subtract(aboutZero, meanPart);
}
