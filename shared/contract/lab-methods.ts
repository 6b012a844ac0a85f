import { z } from 'zod';
import { AuthorRules } from './author.ts';
import { HardwareId, RuleEvent, RuleEventKind } from './devices.ts';
import { Revision } from './lab.ts';
import { Mistake } from './mistake.ts';
import {
  LabData,
  PlotTrace,
  RecordingFacts,
  RecordingId,
  RecordingNow,
  RecordingPreview,
} from './recordings.ts';
import { DeadBands, Template } from './rule-template.ts';

const unit = HardwareId;
const uploadId = z.string().regex(/^u[0-9]{1,9}$/);
/** Channel by title of the column; empty: the column is left out. */
const Columns = z.record(z.string().max(300), z.string().max(16)).default({});

/** A draft and what it is tried on. */
const tried = { unit, rules: AuthorRules, data: LabData };
/** What the compiler says against the draft. */
const refused = z.strictObject({ mistakes: z.array(Mistake) });

const Noise = z.enum(['often', 'chatters', 'standing', 'fleeting']);
/** One rule over the data. Times are ms of the data's clock. */
export const ReplayedRule = z.strictObject({
  id: z.string(),
  fires: z.number().int(),
  timeInAlarm: z.number(),
  alarmsPerDay: z.number(),
  noise: z.array(Noise),
  /** The first 2000. */
  alarms: z.array(
    z.strictObject({ from: z.number(), until: z.number().nullable(), reminders: z.number().int() }),
  ),
});
export type ReplayedRule = z.infer<typeof ReplayedRule>;

export const Replayed = z.strictObject({
  revision: Revision,
  sentences: z.array(z.string()),
  from: z.number(),
  to: z.number(),
  frames: z.number().int(),
  /** Frames that were refused because their time did not increase. */
  late: z.number().int(),
  rules: z.array(ReplayedRule),
});
export type Replayed = z.infer<typeof Replayed>;

const swept = ReplayedRule.pick({ fires: true, timeInAlarm: true, alarmsPerDay: true, noise: true });
export const SweptPoint = z.union([
  swept.extend({ value: z.string() }),
  z.strictObject({ value: z.string(), mistakes: z.array(Mistake) }),
]);
export type SweptPoint = z.infer<typeof SweptPoint>;

/** A condition at an instant, as `Explained` of `shared/rules/lab`. */
export interface ExplainedCondition {
  text: string;
  truth: 0 | 1 | null;
  value?: string | null | undefined;
  away?: string | undefined;
  /** Timers and counts of the condition, in words such as "3 of 5 within 10min". */
  timer?: string | undefined;
  parts: ExplainedCondition[];
}
export const ExplainedCondition: z.ZodType<ExplainedCondition> = z.lazy(() =>
  z.strictObject({
    text: z.string(),
    truth: z.union([z.literal(0), z.literal(1), z.null()]),
    value: z.string().nullable().optional(),
    away: z.string().optional(),
    timer: z.string().optional(),
    parts: z.array(ExplainedCondition),
  }),
);

export const WhyRuleState = z.strictObject({
  id: z.string(),
  state: z.enum(['NORMAL', 'PENDING', 'ACTIVE', 'CLEARING', 'LATCHED']),
  since: z.number().nullable(),
  due: z.number().nullable(),
  suppressed: z.boolean(),
  condition: ExplainedCondition,
});
export type WhyRuleState = z.infer<typeof WhyRuleState>;

const moment = z.number();
export const WhyNotAnswer = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('fired'), at: moment }),
  z.strictObject({ reason: z.literal('already-on'), since: moment }),
  z.strictObject({ reason: z.literal('no-frames') }),
  z.strictObject({ reason: z.literal('suppressed'), at: moment }),
  z.strictObject({ reason: z.literal('too-short'), longest: moment, needed: moment, at: moment }),
  z.strictObject({ reason: z.literal('no-crossing'), at: moment }),
  z.strictObject({ reason: z.literal('unknown'), condition: ExplainedCondition }),
  z.strictObject({ reason: z.literal('never-held'), at: moment, nearest: ExplainedCondition }),
]);
export type WhyNotAnswer = z.infer<typeof WhyNotAnswer>;

/** An alarm of a recording as a person judges it. */
const Judged = z.strictObject({ from: z.number(), right: z.boolean() });

export const labMethods = {
  'recordings.list': { params: z.strictObject({ unit }), result: z.array(RecordingFacts) },
  /** A file comes in pieces of at most 512 KiB, one after the other; what is not imported is gone with the app. */
  'recordings.upload': {
    params: z.strictObject({ name: z.string().min(1).max(200), size: z.number().int().min(1).max(4e9) }),
    result: z.strictObject({ upload: uploadId }),
  },
  'recordings.piece': {
    params: z.strictObject({
      upload: uploadId,
      at: z.number().int().nonnegative(),
      base64: z.base64().max(720_000),
    }),
    result: z.strictObject({ at: z.number().int() }),
  },
  'recordings.preview': {
    params: z.strictObject({ upload: uploadId, unit, columns: Columns }),
    result: RecordingPreview,
  },
  'recordings.import': {
    params: z.strictObject({ upload: uploadId, unit, name: RecordingFacts.shape.name, columns: Columns }),
    result: RecordingFacts,
  },
  /** Writes the unit's live frames down from now on. */
  'recordings.record': {
    params: z.strictObject({ unit, name: RecordingFacts.shape.name }),
    result: RecordingNow,
  },
  'recordings.finish': { params: z.strictObject({ unit }), result: RecordingFacts },
  'recordings.now': { params: z.strictObject({ unit }), result: RecordingNow.nullable() },
  /** A piece of the file for saving: CSV, or frames in the unit's numbers. */
  'recordings.read': {
    params: z.strictObject({
      id: RecordingId,
      format: z.enum(['csv', 'frames']),
      at: z.number().int().nonnegative(),
    }),
    result: z.strictObject({
      name: z.string(),
      size: z.number().int(),
      base64: z.string(),
      /** Null: this was the last piece. */
      next: z.number().int().nullable(),
    }),
  },
  /** At most `points` columns a channel between two times (null: the ends), faults put in. */
  'recordings.plot': {
    params: z.strictObject({
      data: LabData,
      from: z.number().nullable().default(null),
      to: z.number().nullable().default(null),
      points: z.number().int().min(10).max(4000).default(1000),
    }),
    result: z.strictObject({ from: z.number(), to: z.number(), traces: z.array(PlotTrace) }),
  },
  /** Rules by what an engineer means, and where their dead-bands start. */
  'lab.templates': {
    params: z.strictObject({}),
    result: z.strictObject({ templates: z.array(Template), deadBands: DeadBands }),
  },
  'lab.replay': { params: z.strictObject(tried), result: z.union([Replayed, refused]) },
  /** The rule at a place with one value after another in a field of it, such as `when.above` or `for`. */
  'lab.sweep': {
    params: z.strictObject({
      ...tried,
      rule: z.number().int().nonnegative(),
      path: z.string().max(80),
      values: z.array(z.string().max(40)).min(1).max(200),
    }),
    result: z.array(SweptPoint),
  },
  'lab.why': {
    params: z.strictObject({ ...tried, at: z.number() }),
    result: z.union([z.strictObject({ t: z.number(), rules: z.array(WhyRuleState) }), refused]),
  },
  'lab.whyNot': {
    params: z.strictObject({
      ...tried,
      rule: z.number().int().nonnegative(),
      from: z.number(),
      to: z.number(),
    }),
    result: z.union([WhyNotAnswer, refused]),
  },
  /** The unit's own decisions in a live recording beside those of its rules replayed over the very frames. */
  'lab.beside': {
    params: z.strictObject({ unit, rules: AuthorRules, recording: RecordingId }),
    result: z.union([
      z.strictObject({
        revision: Revision,
        /** By rule: compared is what came later; null: the recording does not tell when both began to hold the same. */
        from: z.array(z.number().nullable()),
        agreed: z.number().int(),
        /** Decided by the unit alone, and by the replay alone. */
        unitOnly: z.array(RuleEvent).max(200),
        replayOnly: z
          .array(z.strictObject({ t: z.number(), rule: z.number().int(), kind: RuleEventKind }))
          .max(200),
      }),
      refused,
    ]),
  },
  /** The nearest value of one field with which every right alarm stays and no wrong one does; null: there is none. */
  'lab.improve': {
    params: z.strictObject({
      ...tried,
      rule: z.number().int().nonnegative(),
      path: z.string().max(80),
      values: z.array(z.string().max(40)).min(1).max(200),
      judged: z.array(Judged).min(1).max(500),
    }),
    result: z.strictObject({ value: z.string().nullable() }),
  },
  /** Rule events that the unit still has, brought back over its line; newest last. */
  'unit.events': {
    params: z.strictObject({ unit }),
    result: z.strictObject({
      boot: z.number().int(),
      revision: z.string().nullable(),
      /** Engine time now, ms, and the unit's clock now where it is set (ms since 1970). */
      t: z.number(),
      wall: z.number().nullable(),
      events: z.array(RuleEvent).max(500),
      /** Older ones that the unit has forgotten. */
      forgotten: z.number().int(),
    }),
  },
} as const;

export const labEvents = {
  'recordings.changed': z.array(RecordingFacts),
  'recordings.progress': RecordingNow,
  /** The draft that runs on live data without any action: what each rule does now. */
  'lab.shadow': z.strictObject({
    wizard: z.string(),
    frames: z.number().int(),
    /** Engine time, ms. */
    t: z.number(),
    rules: z.array(
      z.strictObject({ id: z.string(), state: WhyRuleState.shape.state, fires: z.number().int() }),
    ),
    /** The newest last. */
    recent: z.array(RuleEvent).max(50),
  }),
} as const;
