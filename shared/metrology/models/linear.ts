import { Failure } from '../../contract/failure.ts';
import type { NonlinearFit, Scaling } from './nonlinear/nonlinear.ts';
import { difference } from './nonlinear/problem.ts';
import { squareRoot } from './real/functions.ts';
import { doubled, fromWhole, magnitude, minus, over, plus, type Real, times, unit } from './real/real.ts';
import { at, between, dot, factored, type Matrix, normalEquations, type Vector } from './real/symmetric.ts';

interface LinearProblem {
  /** The terms at each reading. */
  design: Matrix;
  readings: Vector;
  /** 1 / standard uncertainty of each reading. */
  inverseUncertainties?: Vector | undefined;
  scaling?: Scaling;
}

/** Least squares in long numbers, for terms that are no fractions (logarithms); in 77 digits nothing is lost. */
export function fitLinearTerms({
  design,
  readings,
  inverseUncertainties,
  scaling = 'scatter',
}: LinearProblem): NonlinearFit {
  const count = design[0]?.length ?? 0;
  if (readings.length < count)
    throw new Failure('FIT_IMPOSSIBLE', { detail: `${readings.length} readings for ${count} parameters` });
  const inverse = (i: number): Real => inverseUncertainties?.[i] ?? unit;
  const weighted = design.map((row, i) => row.map((value) => times(value, inverse(i))));
  const { matrix, right } = normalEquations(
    weighted,
    readings.map((value, i) => times(value, inverse(i))),
  );
  const solved = factored(matrix);
  if (solved === null)
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'the readings lie at too few different points' });
  const parameters = solved.solve(right);
  const residuals = design.map((row, i) =>
    times(difference(at(readings, i), dot(row, parameters)), inverse(i)),
  );
  return fitOf(parameters, solved.inverse(), residuals, scaling);
}

/** The fit that these parameters and cofactors are. */
export function fitOf(
  parameters: Real[],
  cofactors: Real[][],
  residuals: Real[],
  scaling: Scaling,
): NonlinearFit {
  const degreesOfFreedom = residuals.length - parameters.length;
  const sumOfSquares = dot(residuals, residuals);
  const variance = degreesOfFreedom > 0 ? over(sumOfSquares, fromWhole(degreesOfFreedom)) : null;
  const scaled = variance && cofactors.map((row) => row.map((value) => times(value, variance)));
  return {
    parameters,
    covariance: scaling === 'stated' ? cofactors : scaled,
    residuals,
    sumOfSquares,
    residualStandardDeviation: variance && squareRoot(variance),
    degreesOfFreedom,
    starts: 1,
    warnings: [],
  };
}

const differenceBits = 90;

/** Slopes of each output by each parameter, by differences of 2^-90: in 256 bits as good as derivatives. */
function slopesOf(compute: (parameters: Vector) => Real[], parameters: Vector): Real[][] {
  const here = compute(parameters);
  const columns = parameters.map((parameter, k) => {
    const width = doubled(unit, (parameter.whole === 0n ? 0 : magnitude(parameter)) - differenceBits);
    const there = compute(parameters.map((value, j) => (j === k ? plus(value, width) : value)));
    return here.map((value, i) => over(minus(at(there, i), value), width));
  });
  return here.map((_, i) => columns.map((column) => at(column, i)));
}

/** Covariance of what is computed from parameters with a covariance. */
export function propagated(
  compute: (parameters: Vector) => Real[],
  parameters: Vector,
  covariance: Matrix,
): Real[][] {
  const slopes = slopesOf(compute, parameters);
  return slopes.map((row) => slopes.map((other) => between(row, covariance, other)));
}
