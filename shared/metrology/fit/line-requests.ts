import { z } from 'zod';
import { Failure } from '../../contract/failure.ts';
import { compareDecimal } from '../../units/units.ts';
import { fromDecimal, isAtMost, multiply, rational, zero } from '../rational.ts';
import { decimal, list, notNegative, RequestError, whole } from '../request.ts';
import { wholeMatrix } from '../whole-column.ts';
import { chiSquaredTest } from './analysis.ts';
import { answerQuestions, coefficientsText } from './answer.ts';
import type { Curve } from './curve.ts';
import { polynomialModel } from './linear-model.ts';
import { answerOne } from './linear-requests.ts';
import { type FitAnswer, requestModel } from './registry.ts';
import { checkLengths, oneRegressor, variancesOf, weighted } from './request.ts';
import { rootText, valueText } from './text.ts';
import { yorkLine } from './york.ts';
import type { LinePoint } from './york-start.ts';

const line1 = polynomialModel(1);
const throughZero = polynomialModel(1, false);

const schema = z.strictObject({
  ...oneRegressor,
  ...weighted,
  uy: list(notNegative).optional(),
  ux: list(notNegative).optional(),
  uxy: list(decimal).optional(),
  convention: whole(1, 2).default(1),
  compare: z.boolean().default(false),
  /** A polynomial of degree 1 is a line as well. */
  degree: whole(1, 1).default(1),
  intercept: z.boolean().default(true),
});
type LineRequest = z.output<typeof schema>;

const bothMembers = [
  'ux, uy: standard uncertainties of x and y (may be 0 on one side); uxy: covariances of each x with its y',
  'convention: 1 (ISO/TS 28037, default) or 2 (law of propagation through the implicit equations)',
];

export const line = requestModel({
  name: 'line',
  summary: 'y = b0 + b1 x; with "ux" the line with uncertainty in x and y (ISO/TS 28037, York)',
  members: [
    'x, y: readings, decimal text; uy: standard uncertainties of y (or w: weights, or covarianceY: their whole matrix)',
    ...bothMembers,
    'weights: "absolute" (default with uncertainties) or "relative" (ratios only, scaled by the residuals)',
    'intercept: true (default) or false; predict: [x, ...]; inverse: [{"y", "uy"}, ...]; compare: true',
    'probability: "0.95", of the intervals',
  ],
  schema,
  answer: (request) => {
    if (request.ux) return answerBoth('line', request);
    const { ux: _, uxy, convention: __, degree: ___, intercept, ...others } = request;
    if (uxy) throw new RequestError('uxy', 'needs "ux" and "uy"');
    const nothing = request.uy?.findIndex((u) => compareDecimal(u, '0') === 0) ?? -1;
    if (nothing >= 0) throw new RequestError(`uy.${nothing}`, 'must be above zero');
    return answerOne('line', intercept ? line1 : throughZero, { ...others, ux: undefined, uxy: undefined });
  },
});

export const twoPoint = requestModel({
  name: 'two-point',
  summary: 'y = b0 + b1 x through exactly two points; uncertainties from "ux" and "uy" where they are stated',
  members: [
    'x, y: two readings each, decimal text',
    ...bothMembers.slice(0, 1),
    'predict, inverse as for line',
  ],
  schema,
  answer: (request) => {
    const { x, y, compare, weights, intercept } = request;
    if (!intercept) throw new RequestError('intercept', 'cannot be left out of a line through two points');
    if (x.length !== 2) throw new RequestError('x', 'needs exactly two points');
    checkLengths(2, { y });
    if (compare) throw new RequestError('compare', 'needs more points than two');
    if (weights === 'relative') throw new RequestError('weights', 'leaves nothing to scale two points by');
    return request.ux
      ? answerBoth('two-point', request)
      : { ...line.answer({ ...request, convention: 1 }), model: 'two-point' };
  },
});

const conventions = {
  1: 'ISO/TS 28037:2010: covariance from the design at the adjusted points',
  2: 'law of propagation through the implicit equations of the minimum',
} as const;

/** The line with uncertainty in x and y. */
function answerBoth(name: string, request: LineRequest): FitAnswer {
  const { x, digits, w, weights = 'absolute' } = request;
  if (w) throw new RequestError('w', 'cannot stand beside "ux"; give "uy"');
  if (request.covarianceY) throw new RequestError('covarianceY', 'cannot stand beside "ux"; give "uy"');
  if (request.compare) throw new RequestError('compare', 'compares models with uncertainty in y only');
  if (!request.intercept) throw new RequestError('intercept', 'cannot be left out beside "ux"');
  const points = linePoints(request);
  const convention = request.convention === 2 ? 2 : 1;
  if (points.length === 2 && weights === 'relative') {
    throw new RequestError('weights', 'leaves nothing to scale two points by');
  }
  const fit = yorkLine(points, { digits, convention, weighting: weights });
  const curve: Curve = {
    model: line1,
    coefficients: fit.parameters,
    covariance: wholeMatrix(fit.covariance),
    readingVariance: null,
    degreesOfFreedom: weights === 'relative' ? fit.degreesOfFreedom : Number.POSITIVE_INFINITY,
  };
  const perDegree = rational(1n, BigInt(Math.max(fit.degreesOfFreedom, 1)));
  return {
    model: name,
    ...coefficientsText(curve, digits),
    residualStandardDeviation:
      fit.degreesOfFreedom > 0 ? rootText(multiply(fit.chiSquared, perDegree), digits) : null,
    rSquared: null,
    degreesOfFreedom: fit.degreesOfFreedom,
    residuals: fit.residuals.map((value) => valueText(value, digits)),
    convention: { number: convention, words: conventions[convention] },
    weights,
    ...(weights === 'absolute' && {
      chiSquared: chiSquaredTest(fit.chiSquared, fit.degreesOfFreedom, digits),
    }),
    ...answerQuestions(curve, x, request),
  };
}

function linePoints({ x, y, ux = [], uy, uxy }: LineRequest): LinePoint[] {
  checkLengths(x.length, { y, ux, uy, uxy });
  if (x.length < 2) throw new Failure('FIT_IMPOSSIBLE', { detail: '1 reading for 2 coefficients' });
  const [varianceX, varianceY] = [variancesOf(ux), variancesOf(uy ?? x.map(() => '0'))];
  return x.map((place, at) => {
    const [xx, yy] = [varianceX[at] ?? zero, varianceY[at] ?? zero];
    const covariance = fromDecimal(uxy?.[at] ?? '0');
    if (xx.over === 0n && yy.over === 0n) {
      throw new RequestError(`uy.${at}`, 'and "ux" of the same point are both zero');
    }
    if (!isAtMost(multiply(covariance, covariance), multiply(xx, yy))) {
      throw new RequestError(`uxy.${at}`, 'is larger than ux times uy of the same point');
    }
    return { x: fromDecimal(place), y: fromDecimal(y[at] ?? ''), varianceX: xx, varianceY: yy, covariance };
  });
}
