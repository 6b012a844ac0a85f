import { z } from 'zod';
import { type FitAnswer, type RequestModel, requestModel } from '../fit/registry.ts';
import { decimal, list, notNegative, RequestError, whole } from '../request.ts';
import { type AnalysisFunctionName, analysisFunctions, fitAnalysisFunction } from './analysis-function.ts';
import { fitAnswer, inRange } from './answer.ts';
import { difference } from './nonlinear/problem.ts';
import { compareReal, fromText, fromWhole, nought, type Real, realText } from './real/real.ts';
import { at } from './real/symmetric.ts';
import { usualDigits } from './sensor.ts';

const functions = Object.keys(analysisFunctions) as [AnalysisFunctionName, ...AnalysisFunctionName[]];
const response = z.union([
  z.strictObject({ y: decimal, uy: notNegative.default('0') }),
  decimal.transform((y) => ({ y, uy: '0' })),
]);

const schema = z.strictObject({
  model: z.string(),
  function: z.enum(functions, `must be one of ${functions.join(', ')}`).default('linear'),
  x: list(decimal),
  ux: list(notNegative),
  y: list(decimal),
  uy: list(notNegative),
  evaluate: list(response).optional(),
  digits: whole(1, 40).optional(),
});
type Request = z.output<typeof schema>;

export const analysisModel: RequestModel = requestModel({
  name: 'iso6143',
  summary: 'analysis function x = G(y) with uncertainty in x and y (ISO 6143, B_LEAST)',
  members: [
    `function: ${functions.map((name) => `${name} (${analysisFunctions[name].formula})`).join(', ')}`,
    'x, ux: references and their standard uncertainties; y, uy: responses and theirs',
    'evaluate: responses [{"y":"0.258","uy":"0.00516"},…] -> x and its standard uncertainty; digits: 1 to 40 (15)',
    'answer has chiSquared, maxWeightedResidual and accepted (it is at most 2); residuals are x - G(adjusted y)',
  ],
  schema,
  answer,
});

function answer(request: Request): FitAnswer {
  const { x, ux, y, uy, digits = usualDigits } = request;
  for (const [name, values] of Object.entries({ ux, y, uy }))
    if (values.length !== x.length)
      throw new RequestError(name, `has ${values.length} values for ${x.length} of x`);
  const points = x.map((text, i) => ({
    x: fromText(text),
    ux: fromText(ux[i] ?? '0'),
    y: fromText(y[i] ?? '0'),
    uy: fromText(uy[i] ?? '0'),
  }));
  const text = (value: Real): string => realText(value, digits);
  return inRange(() => {
    const fit = fitAnalysisFunction(request.function, points);
    const told = fitAnswer({
      model: 'iso6143',
      names: fit.names,
      fit,
      readings: points.map((point) => point.x),
      digits,
    });
    const { residualSumOfSquares, ...rest } = told;
    const outside = outsideOf(
      request,
      points.map((point) => point.y),
    );
    return {
      ...rest,
      function: request.function,
      // About what line the readings would vary is not said by one side alone.
      rSquared: null,
      residuals: points.map((point, i) =>
        text(difference(point.x, fit.evaluate(at(fit.adjusted, i), nought).x)),
      ),
      adjusted: fit.adjusted.map(text),
      chiSquared: residualSumOfSquares,
      maxWeightedResidual: text(fit.largestWeighted),
      accepted: compareReal(fit.largestWeighted, fromWhole(2)) <= 0,
      ...(request.evaluate && {
        evaluations: request.evaluate.map((each) => {
          const found = fit.evaluate(fromText(each.y), fromText(each.uy));
          return { ...each, value: text(found.x), standardUncertainty: text(found.ux) };
        }),
      }),
      ...(outside.length > 0 && { warnings: outside }),
    };
  });
}

function outsideOf({ evaluate = [] }: Request, responses: readonly Real[]): string[] {
  const ordered = responses.toSorted(compareReal);
  return evaluate.flatMap(({ y }, i) => {
    const value = fromText(y);
    const isOutside =
      compareReal(value, at(ordered, 0)) < 0 || compareReal(value, at(ordered, ordered.length - 1)) > 0;
    return isOutside
      ? [`evaluate.${i}: ${y} lies outside the calibration; ISO 6143 does not extrapolate`]
      : [];
  });
}
