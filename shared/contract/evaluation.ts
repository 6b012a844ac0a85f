import { z } from 'zod';
import { DecimalText } from './devices.ts';

/** One line of an uncertainty budget (JCGM 100). Figures in the channel's unit. */
export const BudgetLine = z.strictObject({
  name: z.string().max(80),
  distribution: z.enum(['normal', 'rectangular', 'triangular', 'u-shaped', 't']),
  /** As it was stated: half-width, or expanded uncertainty with its divisor k, or standard uncertainty. */
  amount: DecimalText,
  divisor: DecimalText,
  standardUncertainty: DecimalText,
  /** Null: infinite. */
  degreesOfFreedom: DecimalText.nullable(),
  sensitivity: DecimalText,
  /** |c| u. */
  contribution: DecimalText,
  /** Of the combined variance, percent. */
  share: DecimalText,
});
export type BudgetLine = z.infer<typeof BudgetLine>;

export const PointVerdict = z.enum(['pass', 'conditional-pass', 'conditional-fail', 'fail']);
export type PointVerdict = z.infer<typeof PointVerdict>;

/** What a run says of one nominal value: one row of the certificate. Figures in the channel's unit. */
export const PointEvaluation = z.strictObject({
  nominal: DecimalText,
  /** Indices into the run's results that it is made from. */
  results: z.array(z.number().int().nonnegative()).min(1),
  reference: DecimalText,
  unit: DecimalText,
  /** Unit - reference, with the correction of the standard's certificate applied to the reference. */
  error: DecimalText,
  /** |up - down|; null where it was not measured both ways. */
  hysteresis: DecimalText.nullable(),
  /** Standard deviation of the errors over the cycles; null for one cycle. */
  repeatability: DecimalText.nullable(),
  budget: z.array(BudgetLine),
  standardUncertainty: DecimalText,
  /** Null: infinite. */
  effectiveDegreesOfFreedom: DecimalText.nullable(),
  coverageFactor: DecimalText,
  /** Rounded as GUM 7.2.6; `errorRounded` ends at the same place. */
  expandedUncertainty: DecimalText,
  errorRounded: DecimalText,
  /** Acceptance limits of the error by the decision rule; null where the guard band leaves none. */
  acceptance: z.strictObject({ lower: DecimalText, upper: DecimalText }).nullable(),
  verdict: PointVerdict,
  /** JCGM 106: that the true error lies within the tolerance, percent. */
  conformanceProbability: DecimalText,
  /** Tolerance / expanded uncertainty. */
  tur: DecimalText,
});
export type PointEvaluation = z.infer<typeof PointEvaluation>;

/** A whole run, judged. */
export const RunEvaluation = z.strictObject({
  /** In the order of the plan's points, each value once. */
  points: z.array(PointEvaluation),
  verdict: PointVerdict,
  /** Every point within the as-left limit (with the decision rule): nothing needs to be adjusted. */
  withinAsLeftLimit: z.boolean(),
  /** How U was rounded, and the decision rule in words with its risk, as the certificate prints them. */
  roundingStatement: z.string().max(600),
  decisionStatement: z.string().max(800),
  /** Null where the standard has no certificate in the register: then no uncertainty can be stated. */
  uncertaintyStatement: z.string().max(800).nullable(),
});
export type RunEvaluation = z.infer<typeof RunEvaluation>;

/** A model laid beside others for the adjustment: which one the readings speak for. */
export const ModelComparison = z.strictObject({
  model: z.enum(['offset', 'line', 'polynomial-2', 'polynomial-3']),
  residualStandardDeviation: DecimalText,
  degreesOfFreedom: z.number().int(),
  /** Lack-of-fit F, and the probability of a larger one; null where no value was measured twice. */
  lackOfFit: z.strictObject({ f: DecimalText, p: DecimalText }).nullable(),
  /** Largest |residual| of a point's mean, in the channel's unit. */
  largestResidual: DecimalText,
  /** The unit can hold it. */
  adjustable: z.boolean(),
  chosen: z.boolean(),
});
export type ModelComparison = z.infer<typeof ModelComparison>;
