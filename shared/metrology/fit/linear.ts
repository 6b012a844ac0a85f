import { Failure } from '../../contract/failure.ts';
import { type LeastSquares, leastSquaresOf } from '../least-squares.ts';
import { divide, one, type Rational, rational, subtract } from '../rational.ts';
import {
  decimalColumn,
  dot,
  sum,
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
  /** Null for readings of equal weight. */
  weight: WholeColumn | null;
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

export const observationsOf = (
  x: readonly (readonly string[])[],
  y: readonly string[],
  weights: readonly Rational[] | null,
  weighting: Weighting,
): Observations => ({
  x: x.map(decimalColumn),
  y: decimalColumn(y),
  weight: weights && weightColumn(weights),
  weighting,
});

/** Fails with FIT_IMPOSSIBLE where the readings do not determine the coefficients. */
export function fitObservations(model: LinearModel, observations: Observations): LinearFit {
  const { x, y, weight, weighting } = observations;
  const count = model.names.length;
  if (y.whole.length < count) {
    throw new Failure('FIT_IMPOSSIBLE', { detail: `${y.whole.length} readings for ${count} coefficients` });
  }
  const columns = model.columns(x);
  const exact = leastSquaresOf(columns, model.reduced(y, x), {
    constant: model.constant,
    ...(weight && { weight }),
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
function explained(exact: LeastSquares, model: LinearModel, { x, y, weight }: Observations): Rational | null {
  if (model.reduced(y, x) === y) return exact.rSquared;
  const weights = weight ?? { whole: y.whole.map(() => 1n), scale: 1n };
  const squares = dot(
    y.whole.map((value) => value * value),
    weights.whole,
  );
  const mean = rational(dot(y.whole, weights.whole) ** 2n, sum(weights.whole));
  const total = divide(subtract(rational(squares), mean), rational(y.scale ** 2n * weights.scale));
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
