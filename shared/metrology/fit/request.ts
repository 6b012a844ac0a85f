import { z } from 'zod';
import { fromDecimal, type Rational, square } from '../rational.ts';
import { decimal, list, notNegative, positive, RequestError, whole } from '../request.ts';
import type { WholeMatrix } from '../whole-column.ts';
import { inverseCovariance, inverseSquares, type Weighting } from './weights.ts';

/** A probability, such as 0.95. */
const probability = decimal
  .refine((text) => Number(text) > 0 && Number(text) < 1, 'must lie between 0 and 1')
  .default('0.95');

/** What is asked of a fitted curve, besides its coefficients. */
export const questions = {
  model: z.string(),
  digits: whole(1, 100).default(15),
  probability,
};

const inverseEntry = z.union([
  z.strictObject({ y: decimal, uy: notNegative.default('0') }),
  decimal.transform((y) => ({ y, uy: '0' })),
]);
export const inverseEntries = list(inverseEntry).optional();

const ofOtherModels = (member: string) =>
  z
    .undefined(
      `"${member}" belongs to the models line, two-point, polynomial and iso6143; this one takes uncertainty in y only`,
    )
    .optional();

/** Weights of y: stated uncertainties, or weights themselves. */
export const weighted = {
  uy: list(positive).optional(),
  w: list(positive).optional(),
  covarianceY: z.array(list(decimal)).min(1).optional(),
  weights: z.enum(['absolute', 'relative']).optional(),
  ux: ofOtherModels('ux'),
  uxy: ofOtherModels('uxy'),
};

/** One regressor. */
export const oneRegressor = {
  ...questions,
  x: list(decimal),
  y: list(decimal),
  predict: list(decimal).optional(),
  inverse: inverseEntries,
};

export function checkLengths(
  count: number,
  lists: Readonly<Record<string, readonly unknown[] | undefined>>,
): void {
  for (const [name, values] of Object.entries(lists)) {
    if (values !== undefined && values.length !== count) {
      throw new RequestError(name, `has ${values.length} values, "x" has ${count}`);
    }
  }
}

/** The weights of a request and what they stand for; stated uncertainties are absolute unless it says otherwise. */
export function weightsOf({
  uy,
  w,
  covarianceY,
  weights,
}: {
  uy?: readonly string[] | undefined;
  w?: readonly string[] | undefined;
  covarianceY?: readonly (readonly string[])[] | undefined;
  weights?: 'absolute' | 'relative' | undefined;
}): { values: Rational[] | WholeMatrix | null; weighting: Weighting } {
  if (uy && w) throw new RequestError('w', 'stands beside "uy"; leave one of them');
  if (covarianceY && (uy || w)) {
    throw new RequestError('covarianceY', 'stands beside "uy" or "w"; leave one of them');
  }
  if (covarianceY) {
    return { values: inverseCovariance(covarianceY, 'covarianceY'), weighting: weights ?? 'absolute' };
  }
  if (uy) return { values: inverseSquares(uy), weighting: weights ?? 'absolute' };
  if (w) return { values: w.map(fromDecimal), weighting: weights ?? 'absolute' };
  if (weights)
    throw new RequestError(
      'weights',
      'needs "uy", the standard uncertainties of y (or "w" or "covarianceY")',
    );
  return { values: null, weighting: 'none' };
}

export const variancesOf = (uncertainties: readonly string[]): Rational[] =>
  uncertainties.map((text) => square(fromDecimal(text)));
