import { z } from 'zod';
import { RuleEventKind, Sha256 } from './devices.ts';
import { DataFault, RecordingId } from './recordings.ts';

/** First eight hex digits of the hash of a compiled rule set. */
export const Revision = z.string().regex(/^[0-9a-f]{8}$/);

/** Where evidence comes from: live data, a stimulus on the bench, a recording, or input that was made up. */
export const Origin = z.enum(['live', 'bench', 'recording', 'injected']);
export type Origin = z.infer<typeof Origin>;

/** What one rule was seen to do in a run; times are ms of the run's clock. */
export const RuleSeen = z.strictObject({
  fired: z.number().nullable(),
  /** First end of an alarm after it fired. */
  cleared: z.number().nullable(),
  alarms: z.number().int(),
  /** Its condition was known at some time: a rule that saw nothing has not held its tongue. */
  saw: z.boolean(),
  /** For how long it was known, ms: while its sensor was away it has not held its tongue. Absent: all the time. */
  known: z.number().exactOptional(),
});
export type RuleSeen = z.infer<typeof RuleSeen>;

/** A run of one revision of the rules over data, live or replayed: evidence. */
export const RunSeen = z.strictObject({
  origin: Origin,
  /** Which run: a unit and its boot, a recording's name. */
  name: z.string().max(120),
  /** Null for a run on live data. */
  data: z
    .strictObject({
      recording: RecordingId,
      sha256: Sha256,
      faults: z.array(DataFault).max(20),
      seed: z.number().int(),
    })
    .nullable(),
  revision: Revision,
  from: z.number(),
  to: z.number(),
  /** The process was as it should be all the time, so that an alarm would have been a false one. Said by a person. */
  normal: z.boolean(),
  /** One a rule, in their order. */
  rules: z.array(RuleSeen),
});
export type RunSeen = z.infer<typeof RunSeen>;

const Row = z.union([
  z.tuple([z.number(), z.string(), RuleEventKind]),
  z.tuple([z.number(), z.string(), RuleEventKind, z.literal(1)]),
]);

/** A replay that was right once, kept with the rules: they must decide so again. Rules by id: others may be added. */
export const RuleTest = z.strictObject({
  test: z.literal(1),
  name: z.string().trim().min(1).max(80),
  recording: RecordingId,
  /** Of the recording's file. */
  sha256: Sha256,
  faults: z.array(DataFault).max(20),
  seed: z.number().int(),
  rules: z.array(z.string()).min(1),
  expected: z.array(Row).max(500),
});
export type RuleTest = z.infer<typeof RuleTest>;

export const TestOutcome = z.strictObject({
  name: z.string(),
  passed: z.boolean(),
  /** What is expected and did not come, and what came and is not expected: how many, and the first of each. */
  missing: z.number().int(),
  unexpected: z.number().int(),
  first: z.string().nullable(),
});
export type TestOutcome = z.infer<typeof TestOutcome>;

/** The rule set that a new one improves, and what was learned. */
export const BasedOn = z.strictObject({
  revision: Revision,
  lesson: z.string().trim().min(3).max(300),
});
export type BasedOn = z.infer<typeof BasedOn>;

/** Vectors chosen from the rule set, run on the unit by its own engine and here: equal hashes, equal decisions. */
export const SelfTest = z.strictObject({
  engine: z.number().int(),
  revision: Revision,
  vectors: z.number().int(),
  frames: z.number().int(),
  decisions: z.number().int(),
  expected: Sha256,
  found: Sha256,
  /** Hash of the manifest of the software whose engine it was; absent in jobs from before it was kept. */
  software: Sha256.nullable().exactOptional(),
});
export type SelfTest = z.infer<typeof SelfTest>;
