import type { Rational } from '../rational.ts';
import { normal } from '../statistics/normal.ts';
import { studentT } from '../statistics/student-t.ts';
import type { WholeMatrix } from '../whole-column.ts';
import { type LinearFit, quadraticForm } from './linear.ts';
import { type LinearModel, modelValue } from './linear-model.ts';

/** A fitted model that can be evaluated: its coefficients with their covariance. */
export interface Curve {
  model: LinearModel;
  coefficients: readonly Rational[];
  /** Null where nothing is left to judge the fit by. */
  covariance: WholeMatrix | null;
  /** Variance of one new reading of equal weight; null where readings have uncertainties of their own. */
  readingVariance: Rational | null;
  /** Of the coverage factor; infinite where the uncertainties were stated. */
  degreesOfFreedom: number;
}

export const curveOf = ({ model, exact, covariance, observations }: LinearFit): Curve => ({
  model,
  coefficients: exact.parameters,
  covariance,
  readingVariance: observations.weighting === 'none' ? exact.residualVariance : null,
  degreesOfFreedom: observations.weighting === 'absolute' ? Number.POSITIVE_INFINITY : exact.degreesOfFreedom,
});

export const curveValue = ({ model, coefficients }: Curve, x: readonly Rational[]): Rational =>
  modelValue(model, coefficients, x);

/** Of the value of the curve at x; null as the covariance. */
export const curveVariance = ({ model, covariance }: Curve, x: readonly Rational[]): Rational | null =>
  covariance && quadraticForm(covariance, model.terms(x));

/** k such that +-k u holds the value with this probability. */
export const coverageFactor = (probability: number, degreesOfFreedom: number): number =>
  Number.isFinite(degreesOfFreedom)
    ? studentT.coverageFactor(probability, degreesOfFreedom)
    : normal.coverageFactor(probability);
