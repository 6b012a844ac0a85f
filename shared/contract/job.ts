import { z } from 'zod';
import { CalibrateIntent, CalibrateState } from './calibrate.ts';
import { HardwareId, Sha256, UnitIdentity } from './devices.ts';
import { FailureRecord } from './failure.ts';
import { PlateText, ProvisionIntent, ProvisionState, UnitSettings } from './provision.ts';
import { RecordingId } from './recordings.ts';
import { ValidateIntent, ValidateState } from './validate.ts';

export const WizardState = z.discriminatedUnion('kind', [ProvisionState, CalibrateState, ValidateState]);
export type WizardState = z.infer<typeof WizardState>;
export type WizardKind = WizardState['kind'];

export const WizardIntent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('provision'), intent: ProvisionIntent }),
  z.strictObject({ kind: z.literal('calibrate'), intent: CalibrateIntent }),
  z.strictObject({ kind: z.literal('validate'), intent: ValidateIntent }),
]);
export type WizardIntent = z.infer<typeof WizardIntent>;

/** How far one unit is at one station of the job. */
export const StageStatus = z.enum(['none', 'open', 'done', 'failed', 'unverified']);
export type StageStatus = z.infer<typeof StageStatus>;

export const ReportFacts = z.strictObject({
  id: z.string(),
  unit: HardwareId,
  at: z.number().int(),
  pdf: z.strictObject({ sha256: Sha256, size: z.number().int() }),
  json: z.strictObject({ sha256: Sha256, size: z.number().int() }),
  /** Recordings that the evidence and the tests of its rules rest on; absent in reports from before there were any. */
  recordings: z.array(z.strictObject({ id: RecordingId, sha256: Sha256 })).exactOptional(),
});
export type ReportFacts = z.infer<typeof ReportFacts>;

/** One row of the job: a unit, its stations, and the one obvious next thing. */
export const JobUnit = z.strictObject({
  hardwareId: HardwareId,
  /** Where it was seen last; a unit is its hardware id, never its port. */
  port: z.string(),
  /** It is plugged in there now. */
  present: z.boolean(),
  identity: UnitIdentity,
  settings: UnitSettings.nullable(),
  provisioned: StageStatus,
  calibrated: StageStatus,
  validated: StageStatus,
  report: ReportFacts.nullable(),
  /** The dead unit whose place it took: calibration does not go over from one unit to another. */
  replaces: HardwareId.nullable(),
  /** It is dead, and this one took its place. */
  replacedBy: HardwareId.nullable(),
  next: z.enum(['provision', 'calibrate', 'validate', 'report', 'none']),
  /** The newest wizard of each kind for this unit, to open it again; of calibrations the one that `calibrated` tells of. */
  wizards: z.strictObject({
    provision: z.string().nullable(),
    calibrate: z.string().nullable(),
    validate: z.string().nullable(),
  }),
});
export type JobUnit = z.infer<typeof JobUnit>;

export const Job = z.strictObject({
  name: PlateText,
  path: z.string(),
  engineer: PlateText,
  customer: PlateText,
  units: z.array(JobUnit),
  /** Events in the record, and the hash of the newest: the chain's head. */
  events: z.number().int(),
  head: Sha256,
});
export type Job = z.infer<typeof Job>;

/** A recipe under way. */
export const RunState = z.strictObject({
  recipe: z.string(),
  port: z.string(),
  stage: z.enum(['provision', 'calibrate', 'validate', 'report', 'done', 'failed']),
  wizard: z.string().nullable(),
  unit: HardwareId.nullable(),
  verdict: z.enum(['pass', 'fail']).nullable(),
  failure: FailureRecord.nullable(),
  report: ReportFacts.nullable(),
});
export type RunState = z.infer<typeof RunState>;
