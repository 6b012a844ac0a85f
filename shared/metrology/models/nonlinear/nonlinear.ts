import { Failure } from '../../../contract/failure.ts';
import { squareRoot } from '../real/functions.ts';
import { fromWhole, over, type Real, times, toNumber } from '../real/real.ts';
import { at, factored } from '../real/symmetric.ts';
import type { Problem } from './problem.ts';
import { search } from './search.ts';

/** How the covariance is scaled: by the scatter of the readings, or by their stated uncertainties alone. */
export type Scaling = 'scatter' | 'stated';

export interface NonlinearFit {
  parameters: Real[];
  /** Null where it would be taken from the scatter and no degree of freedom is left. */
  covariance: Real[][] | null;
  /** (reading - model) / u. */
  residuals: Real[];
  /** Chi squared where the readings have uncertainties. */
  sumOfSquares: Real;
  residualStandardDeviation: Real | null;
  degreesOfFreedom: number;
  starts: number;
  warnings: string[];
}

const impossible = (detail: string): Failure => new Failure('FIT_IMPOSSIBLE', { detail });

/** Fits a problem from `start`. Fails with FIT_IMPOSSIBLE where no minimum is found or it is not determined. */
export function fitNonlinear(problem: Problem, start: readonly Real[], scaling: Scaling): NonlinearFit {
  const { parameters, observations } = problem;
  if (observations < parameters.length)
    throw impossible(`${observations} readings for ${parameters.length} parameters`);
  const found = search(problem, start.map(toNumber));
  if (typeof found === 'string') throw impossible(reasons[found]);
  const { minimum } = found;
  const cofactors = factored(minimum.normal)?.inverse();
  if (cofactors === undefined) throw impossible(reasons['not-determined']);
  const degreesOfFreedom = observations - parameters.length;
  const variance = degreesOfFreedom > 0 ? over(minimum.sumOfSquares, fromWhole(degreesOfFreedom)) : null;
  const scaled = variance && cofactors.map((row) => row.map((value) => times(value, variance)));
  return {
    parameters: minimum.parameters,
    covariance: scaling === 'stated' ? cofactors : scaled,
    residuals: minimum.residuals,
    sumOfSquares: minimum.sumOfSquares,
    residualStandardDeviation: variance && squareRoot(variance),
    degreesOfFreedom,
    starts: found.starts,
    warnings: found.elsewhere
      ? ['The given start led to no minimum; another start near it did. Look at the residuals.']
      : [],
  };
}

const reasons = {
  'not-determined':
    'the readings do not determine the parameters; fewer parameters or another start are needed',
  'no-minimum': 'no minimum of the squared residuals was found from this start',
  'no-start': 'the formula has no value at the start, or the numbers are too large',
} as const;

/** Square roots of the diagonal. */
export const uncertaintiesOf = (covariance: readonly (readonly Real[])[]): Real[] =>
  covariance.map((row, k) => squareRoot(at(row, k)));
