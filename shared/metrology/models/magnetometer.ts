import { z } from 'zod';
import { type FitAnswer, type RequestModel, requestModel } from '../fit/registry.ts';
import { positive, whole } from '../request.ts';
import { inRange } from './answer.ts';
import { corrected, ellipsoidOf, fitEllipsoid, lengthOf } from './ellipsoid.ts';
import { propagated } from './linear.ts';
import { difference } from './nonlinear/problem.ts';
import { squareRoot } from './real/functions.ts';
import { fromText, fromWhole, over, type Real, realText } from './real/real.ts';
import { at, dot, type Vector } from './real/symmetric.ts';
import { usualDigits } from './sensor.ts';
import { longTriples, triple, triples } from './vector-requests.ts';

const schema = z.strictObject({
  model: z.string(),
  x: triples,
  field: positive,
  evaluate: z.array(triple).optional(),
  digits: whole(1, 40).optional(),
});
type Request = z.output<typeof schema>;
const unknowns = 9;

export const magnetometerModel: RequestModel = requestModel({
  name: 'magnetometer-ellipsoid',
  summary: "readings on the ellipsoid m'Qm + 2 q'm = 1; corrected = W (m - c), of the length of the field",
  members: [
    'x: readings in all directions, [["-19.83","-36.69","-26.73"],…]; field: length of the field in the same unit',
    'evaluate: readings to correct; answer has centre (hard iron) and correction W (soft iron); digits: 1 to 40 (15)',
    "residuals: field less the length of each corrected reading; the square sum that is least is that of m'Qm + 2 q'm - 1",
  ],
  schema,
  answer,
});

/** Upper triangle of W by rows, and the centre. */
const outputs = ['c1', 'c2', 'c3', 'W11', 'W12', 'W13', 'W22', 'W23', 'W33'];

function answer({ x, field: fieldText, evaluate, digits = usualDigits }: Request): FitAnswer {
  const points = longTriples(x);
  const field = fromText(fieldText);
  const text = (value: Real): string => realText(value, digits);
  return inRange(() => {
    const fit = fitEllipsoid(points);
    const told = (parameters: Vector): Real[] => {
      const { centre, matrix } = ellipsoidOf(fit, parameters, field);
      return [...centre, ...matrix.flatMap((row, j) => row.slice(j))];
    };
    const ellipsoid = ellipsoidOf(fit, fit.parameters, field);
    const covariance = fit.covariance && propagated(told, fit.parameters, fit.covariance);
    const residuals = points.map((point) => difference(field, lengthOf(corrected(ellipsoid, point))));
    const degreesOfFreedom = points.length - unknowns;
    return {
      model: 'magnetometer-ellipsoid',
      coefficients: told(fit.parameters).map((value, k) => ({
        name: outputs[k] ?? '',
        value: text(value),
        standardUncertainty: covariance && text(squareRoot(at(covariance[k], k))),
      })),
      covariance: covariance?.map((row) => row.map(text)) ?? null,
      residualStandardDeviation:
        degreesOfFreedom > 0
          ? text(squareRoot(over(dot(residuals, residuals), fromWhole(degreesOfFreedom))))
          : null,
      rSquared: null,
      degreesOfFreedom,
      residuals: residuals.map(text),
      centre: ellipsoid.centre.map(text),
      correction: ellipsoid.matrix.map((row) => row.map(text)),
      ...(evaluate && {
        evaluations: longTriples(evaluate).map((reading, i) => ({
          reading: evaluate[i],
          value: corrected(ellipsoid, reading).map(text),
        })),
      }),
    };
  });
}
