import { z } from 'zod';
import { Failure } from '../../contract/failure.ts';
import { type FitAnswer, type RequestModel, requestModel } from '../fit/registry.ts';
import { whole } from '../request.ts';
import { fitAnswer, inRange } from './answer.ts';
import { fitLinearTerms, fitOf } from './linear.ts';
import { nought, type Real, realText, unit } from './real/real.ts';
import { at, factored, type Matrix, normalEquations } from './real/symmetric.ts';
import { usualDigits } from './sensor.ts';
import { correctedBy, longTriples, sameLength, triples } from './vector-requests.ts';

const schema = z.strictObject({
  model: z.string(),
  x: triples,
  y: triples,
  evaluate: triples.optional(),
  digits: whole(1, 40).optional(),
});
type Request = z.output<typeof schema>;
const axes = ['x', 'y', 'z'] as const;

/** Each axis of the readings is a linear function of the reference: 12 parameters, three problems with one design. */
export const accelerometerModel: RequestModel = requestModel({
  name: 'accelerometer-six-position',
  summary: 'reading = M g + b, corrected = M^-1 (reading - b); six positions or more',
  members: [
    'x: reference in each position, [["1","0","0"],…] in g; y: readings [["1.07","-0.027","0.116"],…]',
    'evaluate: readings to correct; answer has matrix, bias and correction (M^-1); digits: 1 to 40 (15)',
  ],
  schema,
  answer,
});

function answer({ x, y, evaluate, digits = usualDigits }: Request): FitAnswer {
  sameLength(x, y, 'y');
  const design = longTriples(x).map((row) => [...row, unit]);
  const readings = longTriples(y);
  const fits = axes.map((_, axis) =>
    fitLinearTerms({ design, readings: readings.map((row) => at(row, axis)) }),
  );
  const matrix = fits.map(({ parameters }) => parameters.slice(0, 3));
  const bias = fits.map(({ parameters }) => at(parameters, 3));
  const correction = inverseOf(matrix);
  const single =
    factored(
      normalEquations(
        design,
        readings.map(() => nought),
      ).matrix,
    )?.inverse() ?? [];
  // Covariance of all twelve: the same block for each axis, nothing between the axes.
  const cofactors = axes.flatMap((_, axis) =>
    single.map((row) => axes.flatMap((__, other) => row.map((value) => (other === axis ? value : nought)))),
  );
  const fit = fitOf(
    fits.flatMap(({ parameters }) => parameters),
    cofactors,
    readings.flatMap((_, i) => fits.map(({ residuals }) => at(residuals, i))),
    'scatter',
  );
  const text = (value: Real): string => realText(value, digits);
  return inRange(() => ({
    ...fitAnswer({
      model: 'accelerometer-six-position',
      names: [1, 2, 3].flatMap((i) => [`M${i}1`, `M${i}2`, `M${i}3`, `b${i}`]),
      fit,
      readings: readings.flat(),
      digits,
    }),
    matrix: matrix.map((row) => row.map(text)),
    bias: bias.map(text),
    correction: correction.map((row) => row.map(text)),
    ...(evaluate && {
      evaluations: longTriples(evaluate).map((reading, i) => ({
        reading: evaluate[i],
        value: correctedBy(correction, bias, reading).map(text),
      })),
    }),
  }));
}

/** (M'M)^-1 M': a matrix that cannot be turned back corrects nothing. */
function inverseOf(matrix: Matrix): Real[][] {
  const columns = [0, 1, 2].map((k) => matrix.map((row) => at(row, k)));
  const square = factored(normalEquations(matrix, [nought, nought, nought]).matrix);
  if (square === null)
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'two axes of the readings are the same' });
  const solved = [0, 1, 2].map((row) => square.solve(columns.map((column) => at(column, row))));
  return [0, 1, 2].map((k) => solved.map((row) => at(row, k)));
}
