import { z } from 'zod';
import { RuleEvent, Sha256 } from '../contract/devices.ts';
import { BasedOn, Origin, Revision, RuleSeen, RuleTest, SelfTest, TestOutcome } from '../contract/lab.ts';
import { DataFault, RecordingId } from '../contract/recordings.ts';
import { AuthorRule, Comparison, CompiledRules, ValidateState } from '../contract/validate.ts';
import { Outcome } from './outcome.ts';

/** ms of the clock of a run, which is the unit's or that of the recording. */
const Time = z.number().int();

/** Where something was seen: the place of the run in `runs`. */
const Evidence = z.strictObject({ origin: Origin, run: z.number().int().nonnegative(), t: Time });
export type EvidenceRecord = z.infer<typeof Evidence>;

/** What an accepted rule must have shown. `no-false-alarms`: none in normal operation. */
export const coverageParts = ['fired', 'cleared', 'quiet', 'no-false-alarms'] as const;

/** What a rule was seen to do, by the runs; the strongest evidence of each. */
export const CoverageRecord = z.strictObject({
  fired: Evidence.nullable(),
  cleared: Evidence.nullable(),
  /** It said nothing in normal operation, for so many ms. */
  quiet: Evidence.extend({ ms: Time }).nullable(),
  falseAlarms: z.array(Evidence),
  accepted: z.boolean(),
  missing: z.array(z.enum(coverageParts)),
});
export type CoverageRecord = z.infer<typeof CoverageRecord>;

export const RuleRecord = z.strictObject({
  id: z.string(),
  title: z.string().nullable(),
  severity: AuthorRule.shape.severity.nullable(),
  sentence: z.string(),
  /** In the proof: decided alike by unit and app. */
  fired: RuleEvent.nullable(),
  cleared: RuleEvent.nullable(),
  coverage: CoverageRecord,
});
export type RuleRecord = z.infer<typeof RuleRecord>;

const Given = { recording: RecordingId, sha256: Sha256, faults: z.array(DataFault), seed: z.number().int() };

export const RunRecord = z.strictObject({
  origin: Origin,
  /** What was put into the data was made up: it shows what the rule does, not what the machine did. */
  madeUp: z.boolean(),
  name: z.string(),
  /** Null for a run on live data. */
  data: z.strictObject(Given).nullable(),
  from: Time,
  to: Time,
  /** A person said that the process was as it should be, all the time. */
  normal: z.boolean(),
  rules: z.array(RuleSeen.extend({ fired: Time.nullable(), cleared: Time.nullable() })),
});
export type RunRecord = z.infer<typeof RunRecord>;

export const KeptTestRecord = z.strictObject({
  name: RuleTest.shape.name,
  ...Given,
  rules: z.array(z.string()),
  /** How many decisions it expects. */
  expected: z.number().int(),
  /** Null: it has not run over these rules. */
  outcome: TestOutcome.omit({ name: true }).nullable(),
});
export type KeptTestRecord = z.infer<typeof KeptTestRecord>;

export const ValidationRecord = z.strictObject({
  result: Outcome,
  /** The revision that these rules improve, and what was learned. */
  basedOn: BasedOn.nullable(),
  rules: z.array(RuleRecord),
  compiled: CompiledRules.pick({ text: true, sha256: true, revision: true }).nullable(),
  tests: z.array(KeptTestRecord),
  /** How long normal operation had to be in which a rule says nothing, s. */
  quietSeconds: z.number().int(),
  /** Evidence of this revision. */
  runs: z.array(RunRecord),
  written: ValidateState.shape.written,
  /** Null: the unit's own engine was not tested. */
  selfTest: SelfTest.extend({ revision: Revision, equal: z.boolean() }).nullable(),
  comparison: Comparison.nullable(),
  /** The last 200 decisions that unit and app took alike. */
  decisions: z.array(RuleEvent),
});
export type ValidationRecord = z.infer<typeof ValidationRecord>;
