import { z } from 'zod';
import { PortInfo } from './devices.ts';

/** Every check of the connection doctor, in the order in which it looks. */
export const checkIds = [
  'port-exists',
  'permission',
  'signed-in-again',
  'udev-rule',
  'modem-manager',
  'brltty',
  'port-held',
  'lock-file',
  'driver',
  'charge-only-cable',
  'bootloader',
  'opens',
  'answers',
] as const;
export type CheckId = (typeof checkIds)[number];

/** `possible` is what cannot be told from here; the remedy then says how to find out. */
export const findingStates = ['ok', 'problem', 'possible', 'not-applicable'] as const;
export type FindingState = (typeof findingStates)[number];

/** What the doctor may do itself after asking. There is nothing else. */
export const fixIds = ['install-udev-rule', 'join-group'] as const;
export type FixId = (typeof fixIds)[number];

/** `command` is for a person's shell; what the doctor runs itself is the same, as root already. */
export const Fix = z.strictObject({
  id: z.enum(fixIds),
  command: z.string().max(2000),
  needsRoot: z.boolean(),
});
export type Fix = z.infer<typeof Fix>;

export const Finding = z.strictObject({
  id: z.enum(checkIds),
  state: z.enum(findingStates),
  /** What was seen, verbatim and capped, without control characters. */
  evidence: z.string().max(600),
  /** What to do, in plain words. */
  remedy: z.string().max(600),
  fix: Fix.exactOptional(),
});
export type Finding = z.infer<typeof Finding>;

/** `port` is null where this computer has no serial port at all: then only the computer was looked at. */
export const PortReport = z.strictObject({
  port: z.string().max(300).nullable(),
  findings: z.array(Finding),
});
export type PortReport = z.infer<typeof PortReport>;

export const FixResult = z.strictObject({
  ...Fix.shape,
  outcome: z.enum(['done', 'refused', 'needs-root', 'failed']),
  /** What the program said that failed; empty otherwise. */
  detail: z.string().max(600),
});
export type FixResult = z.infer<typeof FixResult>;

/** The answer of `plumb doctor --json`. `ok` is false as soon as one finding is a problem. */
export const Diagnosis = z.strictObject({
  ok: z.boolean(),
  reports: z.array(PortReport),
  fixes: z.array(FixResult),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

/**
 * One line of `plumb devices --watch --json`. `present` tells of a port that was there at the start. `moved` is the
 * same unit (vendor, product and serial number) under another path; `from` is where it was.
 */
export const PortChange = z.strictObject({
  change: z.enum(['present', 'plugged', 'unplugged', 'moved']),
  device: PortInfo,
  from: z.string().max(300).exactOptional(),
});
export type PortChange = z.infer<typeof PortChange>;
