import type { FitAnswer } from '../fit/registry.ts';

/** The answer of a model that is evaluated only: nothing was fitted. */
export const evaluatedAnswer = (model: string, members: Readonly<Record<string, unknown>>): FitAnswer => ({
  model,
  coefficients: [],
  covariance: null,
  residualStandardDeviation: null,
  rSquared: null,
  degreesOfFreedom: 0,
  residuals: [],
  ...members,
});
