import { z } from 'zod';
import { HardwareId, PortInfo } from './devices.ts';
import { FailureRecord } from './failure.ts';
import { ReportFacts } from './job.ts';

/** Plate texts of one unit, from a list: a row is for one hardware id, or, without one, for whichever unit comes next. */
export const NameRow = z.strictObject({
  hardwareId: HardwareId.nullable(),
  tag: z.string(),
  asset: z.string(),
  location: z.string(),
});
export type NameRow = z.infer<typeof NameRow>;

/** One unit of many that get the same recipe. */
export const QueueEntry = z.strictObject({
  port: PortInfo,
  unit: HardwareId.nullable(),
  tag: z.string().nullable(),
  stage: z.enum(['waiting', 'provision', 'calibrate', 'validate', 'report', 'done', 'failed']),
  verdict: z.enum(['pass', 'fail']).nullable(),
  failure: FailureRecord.nullable(),
  report: ReportFacts.nullable(),
  /** It had passed the same recipe in this job already, and nothing was repeated. */
  doneBefore: z.boolean(),
  startedAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
});
export type QueueEntry = z.infer<typeof QueueEntry>;

export const QueueState = z.strictObject({
  recipe: z.string(),
  entries: z.array(QueueEntry),
  running: z.boolean(),
});
export type QueueState = z.infer<typeof QueueState>;
