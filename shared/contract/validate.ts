import { z } from 'zod';
import { AuthorRules } from './author.ts';
import { DecimalText, HardwareId, RuleEvent, Sha256 } from './devices.ts';
import type { FailureRecord } from './failure.ts';
import { BasedOn, RuleTest, RunSeen, SelfTest, TestOutcome } from './lab.ts';
import { Mistake } from './mistake.ts';
import { DataFault, LabData } from './recordings.ts';
import { WizardBase } from './wizard.ts';

export {
  AuthorCondition,
  AuthorRule,
  AuthorRules,
  type AuthorSource,
  DurationText,
  isLevel,
  type LevelCondition,
  oneTest,
} from './author.ts';
export { Mistake } from './mistake.ts';

/** A rule set as it goes to the unit: the exact text, its hash, and its words. */
export const CompiledRules = z.strictObject({
  /** Exact bytes (ASCII JSON) that the unit gets. */
  text: z.string().max(20_000),
  sha256: Sha256,
  /** First eight hex digits of `sha256`. */
  revision: z.string().regex(/^[0-9a-f]{8}$/),
  ids: z.array(z.string()),
  /** One readable sentence a rule. */
  sentences: z.array(z.string()),
});
export type CompiledRules = z.infer<typeof CompiledRules>;

export const RuleEvidence = z.strictObject({
  id: z.string(),
  /** First ON and first OFF after it, decided alike by unit and app. */
  fired: RuleEvent.nullable(),
  cleared: RuleEvent.nullable(),
});
export type RuleEvidence = z.infer<typeof RuleEvidence>;

export const Difference = z.strictObject({
  seq: z.number().int(),
  unit: z.array(RuleEvent),
  app: z.array(RuleEvent),
});
export type Difference = z.infer<typeof Difference>;

/** Totals of the live comparison. */
export const Comparison = z.strictObject({
  frames: z.number().int(),
  decisions: z.number().int(),
  /** Frames that never arrived and lines that arrived damaged; the comparison starts anew after each. */
  lostFrames: z.number().int(),
  differences: z.array(Difference),
});
export type Comparison = z.infer<typeof Comparison>;

export const validateSteps = ['rules', 'try', 'push', 'prove', 'result'] as const;
export const ValidateState = z.strictObject({
  ...WizardBase,
  kind: z.literal('validate'),
  step: z.enum(validateSteps),
  unit: HardwareId,
  port: z.string(),
  referencePort: z.string().nullable(),
  rules: AuthorRules.nullable(),
  /** The rule set that this one improves. */
  basedOn: BasedOn.nullable(),
  compiled: CompiledRules.nullable(),
  /** Kept with the rules; each later validation runs them. */
  tests: z.array(RuleTest).max(50),
  /** Of `compiled`, in the order of `tests`; empty where they have not run. */
  tested: z.array(TestOutcome),
  /** Evidence of this revision: recordings, faults, shadow, proof. */
  runs: z.array(RunSeen).max(100),
  /** How long normal operation must be in which a rule holds its tongue, s. */
  quietSeconds: z.number().int(),
  mistakes: z.array(Mistake),
  written: z.strictObject({ sha256: Sha256, readBack: Sha256, fromSeq: z.number().int() }).nullable(),
  selfTest: SelfTest.nullable(),
  /** What the running task `count` or `keep` looks at; `name` is the test's. */
  asked: z.strictObject({ data: LabData, normal: z.boolean(), name: z.string().nullable() }).nullable(),
  /** How the shadow runs, or ran last. */
  watched: z.strictObject({ normal: z.boolean(), faults: z.array(DataFault) }).nullable(),
  /** What the running or last proof drives through, and how long it may take. */
  setPoints: z.array(DecimalText),
  timeoutSeconds: z.number().int(),
  evidence: z.array(RuleEvidence),
  /** Decisions that unit and app took alike, newest last, the last 200. */
  decisions: z.array(RuleEvent),
  comparison: Comparison.nullable(),
  verdict: z.enum(['pass', 'fail']).nullable(),
});
export type ValidateState = z.infer<typeof ValidateState>;

/** From a second to 30 days. */
export const QuietSeconds = z.number().int().min(1).max(2_592_000);

export const ValidateIntent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('goto'), step: z.enum(validateSteps) }),
  z.strictObject({ type: z.literal('rules'), rules: AuthorRules, basedOn: BasedOn.exactOptional() }),
  /** Counts a replay as evidence. */
  z.strictObject({ type: z.literal('count'), data: LabData, normal: z.boolean() }),
  /** Takes evidence out again, by its place. */
  z.strictObject({ type: z.literal('forget'), run: z.number().int().nonnegative() }),
  z.strictObject({ type: z.literal('keepTest'), name: RuleTest.shape.name, data: LabData }),
  z.strictObject({ type: z.literal('dropTest'), name: RuleTest.shape.name }),
  /** The draft runs on the unit's live frames, without any action, until `stop`; what it saw counts as evidence. */
  z.strictObject({
    type: z.literal('shadow'),
    normal: z.boolean(),
    faults: z.array(DataFault).max(20).default([]),
  }),
  z.strictObject({ type: z.literal('quiet'), seconds: QuietSeconds }),
  z.strictObject({ type: z.literal('push') }),
  /** Watch live data until every rule fired and cleared; `setPoints` are driven in turn where the reference can. */
  z.strictObject({
    type: z.literal('prove'),
    referencePort: z.string().max(300).nullable(),
    setPoints: z.array(DecimalText).max(40),
    timeoutSeconds: z.number().int().min(1).max(86_400),
  }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('finish') }),
]);
export type ValidateIntent = z.infer<typeof ValidateIntent>;

export type ValidateFact =
  | { type: 'compiled'; compiled: CompiledRules }
  | { type: 'mistaken'; mistakes: Mistake[] }
  /** The kept tests, and the replays that counted, over the rules as they are now. */
  | { type: 'tested'; tested: TestOutcome[]; runs: RunSeen[] }
  | { type: 'kept'; test: RuleTest }
  | { type: 'seen'; run: RunSeen }
  | { type: 'written'; written: NonNullable<ValidateState['written']> }
  | { type: 'selfTested'; selfTest: SelfTest }
  | { type: 'decided'; event: RuleEvent }
  | { type: 'differed'; difference: Difference }
  /** `runs`: what the stimulus showed, and the normal operation after it; absent in jobs from before there were any. */
  | { type: 'compared'; comparison: Comparison; runs?: RunSeen[] }
  | { type: 'failed'; failure: FailureRecord };
export type ValidateAction = ValidateIntent | ValidateFact;
