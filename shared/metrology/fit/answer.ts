import { compare, fromDecimal, type Rational, rational } from '../rational.ts';
import { unreduced, type WholeMatrix } from '../whole-column.ts';
import { chiSquaredTest, lackOfFit, regressionF } from './analysis.ts';
import { type Curve, curveOf } from './curve.ts';
import { type InverseAnswer, inverse } from './inverse.ts';
import type { LinearFit } from './linear.ts';
import { type Prediction, predict } from './predict.ts';
import type { Coefficient, FitAnswer } from './registry.ts';
import { rootText, valueText } from './text.ts';

/** Coefficients of a curve and their covariance, as text. */
export function coefficientsText(
  { model, coefficients, covariance }: Pick<Curve, 'model' | 'coefficients' | 'covariance'>,
  digits: number,
): { coefficients: Coefficient[]; covariance: string[][] | null } {
  return {
    coefficients: model.names.map((name, k) => ({
      name,
      value: valueText(coefficients[k] ?? rational(0n), digits),
      standardUncertainty: covariance && rootText(cell(covariance, k, k), digits),
    })),
    covariance:
      covariance?.whole.map((row, j) => row.map((_, k) => valueText(cell(covariance, j, k), digits))) ?? null,
  };
}

const cell = ({ whole, scale }: WholeMatrix, j: number, k: number): Rational =>
  unreduced(whole[j]?.[k] ?? 0n, scale);

/** What a linear fit answers, whatever its model. */
export function linearAnswer(name: string, fit: LinearFit, digits: number): FitAnswer {
  const { exact, observations } = fit;
  const { weighting } = observations;
  const chiSquared =
    weighting === 'absolute'
      ? chiSquaredTest(exact.residualSumOfSquares, exact.degreesOfFreedom, digits)
      : null;
  return {
    model: name,
    ...coefficientsText(curveOf(fit), digits),
    residualStandardDeviation: exact.residualVariance && rootText(exact.residualVariance, digits),
    rSquared: fit.rSquared && valueText(fit.rSquared, digits),
    degreesOfFreedom: exact.degreesOfFreedom,
    residuals: residualsText(fit, digits),
    residualSumOfSquares: valueText(exact.residualSumOfSquares, digits),
    f: regressionF(fit, digits),
    lackOfFit: lackOfFit(fit, digits),
    weights: weighting,
    ...(weighting === 'absolute' && { chiSquared }),
  };
}

/** Rounded without reducing ten thousand fractions first. */
const residualsText = ({ exact }: LinearFit, digits: number): string[] =>
  exact.left.whole.map((over) => valueText(unreduced(over, exact.left.scale), digits));

export interface Asked {
  digits: number;
  probability: string;
  predict?: readonly string[] | undefined;
  inverse?: readonly { y: string; uy: string }[] | undefined;
}

export interface Answered {
  predictions?: Prediction[];
  inverse?: InverseAnswer[];
  warnings: string[];
}

/** Predictions and inverse evaluations of a curve over one regressor. */
export function answerQuestions(
  curve: Curve,
  x: readonly string[],
  { digits, probability, ...asked }: Asked,
): Answered {
  const places = x.map(fromDecimal).sort(compare);
  const [least, largest] = [places[0] ?? rational(0n), places.at(-1) ?? rational(0n)];
  const outside = (place: Rational): boolean => compare(place, least) < 0 || compare(place, largest) > 0;
  const options = { digits, probability: Number(probability) };
  const predictions = asked.predict?.map((text) => {
    const place = fromDecimal(text);
    return predict(curve, text, [place], { ...options, extrapolated: outside(place) });
  });
  const found = asked.inverse?.map((each, at) =>
    inverse(curve, each, { ...options, range: [least, largest], path: `inverse.${at}` }),
  );
  return {
    ...(predictions && { predictions }),
    ...(found && { inverse: found }),
    warnings: [...extrapolations('predict', predictions), ...extrapolations('inverse', found)],
  };
}

export const extrapolations = (
  member: string,
  answers: readonly { extrapolated: boolean }[] | undefined,
): string[] =>
  (answers ?? []).flatMap(({ extrapolated }, at) =>
    extrapolated ? [`${member}.${at} lies outside of the readings: the model is not proven there`] : [],
  );
