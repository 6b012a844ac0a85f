import { z } from 'zod';
import { DecimalText, HardwareId, RuleEvent, Sha256 } from './devices.ts';

export const RecordingId = z.string().regex(/^r[0-9]{1,9}$/);

/** A recording of a unit's channels in this job, its file known by its hash. */
export const RecordingFacts = z.strictObject({
  id: RecordingId,
  unit: HardwareId,
  name: z.string().trim().min(1).max(80),
  /** `file`: somebody's CSV or JSONL; `live`: the unit's own frames, written down by this app. */
  origin: z.enum(['file', 'live']),
  /** ms since 1970 when it was taken in. */
  at: z.number().int(),
  /** Of the CSV in the job's folder. */
  sha256: Sha256,
  rows: z.number().int(),
  channels: z.array(z.string()),
  /** Its times are dates, ms since 1970; else ms of the unit's or the recorder's own clock. */
  dated: z.boolean(),
  from: z.number(),
  to: z.number(),
  /** Live only: what the unit decided meanwhile, and by which rules. */
  decided: z
    .strictObject({
      boot: z.number().int(),
      /** Revision of the rules in force; null: none, or they changed meanwhile. */
      revision: z.string().nullable(),
      events: z.array(RuleEvent).max(5000),
      /** Frames or events were lost on the line: a comparison would be unjust. */
      lost: z.number().int(),
    })
    .nullable(),
});
export type RecordingFacts = z.infer<typeof RecordingFacts>;

/** Counted, with the first lines where it is so. */
export const NotedLines = z.strictObject({ count: z.number().int(), lines: z.array(z.number().int()) });

/** What a file holds before it is taken in. */
export const RecordingPreview = z.strictObject({
  kind: z.enum(['csv', 'jsonl']),
  columns: z.array(
    z.strictObject({
      title: z.string().max(300),
      /** Unit as the title says it; empty: it says none. */
      unit: z.string().max(60),
      /** The channel that it is taken for. */
      channel: z.string().nullable(),
      /** It has the name of a channel, but another unit: not taken, so that bar are not read as degrees. */
      otherUnit: z.boolean(),
      values: z.number().int(),
      bad: z.number().int(),
      unreadable: NotedLines,
      least: z.number().nullable(),
      greatest: z.number().nullable(),
    }),
  ),
  time: z.strictObject({
    title: z.string().max(300),
    /** `iso`, `ms`, `s`, … as the importer names it. */
    format: z.string().max(40),
    from: z.number().nullable(),
    to: z.number().nullable(),
    step: z.number().nullable(),
  }),
  rows: z.number().int(),
  taken: z.number().int(),
  problems: z.record(z.string(), NotedLines),
  gaps: z.strictObject({
    count: z.number().int(),
    first: z.array(z.strictObject({ line: z.number().int(), ms: z.number() })),
  }),
  /** Of all columns, that of the time too, and the first rows under them. */
  titles: z.array(z.string().max(300)),
  sample: z.array(z.array(z.string().max(300))),
});
export type RecordingPreview = z.infer<typeof RecordingPreview>;

/** A live recording under way. */
export const RecordingNow = z.strictObject({
  unit: HardwareId,
  name: z.string(),
  rows: z.number().int(),
  /** ms since 1970. */
  since: z.number().int(),
});
export type RecordingNow = z.infer<typeof RecordingNow>;

const at = z.number();
const DuringData = { input: z.string().max(16), from: at, to: at };
/** ms after the first row, of recorded as of live data. Values are decimal text in the channel's unit. */
export const DataFault = z.discriminatedUnion('kind', [
  /** The first sample at or after a time is off by so much. */
  z.strictObject({ kind: z.literal('spike'), input: z.string().max(16), at, height: DecimalText }),
  /** Shows the value that it had. */
  z.strictObject({ kind: z.literal('stuck'), ...DuringData }),
  /** `bad`: says that it has no value. `silent`: nothing comes. */
  z.strictObject({ kind: z.literal('dropout'), ...DuringData, how: z.enum(['bad', 'silent']) }),
  /** Runs away evenly, and stays where it came. */
  z.strictObject({ kind: z.literal('drift'), ...DuringData, perHour: DecimalText }),
  /** Evenly spread up to so much on both sides. */
  z.strictObject({ kind: z.literal('noise'), ...DuringData, amplitude: DecimalText }),
  /** The clock steps by so many ms; back, and frames are late until it has caught up. */
  z.strictObject({ kind: z.literal('clock'), at, ms: z.number().int() }),
]);
export type DataFault = z.infer<typeof DataFault>;

/** What rules are tried on: a recording, and what is put into it. The same seed gives the same noise. */
export const LabData = z.strictObject({
  recording: RecordingId,
  faults: z.array(DataFault).max(20).default([]),
  seed: z.number().int().min(0).max(1_000_000).default(1),
});
export type LabData = z.infer<typeof LabData>;

/** Samples of one channel for a plot: by column the time (middle), and least and greatest value; null: a gap. */
export const PlotTrace = z.strictObject({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  quantum: z.string(),
  times: z.array(z.number()),
  low: z.array(z.number().nullable()),
  high: z.array(z.number().nullable()),
});
export type PlotTrace = z.infer<typeof PlotTrace>;
