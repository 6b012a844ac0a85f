import { z } from 'zod';
import { compareDecimal } from '../../units/units.ts';
import { fromDecimal } from '../rational.ts';
import { decimal, list, RequestError, whole } from '../request.ts';
import { answerQuestions, extrapolations, linearAnswer } from './answer.ts';
import { compareModels } from './compare.ts';
import { curveOf } from './curve.ts';
import { fitObservations, observationsOf } from './linear.ts';
import { type LinearModel, offsetModel, polynomialModel, regressorsModel } from './linear-model.ts';
import { predict } from './predict.ts';
import { type FitAnswer, type RequestModel, requestModel } from './registry.ts';
import { checkLengths, oneRegressor, questions, weighted, weightsOf } from './request.ts';

const oneRegressorShape = {
  ...oneRegressor,
  ...weighted,
  /** Offset, line and polynomials of degree 2 and 3 beside each other, one proposed. */
  compare: z.boolean().default(false),
};
const oneRegressorRequest = z.strictObject(oneRegressorShape);
type OneRegressorRequest = z.output<typeof oneRegressorRequest>;

const members = [
  'x, y: readings, decimal text; uy: standard uncertainties of y (or w: weights, or covarianceY: their whole matrix)',
  'weights: "absolute" (uy as stated; default with uy) or "relative" (ratios only, scaled by the residuals)',
  'predict: [x, ...]; inverse: [{"y", "uy"}, ...]; compare: true; probability: "0.95"',
];

/** The answer of a model over one regressor. */
export function answerOne(name: string, model: LinearModel, request: OneRegressorRequest): FitAnswer {
  const { x, y, uy, w, covarianceY, digits } = request;
  checkLengths(x.length, { y, uy, w, covarianceY });
  const { values, weighting } = weightsOf(request);
  const fit = fitObservations(model, observationsOf([x], y, values, weighting));
  const comparison =
    request.compare && compareModels(x, y, { digits, ...(values && { weights: values, weighting }) });
  return {
    ...linearAnswer(name, fit, digits),
    ...answerQuestions(curveOf(fit), x, request),
    ...(comparison && { comparison }),
  };
}

const offset = requestModel({
  name: 'offset',
  summary: 'y = x + b0',
  members,
  schema: oneRegressorRequest,
  answer: (request) => answerOne('offset', offsetModel, request),
});

const proportional = requestModel({
  name: 'proportional',
  summary: 'y = b1 x, through zero',
  members,
  schema: oneRegressorRequest,
  answer: (request) => answerOne('proportional', polynomialModel(1, false), request),
});

const polynomial = requestModel({
  name: 'polynomial',
  summary: 'y = b0 + b1 x + ... + bn x^n; without intercept b1 x + ...',
  members: [
    'degree: 1 to 10; intercept: true (default) or false',
    ...members,
    'ux: uncertainty in x as well, up to degree 3 (1: as line; 2 and 3: as iso6143 with x and y exchanged)',
  ],
  schema: z.strictObject({
    ...oneRegressorShape,
    degree: whole(1, 10),
    intercept: z.boolean().default(true),
  }),
  answer: ({ degree, intercept, ...request }) =>
    answerOne('polynomial', polynomialModel(degree, intercept), request),
});

const rows = z.array(z.union([list(decimal), decimal.transform((value) => [value])])).min(1);

const linear = requestModel({
  name: 'linear',
  summary: 'y = b0 + b1 x1 + b2 x2 + ..., several regressors',
  members: [
    'x: [[x1, x2, ...], ...], one row a reading; intercept: true (default) or false; predict: rows as x',
    ...members.slice(0, 2).map((line) => line.replace('x, y', 'y')),
  ],
  schema: z.strictObject({
    ...questions,
    ...weighted,
    x: rows,
    y: list(decimal),
    /** Of every regressor. */
    degree: whole(1, 1).optional(),
    intercept: z.boolean().default(true),
    predict: rows.optional(),
  }),
  answer: (request) => {
    const { x, y, uy, w, covarianceY, digits, intercept } = request;
    const width = x[0]?.length ?? 0;
    checkLengths(x.length, { y, uy, w, covarianceY });
    checkWidths(width, { x, predict: request.predict ?? [] });
    const { values, weighting } = weightsOf(request);
    const columns = Array.from({ length: width }, (_, k) => x.map((row) => row[k] ?? ''));
    const fit = fitObservations(
      regressorsModel(width, intercept),
      observationsOf(columns, y, values, weighting),
    );
    const predictions = request.predict?.map((row) =>
      predict(curveOf(fit), row, row.map(fromDecimal), {
        digits,
        probability: Number(request.probability),
        extrapolated: row.some((place, k) => isOutside(place, columns[k] ?? [])),
      }),
    );
    return {
      ...linearAnswer('linear', fit, digits),
      ...(predictions && { predictions }),
      warnings: extrapolations('predict', predictions),
    };
  },
});

function checkWidths(width: number, tables: Readonly<Record<string, readonly (readonly string[])[]>>): void {
  for (const [name, table] of Object.entries(tables)) {
    const at = table.findIndex((row) => row.length !== width);
    if (at >= 0) {
      throw new RequestError(
        `${name}.${at}`,
        `has ${table[at]?.length} regressors, the first row has ${width}`,
      );
    }
  }
}

const isOutside = (place: string, column: readonly string[]): boolean =>
  column.every((each) => compareDecimal(each, place) < 0) ||
  column.every((each) => compareDecimal(each, place) > 0);

/** Models that are linear in their coefficients, uncertainty in y only. */
export const linearModels: readonly RequestModel[] = [offset, proportional, polynomial, linear];
