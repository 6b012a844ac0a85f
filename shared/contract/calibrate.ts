import { z } from 'zod';
import { CalibrationPlan } from './calibration-plan.ts';
import { Circumstances } from './certificate.ts';
import { DecimalText, HardwareId, ReferenceIdentity, Sha256 } from './devices.ts';
import { ModelComparison, RunEvaluation } from './evaluation.ts';
import type { FailureRecord } from './failure.ts';
import { ReferenceSource, ReferenceStandard, StandardConcern } from './standards.ts';
import { WizardBase } from './wizard.ts';

export { CalibrationPlan, StabilityRule } from './calibration-plan.ts';

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
  /**
   * Of the differences unit - reference: |slope| in its own standard uncertainties, and what that may be at 95 %. Null
   * where there is none; left out in journals of before.
   */
  differenceT: DecimalText.nullable().optional(),
  differenceTLimit: DecimalText.nullable().optional(),
  /** Of the differences, at lag one (null: they are all the same), and the independent readings that are left by it. */
  autocorrelation: DecimalText.nullable().optional(),
  effectiveReadings: DecimalText.optional(),
  /** Which conditions do not hold yet; empty when stable. */
  missing: z.array(
    z.enum([
      'readings',
      'distance',
      'reference-drift',
      'unit-drift',
      'reference-spread',
      'unit-spread',
      'difference-drift',
    ]),
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
  /** What the standard's certificate says is to be added to what it shows. */
  correction: DecimalText.default('0'),
  /** meanUnit - (meanReference + correction). */
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
  /** Which model it is, and what it was laid beside. Journals of before know the line only. */
  model: z.enum(['line', 'offset']).default('line'),
  compared: z.array(ModelComparison).default([]),
});
export type LineFit = z.infer<typeof LineFit>;

export const WrittenCalibration = z.strictObject({
  sha256: Sha256,
  readBack: Sha256,
  version: z.number().int(),
});

/** How a unit computes a channel: (raw*mul + add) // 2^shift. */
export const UnitLine = LineFit.pick({ mul: true, add: true, shift: true });
export type UnitLine = z.infer<typeof UnitLine>;

export const calibrateSteps = ['plan', 'as-found', 'adjust', 'as-left', 'result'] as const;
export const CalibrateState = z.strictObject({
  ...WizardBase,
  kind: z.literal('calibrate'),
  step: z.enum(calibrateSteps),
  unit: HardwareId,
  port: z.string(),
  referencePort: z.string().nullable(),
  reference: ReferenceIdentity.nullable(),
  /** How the reference is read; a channel and a typed reference have no port. */
  source: ReferenceSource,
  /** The register's entry that was asked for; null: the one that the instrument says it is. */
  chosenStandard: ReferenceStandard.shape.id.nullable(),
  /** The register's entry as it was when it was chosen: what the certificate prints. */
  standard: ReferenceStandard.nullable(),
  /** What spoke against the standard when the last run began, and why it was used all the same. */
  concerns: z.array(StandardConcern),
  standardOverride: z.string().nullable(),
  /** The value that a person read and typed twice for the point under way; null: none yet. */
  typed: DecimalText.nullable(),
  plan: CalibrationPlan.nullable(),
  /** The channel's line in the unit while it was measured as found; null: not measured yet, or a journal of before. */
  foundWith: UnitLine.nullable(),
  /** Which run and which point the running or next measurement belongs to. */
  asFound: z.array(PointResult),
  /** Null until the run is complete. */
  asFoundEvaluation: RunEvaluation.nullable(),
  fit: LineFit.nullable(),
  /** Held before `write` touches the unit; without `written` and as-left the unit is "adjusted, not verified". */
  writing: z.boolean(),
  written: WrittenCalibration.nullable(),
  asLeft: z.array(PointResult),
  asLeftEvaluation: RunEvaluation.nullable(),
  /** Place, conditions and customer's wishes, for the certificate. */
  circumstances: Circumstances,
  /** A reading to be taken at once although not stable: the reason given. */
  override: z.string().nullable(),
  verdict: z.enum(['pass', 'fail']).nullable(),
  /** True where as-found was good and nothing was written: one found/left record. */
  unadjusted: z.boolean(),
  /** Why a unit outside of its limits was not adjusted. */
  leftBecause: z.string().nullable(),
});
export type CalibrateState = z.infer<typeof CalibrateState>;

export const CalibrateIntent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('goto'), step: z.enum(calibrateSteps) }),
  z.strictObject({
    type: z.literal('chooseReference'),
    /** Empty for a channel and for a typed reference. */
    port: z.string().max(300),
    source: ReferenceSource.default({ kind: 'scpi' }),
    /** The register's entry; null: the one with the maker, model and serial that the instrument says. */
    standard: ReferenceStandard.shape.id.nullable().default(null),
  }),
  z.strictObject({ type: z.literal('plan'), plan: CalibrationPlan }),
  /** The standard is used although something speaks against it; the certificate prints why. */
  z.strictObject({ type: z.literal('overrideStandard'), reason: z.string().trim().min(3).max(200) }),
  /** What a person reads from the reference: taken when both entries are the same number. */
  z.strictObject({ type: z.literal('typeReading'), first: DecimalText, again: DecimalText }),
  z.strictObject({ type: z.literal('circumstances'), circumstances: Circumstances }),
  /** Measure the next point of the present run (as-found or as-left); goes on by itself where the reference drives. */
  z.strictObject({ type: z.literal('measure') }),
  z.strictObject({
    type: z.literal('override'),
    reason: z.string().trim().min(3).max(200),
    /** The task that takes the reading that is meant; one that has ended is not overridden any more. */
    task: z.number().int().positive().optional(),
  }),
  z.strictObject({ type: z.literal('adjust') }),
  z.strictObject({ type: z.literal('leaveAsFound') }),
  /** Left as it was found although it is not within its limits: it cannot or shall not be adjusted, and why. */
  z.strictObject({ type: z.literal('leaveUnadjusted'), reason: z.string().trim().min(3).max(200) }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('finish') }),
]);
export type CalibrateIntent = z.infer<typeof CalibrateIntent>;

export type CalibrateFact =
  | { type: 'referenceIdentified'; reference: ReferenceIdentity; standard?: ReferenceStandard | null }
  /** What speaks against the standard now; measuring goes on only where nothing does, or a person overrode it. */
  | { type: 'standardChecked'; concerns: StandardConcern[] }
  /** `evaluation` comes with the last result of a run, `line` with those of the as-found run. */
  | {
      type: 'measured';
      run: 'as-found' | 'as-left';
      result: PointResult;
      evaluation?: RunEvaluation;
      line?: UnitLine;
    }
  | { type: 'fitted'; fit: LineFit }
  | { type: 'writing' }
  | { type: 'written'; written: z.infer<typeof WrittenCalibration> }
  | { type: 'failed'; failure: FailureRecord };
export type CalibrateAction = CalibrateIntent | CalibrateFact;
