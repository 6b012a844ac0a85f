import { coverageFactor } from '../../fit/curve.ts';
import { floatText, intervalText } from '../../fit/text.ts';
import { RequestError } from '../../request.ts';
import { liesOutside } from '../extrapolation.ts';
import { realDuals } from '../real/arithmetic.ts';
import { squareRoot } from '../real/functions.ts';
import { fromText, nought, plus, type Real, realText, times, toRational, unit } from '../real/real.ts';
import { between } from '../real/symmetric.ts';
import type { Formula } from './formula.ts';
import type { NonlinearFit } from './nonlinear.ts';

export interface Asked {
  places: readonly (string | readonly string[])[];
  digits: number;
  probability: number;
  /** The independents at the readings, one list a variable. */
  readings: readonly (readonly Real[])[];
  /** Uncertainties were stated: then one more reading has one of its own, and no t-factor is needed. */
  weighted: boolean;
  stated: boolean;
}

/** The fitted formula at asked places: the curve itself, and one new reading there, as linear models have them. */
export function predictions(formula: Formula, fit: NonlinearFit, asked: Asked) {
  const { digits, probability, stated, weighted } = asked;
  const k =
    fit.covariance && coverageFactor(probability, stated ? Number.POSITIVE_INFINITY : fit.degreesOfFreedom);
  const s = fit.residualStandardDeviation;
  return asked.places.map((place, i) => {
    const { value, slopes } = valueAt(formula, fit, place, `predict.${i}`);
    const row = rowOf(place);
    const extrapolated = asked.readings.some((column, at) => liesOutside(fromText(row[at] ?? '0'), column));
    const found = { x: place, value: realText(value, digits), extrapolated };
    if (fit.covariance === null || k === null)
      return { ...found, standardUncertainty: null, interval: null, newReading: null, coverageFactor: null };
    const variance = between(slopes, fit.covariance, slopes);
    const spread = (square: Real) => {
      const standardUncertainty = realText(squareRoot(square), digits);
      return { standardUncertainty, interval: intervalText(toRational(value), k, standardUncertainty) };
    };
    return {
      ...found,
      ...spread(variance),
      newReading: weighted || s === null ? null : spread(plus(variance, times(s, s))),
      coverageFactor: floatText(k),
    };
  });
}

const rowOf = (place: string | readonly string[]): readonly string[] =>
  typeof place === 'string' ? [place] : place;

function valueAt(
  { model, variables, parameters }: Formula,
  { parameters: values }: NonlinearFit,
  place: string | readonly string[],
  path: string,
): { value: Real; slopes: readonly Real[] } {
  const row = rowOf(place);
  if (row.length !== variables.length) throw new RequestError(path, `must have ${variables.length} values`);
  const { value, by } = outsideDomain(path, () =>
    model.over(realDuals, (name) => {
      const k = parameters.indexOf(name);
      if (k >= 0)
        return { value: values[k] ?? nought, by: parameters.map((_, j) => (j === k ? unit : nought)) };
      return { value: fromText(row[variables.indexOf(name)] ?? '0'), by: null };
    }),
  );
  return { value, slopes: by ?? parameters.map(() => nought) };
}

/** A formula that has no value at what was given is the fault of the member that gave it. */
export function outsideDomain<T>(path: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(path, `cannot be used: ${error.message}`);
    throw error;
  }
}
