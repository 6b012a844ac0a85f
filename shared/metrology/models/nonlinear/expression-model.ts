import { z } from 'zod';
import { type FitAnswer, type RequestModel, requestModel } from '../../fit/registry.ts';
import { decimal, list, positive, RequestError, whole } from '../../request.ts';
import { fitAnswer, inRange } from '../answer.ts';
import { outsideNote } from '../extrapolation.ts';
import { type RealDual, realDuals } from '../real/arithmetic.ts';
import { fromText, nought, over, type Real, size, times, unit } from '../real/real.ts';
import { type Formula, readFormula } from './formula.ts';
import { fitNonlinear } from './nonlinear.ts';
import { outsideDomain, predictions } from './predictions.ts';
import { expressionProblem } from './problem.ts';

const probability = decimal
  .refine((text) => Number(text) > 0 && Number(text) < 1, 'must lie between 0 and 1')
  .default('0.95');
const place = z.union([decimal, list(decimal).max(20)]);

const schema = z.strictObject({
  model: z.string().max(2000),
  expression: z.string().max(2000).optional(),
  response: z.string().max(200).optional(),
  variables: z.array(z.string().max(40)).min(1).max(20).optional(),
  start: z.record(z.string().max(40), decimal),
  x: list(place),
  y: list(decimal),
  uy: list(positive).optional(),
  weights: z.enum(['absolute', 'relative']).optional(),
  predict: list(place).optional(),
  probability,
  digits: whole(1, 40).optional(),
});
type Request = z.output<typeof schema>;

/** Any formula over independents and parameters, fitted by Levenberg-Marquardt. */
export const expressionModel: RequestModel = requestModel({
  name: 'expression',
  summary: 'any formula, such as "b1*(1-exp(-b2*x))", by Levenberg-Marquardt',
  members: [
    'expression: the formula, or "log(y) = formula"; may stand in "model" itself',
    'start: {"b1":"500","b2":"0.0001"}, a start for every parameter; their order is that of the answer',
    'x: ["77.6",…] or rows [["1","2"],…]; y: ["10.07",…]',
    'variables: names of the independents; "x", or "x1","x2",… for rows, where left out',
    'response: what is fitted, over y: "log(y)"',
    'uy: standard uncertainties of y; weights: "absolute" (uy as stated; default with uy) or "relative" (ratios only)',
    'predict: places, as in x; probability: "0.95"; digits: 1 to 40 (15)',
  ],
  schema,
  answer,
});

function answer(request: Request): FitAnswer {
  const rows = request.x.map((row) => (typeof row === 'string' ? [row] : row));
  const variables = request.variables ?? namesFor(rows[0] ?? []);
  const formula = readFormula({
    ...(request.model === 'expression'
      ? { text: request.expression ?? missingExpression(), path: 'expression' }
      : { text: request.model, path: 'model' }),
    response: request.response,
    variables,
    start: Object.keys(request.start),
  });
  checkShape(request, rows, variables.length);
  const readings = responses(request, formula);
  const start = formula.parameters.map((name) => fromText(request.start[name] ?? '0'));
  const columns = columnsOf(rows, variables);
  const problem = expressionProblem(formula.model, formula.parameters, {
    variables: columns,
    readings: readings.map(({ value }) => value),
    inverseUncertainties: request.uy && readings.map(({ inverse }) => inverse),
  });
  const stated = request.uy !== undefined && request.weights !== 'relative';
  const fit = fitNonlinear(problem, start, stated ? 'stated' : 'scatter');
  const digits = request.digits ?? 15;
  const told = fitAnswer({
    model: request.model,
    names: formula.parameters,
    fit,
    readings: readings.map(({ value }) => value),
    inverseUncertainties: request.uy && readings.map(({ inverse }) => inverse),
    digits,
  });
  if (request.predict === undefined) return told;
  const asked = { places: request.predict, digits, stated, weighted: request.uy !== undefined };
  const readingsAt = [...columns.values()];
  return inRange(() => {
    const found = predictions(formula, fit, {
      ...asked,
      readings: readingsAt,
      probability: Number(request.probability),
    });
    const outside = found.flatMap(({ extrapolated }, i) => (extrapolated ? [outsideNote('predict', i)] : []));
    const warnings = [...fit.warnings, ...outside];
    return { ...told, predictions: found, ...(warnings.length > 0 && { warnings }) };
  });
}

const namesFor = (row: readonly string[]): string[] =>
  row.length === 1 ? ['x'] : row.map((_, k) => `x${k + 1}`);

function missingExpression(): never {
  throw new RequestError('expression', 'is missing');
}

function checkShape(request: Request, rows: readonly (readonly string[])[], width: number): void {
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) throw new RequestError(`x.${odd}`, `must have ${width} values`);
  if (request.y.length !== rows.length)
    throw new RequestError('y', `has ${request.y.length} values for ${rows.length} of x`);
  if (request.uy && request.uy.length !== rows.length)
    throw new RequestError('uy', `has ${request.uy.length} values for ${rows.length} of x`);
  if (request.weights !== undefined && request.uy === undefined)
    throw new RequestError('uy', 'is missing: weights come from the uncertainties of y');
}

const columnsOf = (rows: readonly (readonly string[])[], names: readonly string[]): Map<string, Real[]> =>
  new Map(names.map((name, k) => [name, rows.map((row) => fromText(row[k] ?? '0'))]));

/** What is fitted of each y, and 1 / its uncertainty: u(y) times the slope of the response. */
function responses({ y, uy }: Request, { response }: Formula): { value: Real; inverse: Real }[] {
  return y.map((text, i) => {
    const read: RealDual = { value: fromText(text), by: [unit] };
    const { value, by } = outsideDomain(`y.${i}`, () =>
      response === null ? read : response.over(realDuals, () => read),
    );
    const slope = size(by?.[0] ?? nought);
    const u = uy?.[i];
    if (u === undefined) return { value, inverse: unit };
    return { value, inverse: outsideDomain(`uy.${i}`, () => over(unit, times(fromText(u), slope))) };
  });
}
