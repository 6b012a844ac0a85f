import { z } from 'zod';
import { DifferenceLine, SnapshotFacts } from './configuration.ts';
import { BrokerSight, ConnectionSettings, CredentialFacts } from './connection.ts';
import { DecimalText, HardwareId, PortInfo, Sha256, UnitIdentity } from './devices.ts';
import type { FailureRecord } from './failure.ts';
import { PlateText } from './provision-text.ts';
import { SoftwareChoice, SoftwareFacts } from './software.ts';
import { WizardBase } from './wizard.ts';

export { PlateText };

export const UnitSettings = z.strictObject({
  tag: PlateText.min(1).regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'letters, digits, . _ / - only'),
  asset: PlateText,
  location: PlateText.min(1),
  /** File name in `resources/profiles` without `.json`. */
  profile: z.string().regex(/^[a-z0-9-]{1,60}$/),
  /** Scan period of the agent. */
  periodMs: z.number().int().min(20).max(60_000),
});
export type UnitSettings = z.infer<typeof UnitSettings>;

export const PlannedFile = z.strictObject({ path: z.string(), size: z.number().int(), sha256: Sha256 });
export const PushedFile = PlannedFile.extend({ sent: z.boolean() });
/** One line of the proof: what was pushed beside what the running agent says that it loaded. */
export const ProofLine = z.strictObject({
  path: z.string(),
  pushed: Sha256,
  running: Sha256.nullable(),
  equal: z.boolean(),
});

export type ProofLine = z.infer<typeof ProofLine>;

export const SlotName = z.enum(['a', 'b']);
export type SlotName = z.infer<typeof SlotName>;

/** How far a push is, written down before each step is done. */
export const pushStages = [
  'staging',
  'flipping',
  'restarting',
  'confirming',
  'confirmed',
  'rolled-back',
] as const;
export const PushJournal = z.strictObject({
  slot: SlotName,
  /** SHA-256 of the manifest of the slot: names the software with its configuration. */
  manifest: Sha256,
  stage: z.enum(pushStages),
});
export type PushJournal = z.infer<typeof PushJournal>;

/** What became of a push that was cut: the next one looks at the unit first and says which. */
export const Recovery = z.strictObject({
  how: z.enum(['resumed', 'completed', 'rolled-back', 'nothing-written']),
  detail: z.string().max(300),
});
export type Recovery = z.infer<typeof Recovery>;

/** The unit's clock against the computer's: decimal text; drift in ppm with what can be said about it (k = 2). */
export const ClockFacts = z.strictObject({
  set: z.boolean(),
  /** Null: the unit has no time of day. */
  offsetMs: z.number().int().nullable(),
  driftPpm: DecimalText.nullable(),
  driftUncertaintyPpm: DecimalText.nullable(),
  seconds: z.number().int(),
});
export type ClockFacts = z.infer<typeof ClockFacts>;

export const SelfTestLine = z.strictObject({
  what: z.string().max(80),
  ok: z.boolean(),
  detail: z.string().max(120),
});
export type SelfTestLine = z.infer<typeof SelfTestLine>;

export const provisionSteps = ['choose', 'describe', 'connect', 'difference', 'push', 'proof'] as const;
export const ProvisionState = z.strictObject({
  ...WizardBase,
  kind: z.literal('provision'),
  step: z.enum(provisionSteps),
  port: PortInfo.nullable(),
  unit: UnitIdentity.nullable(),
  /** The dead unit whose place this one takes. */
  replaces: HardwareId.nullable(),
  settings: UnitSettings.nullable(),
  software: SoftwareChoice,
  connection: ConnectionSettings.nullable(),
  asFound: SnapshotFacts.nullable(),
  difference: z.array(DifferenceLine).nullable(),
  /** Ids of lines that stay as they were found. */
  leftOut: z.array(z.string()),
  planned: SoftwareFacts.nullable(),
  plan: z.array(PlannedFile).nullable(),
  journal: PushJournal.nullable(),
  recovery: Recovery.nullable(),
  pushed: z.array(PushedFile).nullable(),
  proof: z.array(ProofLine).nullable(),
  selfTest: z.array(SelfTestLine).nullable(),
  clock: ClockFacts.nullable(),
  credential: CredentialFacts.nullable(),
  sights: z.array(BrokerSight),
  /** All sights of the last proof on the broker came; always false where there is no broker. */
  brokerProved: z.boolean(),
  agent: z.string().nullable(),
});
export type ProvisionState = z.infer<typeof ProvisionState>;

/** What a person (or a recipe) asks for. */
export const ProvisionIntent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('goto'), step: z.enum(provisionSteps) }),
  /** Consent to interrupt the program on the unit, then identify it. */
  z.strictObject({ type: z.literal('identify'), port: PortInfo }),
  z.strictObject({ type: z.literal('describe'), settings: UnitSettings, software: SoftwareChoice }),
  /** Reads the unit's configuration, keeps it, and works out the difference. */
  z.strictObject({ type: z.literal('connect'), connection: ConnectionSettings }),
  z.strictObject({ type: z.literal('leaveOut'), lines: z.array(z.string().max(200)).max(500) }),
  /** Goes on with a push that was cut, where one was. */
  z.strictObject({ type: z.literal('push') }),
  /** Back to the software that ran before. */
  z.strictObject({ type: z.literal('rollBack') }),
  z.strictObject({ type: z.literal('proveBroker') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('finish') }),
]);
export type ProvisionIntent = z.infer<typeof ProvisionIntent>;

/** What the host found out; journalled beside the intents. */
export type ProvisionFact =
  | { type: 'identified'; unit: UnitIdentity }
  | {
      type: 'planned';
      asFound: SnapshotFacts;
      difference: DifferenceLine[];
      software: SoftwareFacts;
      plan: z.infer<typeof PlannedFile>[];
    }
  /** Written down before the step is done. */
  | { type: 'pushing'; journal: PushJournal }
  | { type: 'recovered'; recovery: Recovery }
  | { type: 'credential'; credential: CredentialFacts }
  | { type: 'pushed'; files: z.infer<typeof PushedFile>[] }
  | { type: 'proved'; proof: ProofLine[]; selfTest: SelfTestLine[]; agent: string }
  | { type: 'clock'; clock: ClockFacts }
  /** The new software runs, is proven, and the unit was told to keep it: ends the push. */
  | { type: 'confirmed'; journal: PushJournal }
  | { type: 'rolledBack'; journal: PushJournal }
  | { type: 'saw'; sight: BrokerSight }
  | { type: 'brokerProved' }
  | { type: 'failed'; failure: FailureRecord };
export type ProvisionAction = ProvisionIntent | ProvisionFact;

/** A commissioned unit as the job knows it. */
export const KnownUnit = z.strictObject({
  hardwareId: HardwareId,
  port: z.string(),
  identity: UnitIdentity,
  settings: UnitSettings,
});
export type KnownUnit = z.infer<typeof KnownUnit>;
