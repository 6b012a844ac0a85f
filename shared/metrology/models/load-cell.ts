import { z } from 'zod';
import { type FitAnswer, type RequestModel, requestModel } from '../fit/registry.ts';
import { positive, RequestError, whole } from '../request.ts';
import { fitAnswer, inRange } from './answer.ts';
import { evaluatedAnswer } from './evaluated.ts';
import { fitLinearTerms } from './linear.ts';
import { compareReal, fromText, fromWhole, nought, over, plus, type Real, times, unit } from './real/real.ts';
import { at, type Vector } from './real/symmetric.ts';
import {
  BeyondRange,
  commonMembers,
  evaluations,
  inverseUncertainties,
  type Readings,
  readingMembers,
  readingsOf,
  usualDigits,
} from './sensor.ts';
import { solveMonotone } from './solve.ts';

const schema = z.strictObject({
  model: z.string(),
  excitation: positive.optional(),
  ratedOutput: positive.optional(),
  ratedLoad: positive.optional(),
  degree: whole(1, 3).optional(),
  intercept: z.boolean().optional(),
  ...readingMembers,
  ...commonMembers,
});
type Request = z.output<typeof schema>;

export const loadCellModel: RequestModel = requestModel({
  name: 'load-cell',
  summary: 'bridge: F = F_rated S/S_rated, S in mV/V; fitted F = b0 + b1 S + b2 S^2 + b3 S^3 (ISO 376)',
  members: [
    'excitation: bridge supply in V, where x and evaluate are mV; without it they are mV/V',
    'ratedOutput: mV/V; ratedLoad: load at it (its unit is that of the answer); evaluate: signals; invert: loads',
    'or x: signals; y: loads; degree: 1 to 3 (1); intercept: true (default) or false; uy, weights',
  ],
  schema,
  answer,
});

/** Signal in mV/V to load: by rated values or by a polynomial. */
function answer(request: Request): FitAnswer {
  const digits = request.digits ?? usualDigits;
  const supply = fromText(request.excitation ?? '1');
  const readings = readingsOf(request);
  if (readings !== null) return fitted(request, readings, supply, digits);
  const { ratedOutput, ratedLoad } = request;
  if (ratedOutput === undefined) throw new RequestError('ratedOutput', 'is missing: mV/V at the rated load');
  if (ratedLoad === undefined) throw new RequestError('ratedLoad', 'is missing');
  if (request.evaluate === undefined && request.invert === undefined)
    throw new RequestError('evaluate', 'is missing: signals to evaluate, or loads to "invert"');
  const gain = over(over(fromText(ratedLoad), fromText(ratedOutput)), supply);
  const model = {
    ...parts,
    forward: (_: Vector, signal: Real) => times(signal, gain),
    inverse: (_: Vector, load: Real) => over(load, gain),
  };
  return inRange(() => evaluatedAnswer('load-cell', evaluations(model, request, [], null, digits)));
}

const parts = { name: 'load-cell', equation: '', x: '', y: '', parameters: [], source: '' };

function fitted(request: Request, readings: Readings, supply: Real, digits: number): FitAnswer {
  if (request.ratedOutput !== undefined || request.ratedLoad !== undefined)
    throw new RequestError('ratedLoad', 'either readings are fitted, or rated values are given');
  const degree = request.degree ?? 1;
  const least = request.intercept === false ? 1 : 0;
  const powers = Array.from({ length: degree + 1 - least }, (_, k) => k + least);
  const signals = readings.x.map((text) => over(fromText(text), supply));
  const loads = readings.y.map(fromText);
  const inverse = inverseUncertainties(readings.uy);
  const fit = fitLinearTerms({
    design: signals.map((signal) => powers.map((power) => raised(signal, power))),
    readings: loads,
    inverseUncertainties: inverse,
    scaling: readings.weights === 'absolute' ? 'stated' : 'scatter',
  });
  const ordered = signals.toSorted(compareReal);
  const [low, high] = [at(ordered, 0), at(ordered, ordered.length - 1)];
  const curve = (parameters: Vector, signal: Real) => ({
    value: powers.map((power, k) => times(at(parameters, k), raised(signal, power))).reduce(plus, nought),
    slope: powers
      .map((power, k) =>
        power === 0 ? nought : times(times(fromWhole(power), at(parameters, k)), raised(signal, power - 1)),
      )
      .reduce(plus, nought),
  });
  const model = {
    ...parts,
    forward: (parameters: Vector, mV: Real) => {
      const signal = over(mV, supply);
      if (compareReal(signal, low) < 0 || compareReal(signal, high) > 0)
        throw new BeyondRange('the signal lies outside the readings');
      return curve(parameters, signal).value;
    },
    inverse: (parameters: Vector, load: Real) => {
      if (!rises(fit.parameters, powers, low, high))
        throw new BeyondRange('the fitted curve turns within the readings: no single signal has this load');
      const signal = solveMonotone((value) => curve(parameters, value), load, low, high);
      if (signal === null) throw new BeyondRange('the load lies outside the readings');
      return times(signal, supply);
    },
  };
  return {
    ...fitAnswer({
      model: 'load-cell',
      names: powers.map((power) => `b${power}`),
      fit,
      readings: loads,
      inverseUncertainties: inverse,
      digits,
    }),
    ...evaluations(model, request, fit.parameters, fit.covariance, digits),
  };
}

const raised = (x: Real, power: number): Real => Array.from({ length: power }, () => x).reduce(times, unit);

/** The slope b1 + 2 b2 S + 3 b3 S^2 has one sign from low to high: at both ends, and at its own turning point. */
function rises(parameters: Vector, powers: readonly number[], low: Real, high: Real): boolean {
  const [b1, b2, b3] = [1, 2, 3].map((power) => at(parameters, powers.indexOf(power)));
  const slope = (s: Real): Real =>
    [b1, times(fromWhole(2), times(b2 ?? nought, s)), times(fromWhole(3), times(b3 ?? nought, times(s, s)))]
      .map((value) => value ?? nought)
      .reduce(plus, nought);
  const places = [low, high];
  if (b3 !== undefined && b3.whole !== 0n) {
    const turn = over(b2 ?? nought, times(fromWhole(-3), b3));
    if (compareReal(turn, low) > 0 && compareReal(turn, high) < 0) places.push(turn);
  }
  return (
    new Set(places.map((s) => Math.sign(compareReal(slope(s), nought)))).size === 1 && slope(low).whole !== 0n
  );
}
