import { z } from 'zod';

/** The state in which the unit under work was left when something failed. */
export const deviceStates = [
  'unchanged',
  'old-still-runs',
  'staged',
  'new-runs',
  'adjusted-not-verified',
  'rules-untested',
  'indeterminate',
  'bootloader-only',
] as const;
export type DeviceState = (typeof deviceStates)[number];

/**
 * Every failure there is: what happened and what to do next. `{name}` is filled from the parameters.
 * Code is matched, never text. To add one: one line here.
 */
export const failureTable = {
  PORT_NOT_FOUND: {
    what: 'There is no port {port}.',
    next: 'Check the cable and the port name, then try again.',
  },
  PORT_BUSY: {
    what: 'The port {port} is in use by another program.',
    next: 'Close the other program, then try again.',
  },
  PORT_PERMISSION: {
    what: 'The port {port} may not be opened by this user.',
    next: 'Add the user to the group that owns the port (dialout or uucp), sign in again, then retry.',
  },
  PORT_LOST: {
    what: 'The connection on {port} was lost while {during}.',
    next: 'Plug the unit in again. The work resumes only with the same unit.',
  },
  PORT_FAILED: {
    what: 'The port {port} failed: {detail}.',
    next: 'Unplug the unit, plug it in again, then retry.',
  },
  NO_REPLY: {
    what: 'Nothing answered on {port} within {seconds} s while {during}.',
    next: 'Check that the unit has power and that this is its port, then try again.',
  },
  REPLY_UNREADABLE: {
    what: 'What {port} sent could not be understood while {during}: {detail}.',
    next: 'Check the baud rate and that the unit is of the expected kind, then try again.',
  },
  LINE_TOO_SLOW: {
    what: 'The line on {port} is too slow while {during}: about {rate} bytes come over it in a second.',
    next: 'Set unit and port to a higher baud rate (9600 or more), or use the USB port of the unit itself.',
  },
  WRONG_UNIT: {
    what: 'Another unit is on {port}: expected {expected}, found {found}. Nothing was written to it.',
    next: 'Connect the unit {expected}, or start a job for the new one.',
  },
  UNIT_UNSUPPORTED: {
    what: 'The unit on {port} is not supported: {detail}.',
    next: 'Install MicroPython 1.20 or later on the unit, then try again.',
  },
  UNIT_REFUSED: {
    what: 'The unit refused while {during}: {detail}.',
    next: 'Read the detail, put it right, then try again.',
  },
  NO_SPACE: {
    what: 'The unit has no room left while {during}: {needed} bytes are needed, {free} are free.',
    next: 'Remove files from the unit, then push again.',
  },
  VERIFY_FAILED: {
    what: 'What the unit holds as {path} is not what was sent: expected {expected}, read back {found}.',
    next: 'Push again. If it happens twice, change the cable.',
  },
  AGENT_NOT_RUNNING: {
    what: 'The edge agent does not answer on {port}.',
    next: 'Provision the unit first; if it is provisioned, restart it and try again.',
  },
  REFERENCE_UNREADABLE: {
    what: 'The reference on {port} gave no usable reading: {detail}.',
    next: 'Check that the reference standard is switched on and shows a value, then try again.',
  },
  NOT_STABLE: {
    what: 'No stable reading at {point} within {seconds} s: {detail}.',
    next: 'Wait for the bath to settle, or take the reading with an override that the record shows.',
  },
  CALIBRATION_CHANGED: {
    what: 'The calibration of the channel {channel} in the unit was changed while it was measured as found.',
    next: 'Begin a new calibration: what was measured before does not belong to what the unit computes with now.',
  },
  STANDARD_UNSUITABLE: {
    what: 'The reference standard {serial} may not be used for this: {detail}.',
    next: 'Use a standard that is in date, in range and good enough, or say why this one is used, which the certificate prints.',
  },
  STANDARD_INVALID: {
    what: 'The reference standard {standard} cannot be entered in the register: {detail}.',
    next: 'Correct what is named, then enter it again. Nothing was entered.',
  },
  READINGS_DISAGREE: {
    what: 'The two entries of the reading differ: {first} and {again}.',
    next: 'Read the reference again and type the same value twice.',
  },
  CERTIFICATE_NOT_ISSUED: {
    what: 'No certificate can be issued: {detail}.',
    next: 'Complete what is named, then issue it again. What was issued before is unchanged.',
  },
  DOSSIER_INVALID: {
    what: 'The dossier {path} is not as it was signed: {part}: {detail}.',
    next: 'Ask whoever gave it to you for the original. Do not rely on this copy.',
  },
  FIT_IMPOSSIBLE: {
    what: 'No fit is possible: {detail}.',
    next: 'Take readings at more different points, or choose a model with fewer coefficients.',
  },
  RULES_INVALID: { what: 'The rule set cannot be used: {detail}.', next: 'Correct the rule that is named.' },
  DECISIONS_DIFFER: {
    what: 'The unit and the app decided differently: {detail}.',
    next: 'Do not use this unit for alarms. Push the rules again and repeat the proof.',
  },
  ENGINE_DIFFERS: {
    what: 'The unit decides by rule engine {unit}, this app by rule engine {app}: what was tested here would not run there.',
    next: 'Push software of this app to the unit first, then the rules.',
  },
  SELF_TEST_FAILED: {
    what: 'The unit decided otherwise than the app on {vectors} test vectors of these rules.',
    next: 'Push software of this app to the unit, then push the rules again. Do not rely on this unit until it passes.',
  },
  RULES_CHANGED: {
    what: 'The rules on the unit are not those that were pushed: {found} instead of {expected}.',
    next: 'Find out who changed them, then push the rules again and repeat the proof.',
  },
  TRIAL_INVALID: {
    what: 'The rules cannot be tried like this: {detail}.',
    next: 'Correct what is named, then try again.',
  },
  RULE_TEST_FAILED: {
    what: 'A test kept with these rules fails: {detail}.',
    next: 'Correct the rule, or drop the test if what it expects is no longer right.',
  },
  RULE_NOT_PROVEN: {
    what: 'Not every rule was seen to fire and to clear within {seconds} s: {detail}.',
    next: 'Drive the measurand through the thresholds, then prove the rules again.',
  },
  RECIPE_INVALID: {
    what: 'The recipe cannot be used; mistakes in it: {count}.',
    next: 'Correct each mistake that is listed with its path. Nothing was touched.',
  },
  FILE_UNREADABLE: {
    what: 'The file {path} could not be read: {detail}.',
    next: 'Check the path and the file.',
  },
  FILE_UNWRITABLE: {
    what: 'The file {path} could not be written: {detail}.',
    next: 'Check that the folder exists, that there is room, and that it may be written.',
  },
  BUNDLE_INVALID: {
    what: 'The bundle cannot be used: {detail}.',
    next: 'Fetch the bundle again from whoever published it. Nothing of it was written.',
  },
  BUNDLE_UNTRUSTED: {
    what: 'The bundle is signed with the key {key}, which this project does not trust.',
    next: 'Ask the publisher for the public key, compare it by another way, then add it to the trusted keys.',
  },
  BUNDLE_WRONG_PRODUCT: {
    what: 'The bundle is for {found}, not for {expected}.',
    next: 'Choose the bundle that was made for this product and this hardware.',
  },
  BUNDLE_EXPIRED: {
    what: 'The bundle expired at {expires}; it is now {now}.',
    next: 'Fetch a newer bundle, or set the clock of this computer if it is wrong.',
  },
  BUNDLE_APP_TOO_OLD: {
    what: 'The bundle needs Plumbline {needed}; this is {found}.',
    next: 'Update Plumbline, then try again.',
  },
  BUNDLE_ROLLBACK: {
    what: 'The bundle has the security counter {counter}; {highest} was seen before. It would bring back what was put right since.',
    next: 'Use a newer bundle, or let this one pass with your name and a reason, which the record keeps.',
  },
  NOT_CONFIRMED: {
    what: 'The new software on {unit} did not prove itself: {detail}.',
    next: 'Read the detail, put it right, then push again.',
  },
  DOWNGRADE_REFUSED: {
    what: 'The unit holds software with the security counter {held}; what is to be pushed has {offered}.',
    next: 'Use newer software, or let this one pass with your name and a reason, which the record keeps.',
  },
  UNIT_NOT_BOOTABLE: {
    what: 'Neither of the two software slots of {unit} is sound: {detail}.',
    next: 'Push again. The unit starts as soon as one slot is sound.',
  },
  RESTORE_INCOMPLETE: {
    what: '{count} lines of the configuration did not take on {unit}: {detail}.',
    next: 'Compare the lines that are listed with what the unit can hold, then restore again.',
  },
  BROKER_UNREACHABLE: {
    what: 'There is no way to the broker {host} port {port}: {detail}.',
    next: 'Check the name, the port, and that this computer and the broker are on the same network.',
  },
  BROKER_WRONG_NAME: {
    what: 'The broker {host} shows a certificate for {found}, not for {expected}.',
    next: 'Enter the name that stands in the certificate, or have the broker given one for {expected}.',
  },
  BROKER_CERTIFICATE_DATE: {
    what: 'The certificate of the broker {host} ({subject}) is valid from {from} to {to}; it is now {now}.',
    next: 'Renew the certificate, or set the clock that is wrong.',
  },
  BROKER_UNKNOWN_AUTHORITY: {
    what: 'The certificate of the broker {host} ({subject}) comes from {issuer}, which is not the authority that is trusted here.',
    next: 'Choose the authority that issued the certificate of the broker, after comparing it by another way.',
  },
  BROKER_LOGIN_REFUSED: {
    what: 'The broker {host} refused the login of {user}: {detail}.',
    next: 'Check user and password (or the client certificate) at the broker, then prove again.',
  },
  BROKER_TLS: {
    what: 'No secure connection to the broker {host} could be made: {detail}.',
    next: 'Check that the port speaks TLS, and which certificates the broker asks for.',
  },
  BROKER_FORBIDDEN: {
    what: 'The broker {host} does not let {user} {action} {topic}.',
    next: 'Add the access lines that are shown to the access list of the broker, then prove again.',
  },
  BROKER_SILENT: {
    what: 'The broker {host} was reached, but {expected} did not come on {topic} within {seconds} s: {detail}.',
    next: 'Read what the unit says of its own connection, put it right, then prove again.',
  },
  SECRET_UNKNOWN: {
    what: 'The secret {name} is not known here.',
    next: 'Enter it again, or name an environment variable or a file that holds it.',
  },
  SECRETS_LOCKED: {
    what: 'The secrets of this project cannot be read: {detail}.',
    next: 'Give the passphrase of the key file, or unlock the key store of this computer.',
  },
  CERTIFICATE_REFUSED: {
    what: 'No certificate was issued for {subject}: {detail}.',
    next: 'Make a new key and a new request on the unit itself, then try again.',
  },
  LIST_INVALID: {
    what: 'The list {name} cannot be used: line {line}: {detail}.',
    next: 'Correct the line in the list, then import it again. Nothing was taken over.',
  },
  KEY_INVALID: {
    what: 'The key file {key} cannot be used: {detail}.',
    next: 'Check that it is the right file and of the right kind, and that the passphrase is right.',
  },
  PROJECT_INVALID: {
    what: 'The project file {path} cannot be used: {detail}.',
    next: 'Keep the file as it is and open a copy from your backup.',
  },
  PROJECT_IN_USE: {
    what: 'The project file {path} is open in another Plumbline.',
    next: 'Close it there first. Nothing was written.',
  },
  BENCH_ABSENT: {
    what: 'The simulated bench is not attached.',
    next: 'Start Plumbline without --no-bench to use {port}.',
  },
  BENCH_FAILED: { what: 'The simulated bench failed: {detail}.', next: 'Start the bench again.' },
  PROGRAM_MISSING: { what: 'The program {program} is missing.', next: 'Install {program}, then try again.' },
  STEP_BLOCKED: { what: 'This cannot be done yet: {detail}.', next: 'Finish what is named first.' },
  CANCELLED: { what: 'Stopped while {during}.', next: 'Start this step again when ready.' },
  INTERRUPTED: {
    what: 'The app was closed while {during}.',
    next: 'Start this step again. What the record holds from before is kept.',
  },
  REQUEST_INVALID: {
    what: 'The request {method} is not valid: {detail}.',
    next: 'This is a defect in the program that sent it; please report it.',
  },
  NOT_FOUND: { what: 'There is no {thing} {id}.', next: 'Go back and choose again.' },
  INTERNAL: {
    what: 'Plumbline made a mistake: {detail}.',
    next: 'Please report this with the log. The record up to here is kept.',
  },
} as const satisfies Record<string, { what: string; next: string }>;

export type FailureCode = keyof typeof failureTable;
export type FailureParams = Record<string, string | number>;

type Named<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Named<Rest>
  : never;
type Table = typeof failureTable;
/** The parameters that a code's words need; a failure may carry more of its own. */
export type ParamsOf<C extends FailureCode> = Record<
  Named<Table[C]['what']> | Named<Table[C]['next']>,
  string | number
> &
  FailureParams;

export const failureCodes = Object.keys(failureTable) as FailureCode[];

/** Longest sentence that crosses a door. */
const LONGEST = 2000;

/** A failure as it crosses a door, is journalled, and is printed by `--json`. */
export const FailureRecord = z.strictObject({
  code: z.enum(failureCodes as [FailureCode, ...FailureCode[]]),
  what: z.string().max(LONGEST),
  deviceState: z.enum(deviceStates),
  next: z.string().max(LONGEST),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type FailureRecord = z.infer<typeof FailureRecord>;

const fill = (template: string, params: FailureParams): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));

/** The record takes no floats: a number that is not whole becomes its text. */
const exact = (params: FailureParams): FailureParams =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isSafeInteger(value) ? String(value) : value,
    ]),
  );

/** The one error type that crosses rooms. Anything else that is thrown becomes INTERNAL at the host. */
export class Failure<C extends FailureCode = FailureCode> extends Error {
  override readonly name = 'Failure';
  readonly code: C;
  readonly params: FailureParams;
  readonly deviceState: DeviceState;

  constructor(code: C, params: ParamsOf<C>, options: { deviceState?: DeviceState; cause?: unknown } = {}) {
    super(fill(failureTable[code].what, params).slice(0, LONGEST), { cause: options.cause });
    this.code = code;
    this.params = exact(params);
    this.deviceState = options.deviceState ?? 'unchanged';
  }

  get next(): string {
    return fill(failureTable[this.code].next, this.params).slice(0, LONGEST);
  }

  /** The same failure, with the state in which the unit was left. */
  leaving(deviceState: DeviceState): Failure {
    return new Failure<FailureCode>(this.code, this.params as ParamsOf<FailureCode>, {
      deviceState,
      cause: this.cause,
    });
  }

  toJSON(): FailureRecord {
    return {
      code: this.code,
      what: this.message,
      deviceState: this.deviceState,
      next: this.next,
      params: this.params,
    };
  }

  /** Any thrown thing as a Failure; what is not one is a defect and says so. */
  static from(thrown: unknown): Failure {
    if (thrown instanceof Failure) return thrown;
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    return new Failure(
      'INTERNAL',
      { detail: detail.slice(0, 500) },
      { deviceState: 'indeterminate', cause: thrown },
    );
  }

  static fromJSON(record: FailureRecord): Failure {
    return new Failure(record.code, record.params as ParamsOf<FailureCode>, {
      deviceState: record.deviceState,
    });
  }
}
