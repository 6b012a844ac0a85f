import { Failure } from '../contract/failure.ts';
import { compareDecimal } from '../units/units.ts';
import { rootText, valueText } from './fit/text.ts';
import { inverseSquares } from './fit/weights.ts';
import { type LeastSquares, leastSquares } from './least-squares.ts';
import { fromDecimal, multiply, one, type Rational } from './rational.ts';

/** A model that is linear in its parameters: y = sum of parameter x term(x). */
export interface FitModel {
  /** Names of the parameters, in the order of the terms. */
  parameters: readonly string[];
  terms(x: Rational): Rational[];
  /** One of the terms is constant. */
  constant: boolean;
}

/** y = b0 + b1 x + ... + bn x^n. */
export const polynomial = (degree: number): FitModel => ({
  parameters: Array.from({ length: degree + 1 }, (_, k) => `b${k}`),
  terms: (x) => {
    const powers = [one];
    for (let k = 1; k <= degree; k += 1) powers.push(multiply(powers[k - 1] ?? one, x));
    return powers;
  },
  constant: true,
});

/** Every model that can be chosen. To add one: one object here. */
export const fitModels = {
  line: { ...polynomial(1), parameters: ['offset', 'gain'] },
  proportional: { parameters: ['gain'], terms: (x) => [x], constant: false },
} as const satisfies Record<string, FitModel>;

/** A fit as decimal text; `exact` holds the fractions behind it. */
export interface Fit {
  parameters: string[];
  /**
   * Standard uncertainties of the parameters: from the stated uncertainties of y where they were given, else from the
   * scatter of the readings (null without a degree of freedom). The two are never mixed.
   */
  standardUncertainties: string[] | null;
  residualStandardDeviation: string | null;
  degreesOfFreedom: number;
  /** Null for readings that are all the same. */
  rSquared: string | null;
  exact: LeastSquares;
}

export interface FitOptions {
  /** Significant digits of the text, at most; 30 where left out. */
  digits?: number;
  /** Stated standard uncertainty of each y: weights 1/u^2. */
  uncertainties?: readonly string[];
}

/** Fits `model` to decimal text. Fails with FIT_IMPOSSIBLE where the readings do not determine it. */
export function fitLinear(
  model: FitModel,
  x: readonly string[],
  y: readonly string[],
  options: FitOptions = {},
): Fit {
  const { digits = 30, uncertainties } = options;
  if (x.length !== y.length) throw new Failure('FIT_IMPOSSIBLE', { detail: 'x and y are not pairs' });
  if (x.length < model.parameters.length) {
    throw new Failure('FIT_IMPOSSIBLE', {
      detail: `${x.length} readings for ${model.parameters.length} parameters`,
    });
  }
  if (uncertainties?.some((u) => compareDecimal(u, '0') <= 0)) {
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'an uncertainty is not above zero' });
  }
  const design = x.map((text) => model.terms(fromDecimal(text)));
  const exact = leastSquares(design, y.map(fromDecimal), {
    constant: model.constant,
    ...(uncertainties && { weights: inverseSquares(uncertainties) }),
  });
  if (exact === null)
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'the readings lie at too few different points' });
  return asText(exact, uncertainties ? one : exact.residualVariance, digits);
}

/** `unitVariance` turns the cofactors into the covariance matrix. */
function asText(exact: LeastSquares, unitVariance: Rational | null, digits: number): Fit {
  const text = (value: Rational): string => valueText(value, digits);
  const root = (value: Rational): string => rootText(value, digits);
  return {
    parameters: exact.parameters.map(text),
    standardUncertainties:
      unitVariance && exact.cofactors.map((row, k) => root(multiply(row[k] ?? one, unitVariance))),
    residualStandardDeviation: exact.residualVariance && root(exact.residualVariance),
    degreesOfFreedom: exact.degreesOfFreedom,
    rSquared: exact.rSquared && text(exact.rSquared),
    exact,
  };
}

/** Straight line y = offset + gain x through decimal text; parameters are [offset, gain]. */
export const fitLine = (x: readonly string[], y: readonly string[], digits?: number): Fit =>
  fitLinear(fitModels.line, x, y, digits === undefined ? {} : { digits });
