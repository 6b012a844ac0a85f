import { z } from 'zod';
import { compareDecimal } from '../../units/units.ts';
import { extrapolations } from '../fit/answer.ts';
import type { FitAnswer } from '../fit/registry.ts';
import { checkLengths } from '../fit/request.ts';
import { checkRequest, decimal, list, notNegative, whole } from '../request.ts';
import { analysisModel } from './analysis-request.ts';

const functions = { 2: 'quadratic', 3: 'cubic' } as const;

const schema = z.strictObject({
  model: z.string(),
  degree: whole(1, 10).refine((degree) => degree === 2 || degree === 3, 'must be 1, 2 or 3 beside "ux"'),
  intercept: z.literal(true, 'cannot be left out beside "ux"').optional(),
  x: list(decimal),
  y: list(decimal),
  ux: list(notNegative),
  uy: list(notNegative).optional(),
  weights: z.literal('absolute', 'can only be "absolute" beside "ux" of a polynomial').optional(),
  predict: list(decimal).optional(),
  digits: whole(1, 40).optional(),
});

const evaluated = z.array(z.object({ y: z.string(), value: z.string(), standardUncertainty: z.string() }));

/**
 * A polynomial of degree 2 or 3 with uncertainty in x and y: the same minimum as the analysis function of ISO 6143
 * with x and y exchanged. Residuals are y - f(adjusted x). Throws RequestError, or Failure FIT_IMPOSSIBLE.
 */
export function polynomialOfBoth(asked: unknown): FitAnswer {
  const { degree, x, y, ux, uy = y.map(() => '0'), predict, digits } = checkRequest(schema, asked);
  checkLengths(x.length, { y, ux, uy });
  const {
    function: _,
    evaluations,
    warnings: __,
    ...answer
  } = analysisModel.answer({
    model: 'iso6143',
    function: functions[degree === 2 ? 2 : 3],
    x: y,
    ux: uy,
    y: x,
    uy: ux,
    ...(predict && { evaluate: predict }),
    ...(digits !== undefined && { digits }),
  });
  return {
    ...answer,
    model: 'polynomial',
    coefficients: answer.coefficients.map((coefficient, k) => ({ ...coefficient, name: `b${k}` })),
    convention: {
      words: 'ISO 6143:2001, with x and y exchanged: covariance from the design at the adjusted points',
    },
    weights: 'absolute',
    ...(predict && {
      predictions: evaluated.parse(evaluations).map(({ y: place, ...rest }) => ({ x: place, ...rest })),
    }),
    warnings: outside(x, predict),
  };
}

const outside = (x: readonly string[], predict: readonly string[] = []): string[] =>
  extrapolations(
    'predict',
    predict.map((place) => ({
      extrapolated:
        x.every((each) => compareDecimal(each, place) < 0) ||
        x.every((each) => compareDecimal(each, place) > 0),
    })),
  );
