import { z } from 'zod';

/** Text that a device said: capped, control characters out. It is rendered as text, never as markup. */
export const DeviceText = z.string().max(200);

const decimal = 'must be a decimal number as text, such as "25.0"';
/** Exact decimal text such as `-12.50`; no exponent, no float on the way. */
export const DecimalText = z
  .string(decimal)
  .max(60)
  .regex(/^-?(0|[1-9]\d*)(\.\d+)?$/, decimal);

/** Lower-case hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A unit's hardware id: lower-case hex of its unique id. */
export const HardwareId = z.string().regex(/^[0-9a-f]{4,64}$/);

export const PortInfo = z.strictObject({
  port: z.string().max(300),
  kind: z.enum(['serial', 'tcp', 'simulated']),
  vendorId: DeviceText.exactOptional(),
  productId: DeviceText.exactOptional(),
  serialNumber: DeviceText.exactOptional(),
  manufacturer: DeviceText.exactOptional(),
  product: DeviceText.exactOptional(),
  /** What the port is taken for from the listing alone, best guess first. */
  looksLike: z.enum(['unit', 'reference', 'unknown']),
});
export type PortInfo = z.infer<typeof PortInfo>;

export const UnitIdentity = z.strictObject({
  hardwareId: HardwareId,
  family: z.string().max(40),
  /** `micropython`, `circuitpython`. */
  implementation: DeviceText,
  version: DeviceText,
  platform: DeviceText,
  machine: DeviceText,
  freeBytes: z.number().int().nonnegative(),
  totalBytes: z.number().int().nonnegative(),
  /** What the unit holds of an earlier commissioning, if anything. */
  tag: DeviceText.nullable(),
  agent: DeviceText.nullable(),
});
export type UnitIdentity = z.infer<typeof UnitIdentity>;

export const ReferenceIdentity = z.strictObject({
  maker: DeviceText,
  model: DeviceText,
  serial: DeviceText,
  firmware: DeviceText,
  /** Unit of the readings, as in `shared/units`: `degC`. */
  unit: z.string().max(20),
  /** It can drive the measurand to a set point (dry block, bath, calibrator). */
  source: z.boolean(),
});
export type ReferenceIdentity = z.infer<typeof ReferenceIdentity>;

/**
 * One scan of all channels on the unit. `t` is engine time in ms since the agent's start; `value` counts quanta of
 * the channel (null: bad reading), `raw` is the ADC's own count (null: none).
 */
export interface Frame {
  seq: number;
  t: number;
  channels: { id: string; value: number | null; raw: number | null }[];
  /** Host clock when it arrived, ms since 1970. */
  at: number;
}

export const RuleEventKind = z.enum(['ON', 'OFF', 'RTN', 'REP']);
export const RuleEvent = z.strictObject({
  /** Frame in which it was decided. */
  seq: z.number().int(),
  t: z.number().int(),
  /** Index into the rule set. */
  rule: z.number().int().nonnegative(),
  kind: RuleEventKind,
  /** The first of its first-out group. */
  first: z.literal(true).optional(),
});
export type RuleEvent = z.infer<typeof RuleEvent>;

/** Something on the network that may be a unit, an instrument or a broker: a hint to look, never an identity. */
export const NetworkCandidate = z.strictObject({
  /** Stable while it is seen: service name or topic. */
  id: z.string().max(300),
  found: z.enum(['mdns', 'broker']),
  name: DeviceText,
  host: z.string().max(253).nullable(),
  port: z.number().int().nullable(),
  /** `_plumbline._tcp`, or the convention of the topic: `homeassistant`, `sparkplug-b`, `plumbline`. */
  service: DeviceText,
  /** A Plumbline unit says its hardware id. */
  unit: HardwareId.nullable(),
  looksLike: z.enum(['unit', 'broker', 'instrument', 'gateway', 'unknown']),
  /** 0..100, from the fingerprint table. */
  score: z.number().int().min(0).max(100),
  detail: DeviceText,
});
export type NetworkCandidate = z.infer<typeof NetworkCandidate>;
