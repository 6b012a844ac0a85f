import { z } from 'zod';
import { CalibrationPlan, PlanTemplate } from './calibration-plan.ts';
import {
  CertificateFacts,
  CertificateNumber,
  DossierFacts,
  HistoryLine,
  IntervalMethod,
  Laboratory,
} from './certificate.ts';
import { DecimalText, HardwareId, Sha256 } from './devices.ts';
import { DayText, ReferenceSource, ReferenceStandard } from './standards.ts';

const nothing = z.strictObject({});
const wizardId = z.string().regex(/^w[0-9]{1,9}$/);

/** One of several units that are calibrated together. */
export const BatchEntry = z.strictObject({
  unit: HardwareId,
  wizard: wizardId.nullable(),
  stage: z.enum(['waiting', 'as-found', 'adjust', 'as-left', 'done', 'failed']),
  /** Results of the run under way, of how many. */
  done: z.number().int(),
  of: z.number().int(),
  verdict: z.enum(['pass', 'fail']).nullable(),
  failure: z.string().nullable(),
});
export type BatchEntry = z.infer<typeof BatchEntry>;
export const BatchState = z.strictObject({ running: z.boolean(), entries: z.array(BatchEntry) }).nullable();
export type BatchState = z.infer<typeof BatchState>;

export const calibrationMethods = {
  'calibration.templates': { params: nothing, result: z.array(PlanTemplate) },
  /** The calibrations of a unit's channel in this job, oldest first. */
  'calibration.history': {
    params: z.strictObject({ unit: HardwareId, channel: z.string().max(16).nullable().default(null) }),
    result: z.array(HistoryLine),
  },
  /** When the next calibration is due by a method, what it rests on in words; `due` is null where that is too little. */
  'calibration.nextDue': {
    params: z.strictObject({
      unit: HardwareId,
      channel: z.string().max(16),
      method: IntervalMethod,
      /** Present interval, days. */
      intervalDays: z.number().int().min(1).max(36_500),
      /** Wanted share of units in tolerance at the end of the interval. */
      reliability: DecimalText.default('0.95'),
    }),
    result: z.strictObject({
      due: DayText.nullable(),
      intervalDays: z.number().int().nullable(),
      basis: z.string().max(600),
    }),
  },
  /** Several provisioned units in one bath, at the same points, one reference for all. */
  'batch.start': {
    params: z.strictObject({
      units: z.array(HardwareId).min(1).max(50),
      plan: CalibrationPlan,
      port: z.string().max(300),
      source: ReferenceSource.default({ kind: 'scpi' }),
      standard: ReferenceStandard.shape.id.nullable().default(null),
    }),
    result: BatchState,
  },
  'batch.get': { params: nothing, result: BatchState },
  'batch.stop': { params: nothing, result: BatchState },
  'laboratory.get': { params: nothing, result: Laboratory },
  'laboratory.describe': { params: z.strictObject({ laboratory: Laboratory }), result: Laboratory },
  'certificates.list': { params: nothing, result: z.array(CertificateFacts) },
  /** Issues the certificate of a finished calibration: PDF/A, DCC, JSON. An amendment is a new one that names the old. */
  'certificates.issue': {
    params: z.strictObject({
      wizard: wizardId,
      amends: z
        .strictObject({ number: CertificateNumber, reason: z.string().trim().min(3).max(300) })
        .nullable()
        .default(null),
      /** A PKCS#12 file and its passphrase, used once and kept nowhere: the PDF is signed with it. */
      signature: z
        .strictObject({ p12: z.base64().max(100_000), passphrase: z.string().max(300) })
        .nullable()
        .default(null),
    }),
    result: CertificateFacts,
  },
  'certificates.read': {
    params: z.strictObject({ number: CertificateNumber, format: z.enum(['pdf', 'dcc', 'json']) }),
    result: z.strictObject({ name: z.string(), base64: z.string() }),
  },
  /** The whole job as one signed archive. */
  'dossier.build': { params: nothing, result: DossierFacts },
  'dossier.list': { params: nothing, result: z.array(DossierFacts) },
  /** A piece of it from this byte on, and where the next one begins; null: that was the last. */
  'dossier.read': {
    params: z.strictObject({ sha256: Sha256, offset: z.number().int().min(0).default(0) }),
    result: z.strictObject({ name: z.string(), base64: z.string(), next: z.number().int().nullable() }),
  },
  /** The page that checks a dossier in any browser, without a network. */
  'dossier.verifier': { params: nothing, result: z.strictObject({ name: z.string(), base64: z.string() }) },
} as const;

export const calibrationEvents = {
  'certificates.changed': z.array(CertificateFacts),
  'batch.changed': BatchState,
} as const;
