import { z } from 'zod';
import { LineFit, PointResult, WrittenCalibration } from '../../contract/calibrate.ts';
import { AddedSource, DecisionRule, StabilityRule } from '../../contract/calibration-plan.ts';
import { CertificateNumber, Circumstances, Laboratory, Party } from '../../contract/certificate.ts';
import { DecimalText, DeviceText, HardwareId, Sha256 } from '../../contract/devices.ts';
import { PointVerdict, RunEvaluation } from '../../contract/evaluation.ts';
import { PlateText } from '../../contract/provision-text.ts';
import { DayText, ReferenceSource, ReferenceStandard, StandardConcern } from '../../contract/standards.ts';
import { RecordChannel } from '../schema.ts';

/** What was calibrated: one channel of one unit. An empty text or null is printed as not recorded. */
export const CertificateItem = z.strictObject({
  /** What kind of device it is: the title of its profile. */
  description: z.string().max(80),
  /** What the unit says of its board; MicroPython names maker and model in one text. */
  model: DeviceText,
  /** The unit's hardware id: what tells it from every other. */
  serial: HardwareId,
  tag: PlateText,
  asset: PlateText,
  location: PlateText,
  firmware: DeviceText,
  /** Version of the edge agent. */
  agent: z.string().nullable(),
  channel: RecordChannel,
  /** When it came. */
  condition: Circumstances.shape.condition,
});
export type CertificateItem = z.infer<typeof CertificateItem>;

/** The standard that the unit was compared with, as the register had it then. */
export const CertificateStandard = z.strictObject({
  standard: ReferenceStandard,
  /** The certificate in force: the last one of `standard`. */
  certificate: z.string(),
  /** What it said of itself over the line; empty where it was read by a person. */
  firmware: DeviceText,
  source: ReferenceSource,
  /** How the result comes to be traceable (ISO/IEC 17025, 7.8.4.1 c). */
  traceability: z.string().max(800),
  /** What spoke against it, and why it was used all the same. */
  concerns: z.array(StandardConcern),
  override: z.string().nullable(),
});
export type CertificateStandard = z.infer<typeof CertificateStandard>;

/** One run over all points: its verdicts, and every reading they rest on. */
export const CertificateRun = z.strictObject({ evaluation: RunEvaluation, results: z.array(PointResult) });
export type CertificateRun = z.infer<typeof CertificateRun>;

/**
 * Everything that a calibration certificate says, and `certificate.json` as it is written: PDF and DCC are made from
 * this alone. Numbers are integers or decimal text, in the channel's unit where no other is named.
 */
export const CertificateRecord = z.strictObject({
  certificate: z.literal(1),
  number: CertificateNumber,
  /** The certificate whose place this one takes. */
  amends: z.strictObject({ number: CertificateNumber, reason: z.string().max(300) }).nullable(),
  /** UTC. */
  issuedAt: z.iso.datetime(),
  software: z.strictObject({ name: z.literal('Plumbline'), version: z.string() }),
  /** Simulated bench: nothing in here is a measurement. */
  bench: z.boolean(),
  laboratory: Laboratory,
  /** Null: nobody said for whom the work was done. */
  customer: Party.nullable(),
  job: PlateText,
  item: CertificateItem,
  method: z.strictObject({
    /** The procedure that the plan names; empty: comparison with the standard, as described here. */
    name: z.string().max(200),
    /** How the points were measured. */
    description: z.string().max(1200),
    stability: StabilityRule,
    points: z.array(DecimalText),
    sequence: z.enum(['as-listed', 'up-down']),
    cycles: z.number().int(),
    deviations: Circumstances.shape.deviations,
    external: Circumstances.shape.external,
  }),
  place: z.strictObject({ kind: Circumstances.shape.place, name: PlateText }),
  dates: z.strictObject({
    received: DayText.nullable(),
    /** First and last reading, UTC. */
    begin: DayText,
    end: DayText,
    issued: DayText,
  }),
  /** Ranges during the run: degC, percent relative humidity, hPa. Null: not recorded. */
  conditions: z.strictObject({
    temperature: Circumstances.shape.temperature,
    humidity: Circumstances.shape.humidity,
    pressure: Circumstances.shape.pressure,
  }),
  standards: z.array(CertificateStandard).min(1),
  /** Before and after; `asLeft` is null where nothing was adjusted: then as found is as left. */
  results: z.strictObject({ asFound: CertificateRun, asLeft: CertificateRun.nullable() }),
  adjustment: z.strictObject({ fit: LineFit, written: WrittenCalibration }).nullable(),
  /** Agreed before measuring (ISO/IEC 17025, 7.8.6). */
  decision: z.strictObject({
    rule: DecisionRule,
    /** Symmetric, on the error. */
    tolerance: DecimalText,
    asLeftLimit: DecimalText.nullable(),
    leastTur: DecimalText,
    /** Of both runs where they differ. */
    statement: z.string().max(1700),
    /** Of the unit as it was left. */
    verdict: PointVerdict,
  }),
  uncertainty: z.strictObject({
    probability: DecimalText,
    /** Of both runs where they differ. */
    statement: z.string().max(1700),
    rounding: z.string().max(600),
    added: z.array(AddedSource),
  }),
  /** Points taken although they were not stable, and the reason that a person gave. */
  overrides: z.array(
    z.strictObject({
      run: z.enum(['as-found', 'as-left']),
      /** Index into the run's results. */
      result: z.number().int(),
      nominal: DecimalText,
      reason: z.string(),
    }),
  ),
  /** Opinions and interpretations; empty: none are given. */
  opinion: Circumstances.shape.opinion,
  /** Why a unit outside of its limits was not adjusted; null: it was adjusted, or within them. */
  leftBecause: z.string().nullable(),
  /** Only where the customer agreed (ISO/IEC 17025, 7.8.4.3). */
  nextDue: z.strictObject({ on: DayText, method: z.string().max(80) }).nullable(),
  authorisedBy: z.strictObject({ name: PlateText, role: PlateText }),
  /** Newest event of the project file when this was issued: it pins down everything before it. */
  chain: z.strictObject({ seq: z.number().int().positive(), hash: Sha256 }),
});
export type CertificateRecord = z.infer<typeof CertificateRecord>;

/** The exact text of `certificate.json`. */
export const certificateText = (record: CertificateRecord): string => `${JSON.stringify(record, null, 2)}\n`;
