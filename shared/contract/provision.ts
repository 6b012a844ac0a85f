import { z } from 'zod';
import { HardwareId, PortInfo, Sha256, UnitIdentity } from './devices.ts';
import type { FailureRecord } from './failure.ts';
import { WizardBase } from './wizard.ts';

/** A name plate text: what a person types, printable, trimmed, no line breaks. */
export const PlateText = z
  .string()
  .trim()
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');

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

export const provisionSteps = ['choose', 'describe', 'push', 'proof'] as const;
export const ProvisionState = z.strictObject({
  ...WizardBase,
  kind: z.literal('provision'),
  step: z.enum(provisionSteps),
  port: PortInfo.nullable(),
  unit: UnitIdentity.nullable(),
  settings: UnitSettings.nullable(),
  plan: z.array(PlannedFile).nullable(),
  pushed: z.array(PushedFile).nullable(),
  proof: z.array(ProofLine).nullable(),
  agent: z.string().nullable(),
});
export type ProvisionState = z.infer<typeof ProvisionState>;

/** What a person (or a recipe) asks for. */
export const ProvisionIntent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('goto'), step: z.enum(provisionSteps) }),
  /** Consent to interrupt the program on the unit, then identify it. */
  z.strictObject({ type: z.literal('identify'), port: PortInfo }),
  z.strictObject({ type: z.literal('describe'), settings: UnitSettings }),
  z.strictObject({ type: z.literal('push') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('finish') }),
]);
export type ProvisionIntent = z.infer<typeof ProvisionIntent>;

/** What the host found out; journalled beside the intents. */
export type ProvisionFact =
  | { type: 'identified'; unit: UnitIdentity }
  | { type: 'planned'; plan: z.infer<typeof PlannedFile>[] }
  | { type: 'pushed'; files: z.infer<typeof PushedFile>[] }
  | { type: 'proved'; proof: z.infer<typeof ProofLine>[]; agent: string }
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
