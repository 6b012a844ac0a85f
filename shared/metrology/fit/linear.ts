import { Failure } from '../../contract/failure.ts';
import {
  correlated,
  type LeastSquares,
  leastSquaresOf,
  separate,
  totalSquares,
  type Weighing,
} from '../least-squares.ts';
import { divide, one, type Rational, subtract } from '../rational.ts';
import {
  decimalColumn,
  dot,
  unreduced,
  type WholeColumn,
  type WholeMatrix,
  wholeColumn,
} from '../whole-column.ts';
import type { LinearModel } from './linear-model.ts';
import { type Weighting, weightColumn } from './weights.ts';

/** The readings of a linear fit, exact. */
export interface Observations {
  /** One column a regressor. */
  x: readonly WholeColumn[];
  y: WholeColumn;
  /** Null for readings of equal weight, and where they are correlated. */
  weight: WholeColumn | null;
  weighing: Weighing;
  /** The readings' errors are correlated: no reading has a scatter of its own. */
  correlated: boolean;
  weighting: Weighting;
}

/** A linear fit, exact. */
export interface LinearFit {
  model: LinearModel;
  observations: Observations;
  exact: LeastSquares;
  /** Null where it would be taken from the scatter and no degree of freedom is left. */
  covariance: WholeMatrix | null;
  rSquared: Rational | null;
}

/** Readings as columns of decimal text; a covariance matrix of y stands for correlated errors. */
export function observationsOf(
  x: readonly (readonly string[])[],
  y: readonly string[],
  weights: readonly Rational[] | WholeMatrix | null,
  weighting: Weighting,
): Observations {
  const readings = { x: x.map(decimalColumn), y: decimalColumn(y), weighting };
  if (weights !== null && 'scale' in weights) {
    return { ...readings, weight: null, weighing: correlated(weights), correlated: true };
  }
  const weight = weights && weightColumn(weights);
  const weighing = separate(weight ?? { whole: y.map(() => 1n), scale: 1n });
  return { ...readings, weight, weighing, correlated: false };
}

/** Fails with FIT_IMPOSSIBLE where the readings do not determine the coefficients. */
export function fitObservations(model: LinearModel, observations: Observations): LinearFit {
  const { x, y, weighing, weighting } = observations;
  const count = model.names.length;
  if (y.whole.length < count) {
    throw new Failure('FIT_IMPOSSIBLE', { detail: `${y.whole.length} readings for ${count} coefficients` });
  }
  const columns = model.columns(x);
  const exact = leastSquaresOf(columns, model.reduced(y, x), {
    constant: model.constant,
    weighing,
  });
  if (exact === null) {
    throw new Failure('FIT_IMPOSSIBLE', {
      detail: 'the readings lie at too few different points, or one regressor is a combination of others',
    });
  }
  const unitVariance = weighting === 'absolute' ? one : exact.residualVariance;
  return {
    model,
    observations,
    exact,
    covariance: unitVariance && scaled(exact.cofactorMatrix, unitVariance),
    rSquared: explained(exact, model, observations),
  };
}

/** R^2 of the readings themselves, also where the model has a part without a coefficient. */
function explained(
  exact: LeastSquares,
  model: LinearModel,
  { x, y, weighing }: Observations,
): Rational | null {
  if (model.reduced(y, x) === y) return exact.rSquared;
  const total = totalSquares(y, weighing, true);
  return total.over === 0n ? null : subtract(one, divide(exact.residualSumOfSquares, total));
}

const scaled = ({ whole, scale }: WholeMatrix, factor: Rational): WholeMatrix => ({
  whole: whole.map((row) => row.map((value) => value * factor.over)),
  scale: scale * factor.under,
});

/** row' C row, not reduced. */
export function quadraticForm({ whole, scale }: WholeMatrix, row: readonly Rational[]): Rational {
  const terms = wholeColumn(row);
  const products = whole.map((cells) => dot(cells, terms.whole));
  return unreduced(dot(products, terms.whole), scale * terms.scale ** 2n);
}
