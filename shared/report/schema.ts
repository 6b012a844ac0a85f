import { z } from 'zod';
import { RollbackOverride } from '../contract/bundle.ts';
import {
  CalibrateState,
  CalibrationPlan,
  LineFit,
  PointResult,
  WrittenCalibration,
} from '../contract/calibrate.ts';
import { Circumstances } from '../contract/certificate.ts';
import { DifferenceLine } from '../contract/configuration.ts';
import {
  DecimalText,
  HardwareId,
  PortInfo,
  ReferenceIdentity,
  Sha256,
  UnitIdentity,
} from '../contract/devices.ts';
import { RunEvaluation } from '../contract/evaluation.ts';
import { ProfileChannel } from '../contract/profile.ts';
import { PlateText, ProofLine, ProvisionState, PushedFile, UnitSettings } from '../contract/provision.ts';
import { Outcome } from './outcome.ts';
import { ValidationRecord } from './validation-schema.ts';

/** What a figure's column head needs: the unit of the channel and the step of its integer values. */
export const RecordChannel = ProfileChannel.pick({ id: true, title: true, unit: true, quantum: true });
export type RecordChannel = z.infer<typeof RecordChannel>;

/** Which stages this commissioning was to have, beside the provisioning. */
export const Scope = z.strictObject({ calibration: z.boolean(), validation: z.boolean() });
export type Scope = z.infer<typeof Scope>;
export const wholeScope: Scope = { calibration: true, validation: true };

export const ProvisioningRecord = z.strictObject({
  result: Outcome,
  port: PortInfo.nullable(),
  agent: z.string().nullable(),
  files: z.array(PushedFile),
  proof: z.array(ProofLine),
  /** Slot in force, hash of its manifest, and how far the push came. */
  push: ProvisionState.shape.journal,
  recovery: ProvisionState.shape.recovery,
  software: ProvisionState.shape.planned,
  /** Who let software of a lower counter pass, and why. */
  override: RollbackOverride.nullable(),
  asFound: ProvisionState.shape.asFound,
  difference: z.array(DifferenceLine),
  /** Ids of lines of the difference that stayed as they were found. */
  leftOut: ProvisionState.shape.leftOut,
  selfTest: ProvisionState.shape.selfTest,
  clock: ProvisionState.shape.clock,
  credential: ProvisionState.shape.credential,
  broker: z
    .strictObject({ host: z.string(), port: z.number().int(), tls: z.boolean(), topic: z.string() })
    .nullable(),
  sights: ProvisionState.shape.sights,
  brokerProved: z.boolean(),
});
export type ProvisioningRecord = z.infer<typeof ProvisioningRecord>;

export const CalibrationRecord = z.strictObject({
  result: Outcome,
  channel: RecordChannel.nullable(),
  reference: ReferenceIdentity.nullable(),
  source: CalibrateState.shape.source,
  /** The register's entry of the reference, and what spoke against it when it was used. */
  standard: CalibrateState.shape.standard,
  concerns: CalibrateState.shape.concerns,
  standardOverride: CalibrateState.shape.standardOverride,
  plan: CalibrationPlan.nullable(),
  asFound: z.array(PointResult),
  asFoundEvaluation: RunEvaluation.nullable(),
  fit: LineFit.nullable(),
  written: WrittenCalibration.nullable(),
  asLeft: z.array(PointResult),
  asLeftEvaluation: RunEvaluation.nullable(),
  circumstances: Circumstances,
  /** Nothing was written: the as-found run is the as-left run. */
  unadjusted: z.boolean(),
  leftBecause: CalibrateState.shape.leftBecause,
  /** Coefficients were, or may have been, written and no complete as-left run has verified them. */
  adjustedNotVerified: z.boolean(),
  /** Error (unit - reference) before and after adjustment, a line for each measurement of a run. */
  errors: z.array(
    z.strictObject({ nominal: DecimalText, before: DecimalText.nullable(), after: DecimalText.nullable() }),
  ),
  /** Points taken although they were not stable, with the reason that a person gave. */
  overrides: z.array(
    z.strictObject({ run: z.enum(['as-found', 'as-left']), point: z.number().int(), reason: z.string() }),
  ),
});
export type CalibrationRecord = z.infer<typeof CalibrationRecord>;

/**
 * What a report is made from, and `record.json` as it is written. Every number is an integer or decimal text: a
 * reader in any language gets the figures that were signed for.
 */
export const JobRecord = z.strictObject({
  record: z.literal(1),
  /** Unique to this unit at this state of the job's record. */
  reportId: z.string().max(80),
  /** UTC. */
  issuedAt: z.iso.datetime(),
  software: z.strictObject({ name: z.literal('Plumbline'), version: z.string() }),
  /** Simulated bench: nothing in here is a measurement. */
  bench: z.boolean(),
  verdict: Outcome,
  job: z.strictObject({ name: PlateText, engineer: PlateText, customer: PlateText }),
  unit: z.strictObject({
    hardwareId: HardwareId,
    identity: UnitIdentity.nullable(),
    settings: UnitSettings.nullable(),
    /** The dead unit whose place it took; that one's calibration is not transferable. */
    replaces: HardwareId.nullable(),
    channels: z.array(RecordChannel),
  }),
  scope: Scope,
  provisioning: ProvisioningRecord.nullable(),
  calibration: CalibrationRecord.nullable(),
  validation: ValidationRecord.nullable(),
  /** Newest event of the project file when this was issued: it pins down everything before it. */
  chain: z.strictObject({ seq: z.number().int().positive(), hash: Sha256 }),
});
export type JobRecord = z.infer<typeof JobRecord>;

/** The exact text of `record.json`. */
export const recordText = (record: JobRecord): string => `${JSON.stringify(record, null, 2)}\n`;
