import { z } from 'zod';
import { BenchFault, BenchState } from './bench.ts';
import { StabilityEvidence } from './calibrate.ts';
import { calibrationEvents, calibrationMethods } from './calibration-methods.ts';
import { SecretRef } from './connection.ts';
import { HardwareId, PortInfo } from './devices.ts';
import { FailureRecord } from './failure.ts';
import { Job, ReportFacts, RunState, WizardIntent, WizardState } from './job.ts';
import { labEvents, labMethods } from './lab-methods.ts';
import { networkEvents, networkMethods } from './network-methods.ts';
import { Profile } from './profile.ts';
import { PlateText } from './provision.ts';
import { NameRow, QueueState } from './queue.ts';
import { Recipe } from './recipe.ts';
import { softwareMethods } from './software-methods.ts';
import { standardEvents, standardMethods } from './standards.ts';
import { TaskProgress } from './wizard.ts';

const nothing = z.strictObject({});
const wizardId = z.string().regex(/^w[0-9]{1,9}$/);

/**
 * The contract: every method with the schema of what goes in and what comes out. The host implements exactly these,
 * the three doors carry exactly these, and the types of both ends are derived from here.
 */
export const methods = {
  'app.info': {
    params: nothing,
    result: z.strictObject({
      version: z.string(),
      bench: z.boolean(),
      door: z.enum(['window', 'browser', 'terminal']),
      platform: z.string(),
    }),
  },
  'devices.list': { params: nothing, result: z.array(PortInfo) },
  'profiles.list': { params: nothing, result: z.array(Profile) },
  'job.get': { params: nothing, result: Job },
  'job.describe': {
    params: z.strictObject({ name: PlateText.min(1), engineer: PlateText, customer: PlateText }),
    result: Job,
  },
  /** Opens the newest unfinished wizard of that kind for the unit, or a new one. */
  'wizard.open': {
    params: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('provision'), fresh: z.boolean().default(false) }),
      z.strictObject({ kind: z.literal('calibrate'), unit: HardwareId, fresh: z.boolean().default(false) }),
      z.strictObject({ kind: z.literal('validate'), unit: HardwareId, fresh: z.boolean().default(false) }),
    ]),
    result: WizardState,
  },
  /** Opens a provisioning that puts a unit in the place of a dead one: its plate, connection and rules. */
  'unit.replace': {
    params: z.strictObject({ old: HardwareId, port: z.string().max(300).nullable().default(null) }),
    result: WizardState,
  },
  'wizard.get': { params: z.strictObject({ id: wizardId }), result: WizardState },
  'wizard.list': { params: nothing, result: z.array(WizardState) },
  'wizard.act': { params: z.strictObject({ id: wizardId, action: WizardIntent }), result: WizardState },
  /** Turns a unit's frame stream on for this connection; blocks arrive as bytes, see live.ts. */
  'live.subscribe': {
    params: z.strictObject({ unit: HardwareId }),
    result: z.strictObject({
      stream: z.number().int(),
      channels: z.array(
        z.strictObject({ id: z.string(), unit: z.string(), quantum: z.string(), title: z.string() }),
      ),
    }),
  },
  'live.unsubscribe': { params: z.strictObject({ stream: z.number().int() }), result: nothing },
  'bench.state': { params: nothing, result: BenchState.nullable() },
  'bench.setPoint': {
    params: z.strictObject({ celsius: z.number().min(-40).max(150) }),
    result: BenchState.nullable(),
  },
  'bench.fault': {
    params: z.strictObject({ board: z.number().int().positive(), fault: BenchFault }),
    result: BenchState.nullable(),
  },
  'recipe.demo': { params: nothing, result: Recipe },
  'run.start': {
    params: z.strictObject({
      recipe: Recipe,
      port: z.string().max(300),
      /** Null where the recipe measures nothing. */
      reference: z.string().max(300).nullable(),
    }),
    result: RunState,
  },
  'run.get': { params: nothing, result: RunState.nullable() },
  'run.stop': { params: nothing, result: RunState.nullable() },
  /** The same recipe for every unit that is plugged in (or on the given ports), several at once. */
  'queue.start': {
    params: z.strictObject({
      recipe: Recipe,
      ports: z.array(z.string().max(300)).min(1).max(100).nullable(),
      /** Null where the recipe measures nothing. */
      reference: z.string().max(300).nullable(),
      names: z.array(NameRow).max(1000),
    }),
    result: QueueState,
  },
  /** Plate texts out of a list as spreadsheets write it. */
  'names.import': { params: z.strictObject({ csv: z.string().max(1_000_000) }), result: z.array(NameRow) },
  'queue.get': { params: nothing, result: QueueState.nullable() },
  'queue.stop': { params: nothing, result: QueueState.nullable() },
  /** What became of each unit, one row each. */
  'queue.sheet': {
    params: z.strictObject({ format: z.enum(['csv', 'pdf']) }),
    result: z.strictObject({ name: z.string(), base64: z.string() }),
  },
  /** Keeps a secret under a new name; nothing ever answers what it is. */
  'secrets.put': {
    params: z.strictObject({ label: PlateText.min(1), value: z.string().min(1).max(4096) }),
    result: SecretRef,
  },
  'secrets.list': {
    params: nothing,
    result: z.array(z.strictObject({ ref: SecretRef, label: z.string() })),
  },
  'report.build': { params: z.strictObject({ unit: HardwareId }), result: ReportFacts },
  'report.list': { params: nothing, result: z.array(ReportFacts) },
  'report.read': {
    params: z.strictObject({ id: z.string().max(80), format: z.enum(['pdf', 'json']) }),
    result: z.strictObject({ name: z.string(), base64: z.string() }),
  },
  ...softwareMethods,
  ...networkMethods,
  ...standardMethods,
  ...calibrationMethods,
  ...labMethods,
} as const;

export type Method = keyof typeof methods;
export type Params<M extends Method> = z.input<(typeof methods)[M]['params']>;
/** What the host's handler gets: defaults filled in. */
export type ParsedParams<M extends Method> = z.output<(typeof methods)[M]['params']>;
export type Result<M extends Method> = z.output<(typeof methods)[M]['result']>;

/** What the host says unasked. A client that (re)connects asks for the present state first. */
export const events = {
  ...networkEvents,
  ...standardEvents,
  ...calibrationEvents,
  ...labEvents,
  'devices.changed': z.array(PortInfo),
  'job.changed': Job,
  'wizard.changed': WizardState,
  'task.progress': TaskProgress,
  /** Calibration: the stability of the running window, at most five times a second. */
  'calibrate.live': z.strictObject({
    wizard: z.string(),
    nominal: z.string(),
    reference: z.string(),
    unit: z.string(),
    at: z.number(),
    elapsedSeconds: z.number(),
    evidence: StabilityEvidence,
  }),
  'run.changed': RunState.nullable(),
  'queue.changed': QueueState,
  'bench.changed': BenchState,
} as const;
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

/** The control protocol over a channel. */
export const Request = z.strictObject({
  id: z.number().int(),
  method: z.string().max(60),
  params: z.unknown(),
});
export type Request = z.infer<typeof Request>;
export const Reply = z.union([
  z.strictObject({ id: z.number().int(), result: z.unknown() }),
  z.strictObject({ id: z.number().int(), failure: FailureRecord }),
]);
