import { largerReal, squareRoot } from '../real/functions.ts';
import {
  compareReal,
  doubled,
  fromNumber,
  magnitude,
  minus,
  nought,
  over,
  plus,
  type Real,
  size,
  times,
  unit,
} from '../real/real.ts';
import {
  at,
  cell,
  dot,
  type Factored,
  factored,
  type Matrix,
  normalEquations,
  type Vector,
} from '../real/symmetric.ts';
import { type Problem, type Rows, roundingBits } from './problem.ts';

/** A minimum of the sum of squares, to the last digit that long numbers have. */
export interface Minimum extends Rows<Real> {
  parameters: Real[];
  sumOfSquares: Real;
  /** J'J: its inverse is the matrix of cofactors. */
  normal: Matrix;
}

export type NotRefined = 'not-determined' | 'no-minimum';

/** Far below the last digit that is ever shown (40), far above rounding. */
const settled = fromNumber(2 ** -170);
/** While a step is larger than this share of a parameter the curvature is taken anew. */
const stillFar = fromNumber(2 ** -14);
const differenceBits = 90;
const mostSteps = 60;

/**
 * From where a descent in doubles ended to the minimum: Newton's steps on the gradient J'r, whose curvature is taken
 * by differences of 2^-90 (in 256 bits that is as good as a derivative). Says where the readings do not determine the
 * parameters, and where there is no minimum: the curvature must be positive in every direction.
 */
export function refine(problem: Problem, start: readonly number[]): Minimum | NotRefined {
  let parameters = start.map(fromNumber);
  let here = problem.reals(parameters);
  let curvature: Factored | undefined;
  for (let taken = 0; taken < mostSteps; taken += 1) {
    const { matrix, right } = normalEquations(here.jacobian, here.residuals);
    if (factored(matrix) === null) return 'not-determined';
    curvature ??= curvatureAt(problem, parameters, here) ?? undefined;
    if (curvature === undefined) return 'no-minimum';
    const step = curvature.solve(right);
    const share = largestShare(step, parameters, matrix, here);
    if (compareReal(share, unit) > 0 && taken > 3) return 'no-minimum';
    parameters = parameters.map((value, k) => plus(value, at(step, k)));
    const isSettled = compareReal(share, settled) < 0;
    if (isSettled) parameters = withoutRounding(parameters, matrix, here);
    here = problem.reals(parameters);
    if (isSettled) {
      const sumOfSquares = dot(here.residuals, here.residuals);
      return {
        ...here,
        parameters,
        sumOfSquares,
        normal: normalEquations(here.jacobian, here.residuals).matrix,
      };
    }
    if (compareReal(share, stillFar) > 0) curvature = undefined;
  }
  return 'no-minimum';
}

/**
 * Largest change of the model by one parameter's step, as a share of what the model is made of; so a parameter that
 * ends at zero counts by what it does.
 */
function largestShare(step: Vector, parameters: Vector, matrix: Matrix, here: Rows<Real>): Real {
  const whole = wholeEffect(parameters, matrix, here);
  return whole.whole === 0n ? nought : over(effects(step, matrix).reduce(largerReal), whole);
}

const effects = (values: Vector, matrix: Matrix): Real[] =>
  values.map((value, k) => times(squareRoot(cell(matrix, k, k)), size(value)));

const wholeEffect = (parameters: Vector, matrix: Matrix, { residuals }: Rows<Real>): Real =>
  plus(effects(parameters, matrix).reduce(plus), squareRoot(dot(residuals, residuals)));

/** A parameter whose effect is only rounding is zero. */
function withoutRounding(parameters: Vector, matrix: Matrix, here: Rows<Real>): Real[] {
  const limit = magnitude(wholeEffect(parameters, matrix, here)) - roundingBits;
  const effect = effects(parameters, matrix);
  return parameters.map((value, k) => (magnitude(at(effect, k)) < limit ? nought : value));
}

/** Slope of -J'r by each parameter, symmetrised, factored; null where it is not positive definite. */
function curvatureAt(problem: Problem, parameters: readonly Real[], here: Rows<Real>): Factored | null {
  const gradient = normalEquations(here.jacobian, here.residuals).right;
  const slopes = parameters.map((parameter, k) => {
    const width = doubled(unit, (parameter.whole === 0n ? 0 : magnitude(parameter)) - differenceBits);
    const moved = problem.reals(parameters.map((value, j) => (j === k ? plus(value, width) : value)));
    const there = normalEquations(moved.jacobian, moved.residuals).right;
    return gradient.map((value, j) => over(minus(value, at(there, j)), width));
  });
  const half = fromNumber(0.5);
  return factored(slopes.map((row, j) => row.map((value, k) => times(half, plus(value, at(slopes[k], j))))));
}
