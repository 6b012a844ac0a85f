import { z } from 'zod';
import { DecimalText, HardwareId, ReferenceIdentity, Sha256 } from './devices.ts';
import type { FailureRecord } from './failure.ts';
import { WizardBase } from './wizard.ts';

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

export const CalibrationPlan = z.strictObject({
  channel: z.string().regex(/^[a-z][a-z0-9_]{0,15}$/),
  /** Nominal values of the reference, in the channel's unit. */
  points: z.array(DecimalText).min(2).max(40),
  /** Symmetric tolerance on the error, agreed before measuring. */
  tolerance: DecimalText,
  /** `when-needed` leaves a unit that is within tolerance as found. */
  adjust: z.enum(['always', 'when-needed']),
  stability: StabilityRule,
});
export type CalibrationPlan = z.infer<typeof CalibrationPlan>;

/** One pair of readings: decimal text of both, and the unit's own ADC count. */
export const Reading = z.strictObject({
  at: z.number().int(),
  reference: DecimalText,
  unit: DecimalText,
  raw: z.number().int(),
});
export type Reading = z.infer<typeof Reading>;

/** The computed stability evidence of a window. Figures are decimal text in the channel's unit. */
export const StabilityEvidence = z.strictObject({
  stable: z.boolean(),
  readings: z.number().int(),
  spanMs: z.number().int(),
  referenceDrift: DecimalText,
  unitDrift: DecimalText,
  referenceSpread: DecimalText,
  unitSpread: DecimalText,
  distance: DecimalText,
  /** Which conditions do not hold yet; empty when stable. */
  missing: z.array(
    z.enum(['readings', 'distance', 'reference-drift', 'unit-drift', 'reference-spread', 'unit-spread']),
  ),
});
export type StabilityEvidence = z.infer<typeof StabilityEvidence>;

export const PointResult = z.strictObject({
  nominal: DecimalText,
  readings: z.array(Reading),
  stability: StabilityEvidence,
  /** Taken although not stable: a person said so, and the report prints it. */
  override: z.string().max(200).nullable(),
  meanReference: DecimalText,
  meanUnit: DecimalText,
  /** meanUnit - meanReference. */
  error: DecimalText,
  withinTolerance: z.boolean(),
});
export type PointResult = z.infer<typeof PointResult>;

/** Straight line reference = offset + gain x raw, exact; and as the unit's integers (raw*mul + add) // 2^shift. */
export const LineFit = z.strictObject({
  offset: DecimalText,
  gain: z.string(),
  offsetStandardUncertainty: z.string(),
  gainStandardUncertainty: z.string(),
  residualStandardDeviation: z.string(),
  degreesOfFreedom: z.number().int(),
  residuals: z.array(DecimalText),
  mul: z.number().int(),
  add: z.number().int(),
  shift: z.number().int(),
  /** Largest difference of the integers from the exact line over the ADC's range, in the channel's unit. */
  integerError: DecimalText,
});
export type LineFit = z.infer<typeof LineFit>;

export const WrittenCalibration = z.strictObject({
  sha256: Sha256,
  readBack: Sha256,
  version: z.number().int(),
});

export const calibrateSteps = ['plan', 'as-found', 'adjust', 'as-left', 'result'] as const;
export const CalibrateState = z.strictObject({
  ...WizardBase,
  kind: z.literal('calibrate'),
  step: z.enum(calibrateSteps),
  unit: HardwareId,
  port: z.string(),
  referencePort: z.string().nullable(),
  reference: ReferenceIdentity.nullable(),
  plan: CalibrationPlan.nullable(),
  /** Which run and which point the running or next measurement belongs to. */
  asFound: z.array(PointResult),
  fit: LineFit.nullable(),
  /** Held before `write` touches the unit; without `written` and as-left the unit is "adjusted, not verified". */
  writing: z.boolean(),
  written: WrittenCalibration.nullable(),
  asLeft: z.array(PointResult),
  /** A reading to be taken at once although not stable: the reason given. */
  override: z.string().nullable(),
  verdict: z.enum(['pass', 'fail']).nullable(),
  /** True where as-found was good and nothing was written: one found/left record. */
  unadjusted: z.boolean(),
});
export type CalibrateState = z.infer<typeof CalibrateState>;

export const CalibrateIntent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('goto'), step: z.enum(calibrateSteps) }),
  z.strictObject({ type: z.literal('chooseReference'), port: z.string().max(300) }),
  z.strictObject({ type: z.literal('plan'), plan: CalibrationPlan }),
  /** Measure the next point of the present run (as-found or as-left); goes on by itself where the reference drives. */
  z.strictObject({ type: z.literal('measure') }),
  z.strictObject({ type: z.literal('override'), reason: z.string().trim().min(3).max(200) }),
  z.strictObject({ type: z.literal('adjust') }),
  z.strictObject({ type: z.literal('leaveAsFound') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('finish') }),
]);
export type CalibrateIntent = z.infer<typeof CalibrateIntent>;

export type CalibrateFact =
  | { type: 'referenceIdentified'; reference: ReferenceIdentity }
  | { type: 'measured'; run: 'as-found' | 'as-left'; result: PointResult }
  | { type: 'fitted'; fit: LineFit }
  | { type: 'writing' }
  | { type: 'written'; written: z.infer<typeof WrittenCalibration> }
  | { type: 'failed'; failure: FailureRecord };
export type CalibrateAction = CalibrateIntent | CalibrateFact;
