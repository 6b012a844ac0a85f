import { z } from 'zod';
import { DecimalText } from './devices.ts';

/** A limit or an amount: nothing, or more. */
const NotNegative = DecimalText.refine((text) => Number(text) >= 0, 'must not be below 0');
const Positive = DecimalText.refine((text) => Number(text) > 0, 'must be above 0');
/** Below 0.9 a coverage factor is hardly above 1; 1 would need an infinite one. */
const Probability = DecimalText.refine(
  (text) => Number(text) >= 0.9 && Number(text) <= 0.9999,
  'must lie between 0.9 and 0.9999',
);

/** When a point counts as settled; see docs/calibration and `shared/metrology/stability`. */
export const StabilityRule = z.strictObject({
  /** Readings in the window, of reference and unit alike. */
  readings: z.number().int().min(5).max(200),
  /** Time between readings, ms. */
  intervalMs: z.number().int().min(20).max(60_000),
  /** Largest drift of either over the window, in the channel's unit: |slope| x T. */
  maxDrift: DecimalText,
  /** Largest standard deviation of either in the window, in the channel's unit. */
  maxSpread: DecimalText,
  /** Largest distance of the reference from the nominal point, in the channel's unit. */
  nearNominal: DecimalText,
  timeoutSeconds: z.number().int().min(1).max(86_400),
});
export type StabilityRule = z.infer<typeof StabilityRule>;

/** How a result is judged against its limits, agreed before measuring (ISO/IEC 17025 7.8.6, ILAC-G8). */
export const DecisionRule = z.discriminatedUnion('rule', [
  /** No guard band. */
  z.strictObject({ rule: z.literal('simple') }),
  /** Acceptance limits lie inside of the tolerance by w = r U. */
  z.strictObject({ rule: z.literal('guard-band'), r: NotNegative.default('1') }),
  z.strictObject({ rule: z.literal('iso-14253-1') }),
  /** Pass, conditional pass, conditional fail, fail, with w = r U on both sides of the limit. */
  z.strictObject({ rule: z.literal('non-binary'), r: NotNegative.default('1') }),
  /** Managed guard band by TUR (Dobbert's method 6). */
  z.strictObject({ rule: z.literal('dobbert') }),
]);
export type DecisionRule = z.infer<typeof DecisionRule>;

/** A source of uncertainty that a person adds for every point: immersion, homogeneity of the bath, self-heating. */
export const AddedSource = z.strictObject({
  /** As the budget takes it: a line that can be printed. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^\p{C}]*$/u, 'must not hold characters that cannot be printed'),
  distribution: z.enum(['normal', 'rectangular', 'triangular', 'u-shaped']),
  /** Half-width, or for `normal` the standard uncertainty, in the channel's unit. */
  amount: NotNegative,
});
export type AddedSource = z.infer<typeof AddedSource>;

export const CalibrationPlan = z.strictObject({
  channel: z.string().regex(/^[a-z][a-z0-9_]{0,15}$/),
  /** Nominal values of the reference, in the channel's unit. */
  points: z.array(DecimalText).min(2).max(40),
  /** `up-down`: after the last point back again, which shows hysteresis; the last is measured once a cycle. */
  sequence: z.enum(['as-listed', 'up-down']).default('as-listed'),
  /** How often the whole sequence is measured. */
  cycles: z.number().int().min(1).max(10).default(1),
  /** Symmetric tolerance on the error, agreed before measuring. */
  tolerance: DecimalText,
  /** Within this limit as found, a unit is not adjusted; null: the tolerance. */
  asLeftLimit: Positive.nullable().default(null),
  decision: DecisionRule.default({ rule: 'simple' }),
  /** Coverage probability of the expanded uncertainty. */
  probability: Probability.default('0.9545'),
  /** Least ratio of the tolerance to the standard's expanded uncertainty. */
  leastTur: NotNegative.default('4'),
  /** What the unit is given: a line, an offset alone, or whichever the readings speak for. */
  model: z.enum(['line', 'offset', 'best']).default('line'),
  uncertainties: z.array(AddedSource).max(20).default([]),
  /** `when-needed` leaves a unit that is within tolerance as found. */
  adjust: z.enum(['always', 'when-needed']),
  /** Method or procedure, with its version, as the certificate names it. */
  method: z.string().trim().max(200).default(''),
  stability: StabilityRule,
});
export type CalibrationPlan = z.infer<typeof CalibrationPlan>;

/** A plan to start from, by type of sensor: `resources/calibrations/`. Figures are shares of the channel's range. */
export const PlanTemplate = z.strictObject({
  template: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  title: z.string().max(80),
  description: z.string().max(400),
  measurands: z.array(z.string().max(40)).min(1),
  /** Where the points lie, 0..1 of the range. */
  shares: z.array(DecimalText).min(2).max(40),
  /** Of the range. */
  toleranceShare: DecimalText,
  plan: CalibrationPlan.pick({
    sequence: true,
    cycles: true,
    decision: true,
    leastTur: true,
    model: true,
    uncertainties: true,
    adjust: true,
    method: true,
  }),
  stability: StabilityRule.pick({ readings: true, intervalMs: true, timeoutSeconds: true }),
});
export type PlanTemplate = z.infer<typeof PlanTemplate>;
