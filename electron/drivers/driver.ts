import type { Frame, ReferenceIdentity, RuleEvent, UnitIdentity } from '../../shared/contract/devices.ts';
import type { SelfTestLine, SlotName } from '../../shared/contract/provision.ts';
import type { ReferenceSource, ReferenceStandard } from '../../shared/contract/standards.ts';
import type { SelfTestFrame } from '../../shared/rules/lab/lab.ts';
import type { Persisted } from '../../shared/rules/rules.ts';
import type { LineSettings, PortInfo, Transport } from '../transport/transport.ts';

/** A file to put on a unit. `path` is absolute on the unit; `sha256` is lower-case hex of `bytes`. */
export interface UnitFile {
  path: string;
  bytes: Uint8Array;
  sha256: string;
}

export interface PushProgress {
  step: 'checking' | 'staging' | 'verifying' | 'replacing' | 'restarting' | 'proving';
  file: string;
  done: number;
  total: number;
  bytesDone: number;
  bytesTotal: number;
}

/** What a file push left on the unit, as the unit itself reports it. */
export interface PushedFile {
  path: string;
  size: number;
  sha256: string;
  /** False when the unit already held these very bytes and nothing was sent. */
  sent: boolean;
}

/** A file of a slot: `path` is inside of the slot (`/plumbline/agent.py`, `/config.json`). */
export interface SlotFile {
  path: string;
  size: number;
  sha256: string;
  /** Null: these bytes are on the unit already (a key that it made, a file that is kept) and are taken from there. */
  bytes: Uint8Array | null;
}

/** Software with its configuration, proven and started together. */
export interface SlotImage {
  files: readonly SlotFile[];
  /** Canonical JSON, `/manifest.json` of the slot: product, version, counter, and every file with size and SHA-256. */
  manifest: UnitFile;
  /** `/main.py`: starts the slot that counts, falls back by itself. Replaced only where it differs. */
  trampoline: UnitFile;
  /** Files outside of the slots, replaced one by one before the flip: a calibration where there is none. */
  data: readonly UnitFile[];
}

/** What a unit holds, as it finds itself: read from its files, nothing is run. */
export interface UnitSoftware {
  /** The slot that the next start takes; null where the unit has none yet. */
  active: SlotName | null;
  /** Starts that the active slot may still take before it must have been confirmed; null: it is confirmed. */
  bootsLeft: number | null;
  /** The slot that the unit gave up by itself, and why. */
  fellBack: { from: SlotName; why: string } | null;
  slots: Record<SlotName, { manifest: string; text: Uint8Array } | null>;
}

export interface PushOptions {
  /** The hardware id that the plan is for; another unit there fails with WRONG_UNIT. */
  expected: string;
  /** Called before each step is done; what it throws stops the push. */
  before?: (step: 'staging' | 'flipping', slot: SlotName) => void;
  onProgress?: (progress: PushProgress) => void;
  signal?: AbortSignal;
}

/** A private key made on the unit; it never leaves it. */
export interface UnitKey {
  /** P-256 point, x and y, 32 bytes each. */
  publicKey: Uint8Array;
  /** The key file on the unit: what a `SlotFile` with `bytes: null` names. */
  size: number;
  sha256: string;
  /** ECDSA over this SHA-256 digest: r and s, 32 bytes each. */
  sign(digest: Uint8Array, options: { signal?: AbortSignal }): Promise<Uint8Array>;
}

/** What the running agent says of itself: hashes are of the files as they were when it started. */
export interface AgentHello {
  agent: string;
  unit: string;
  boot: number;
  /** Engine time, ms. */
  t: number;
  tag: string;
  /** Path on the unit -> SHA-256 of what was loaded at start (slot and data files); fetched page by page. */
  files: Record<string, string>;
  /** The slot that runs, the hash of its manifest, and the starts left until it must be confirmed (null: it is). */
  slot: SlotName | null;
  manifest: string | null;
  bootsLeft: number | null;
  channels: string[];
  /** Version of its rule engine; null where it does not say one. */
  engine: number | null;
  /** First eight hex digits of the SHA-256 of the rule file in force; null where none. */
  rulesRevision: string | null;
  periodMs: number;
}

/** The three files that the running agent can be given without a restart. */
export type AgentFileName = 'config' | 'calibration' | 'rules';

export interface AgentCommit {
  sha256: string;
  /** Sequence number of the first frame that is made under the new file. */
  fromSeq: number;
}

/** A unit's connection to network and broker in its own words. */
export interface UnitUplink {
  network: 'none' | 'down' | 'up';
  address: string | null;
  broker: 'none' | 'down' | 'connecting' | 'up';
  /** What is wrong: the stage (`network`, `connect`, `tls`, `login`, `session`), a code such as `acl`, and words. */
  trouble: { what: string; code: string | number | null; detail: string } | null;
}

/** The rule engine of a unit began anew: the unit restarted, or some file was put in force. */
export interface EngineRestart {
  /** Null where the unit did not restart. */
  boot: number | null;
  /** Of the rules that are in force now. */
  revision: string | null;
}

/** The rule events of this boot that the unit still has, oldest first. */
export interface UnitEvents {
  boot: number;
  /** Of the rules in force, by whose places the events name them. */
  revision: string | null;
  /** Engine time now, ms, and the unit's clock where it is set (ms since 1970). */
  t: number;
  wall: number | null;
  events: RuleEvent[];
  /** How many there were before these. */
  forgotten: number;
}

/** What a unit's engine made of vectors, each decided from cold. */
export interface VectorRun {
  /** First 8 hex digits of the hash of the rules that ran. */
  rev: string;
  vectors: number;
  frames: number;
  events: number;
  /** Over all events, as `vectorHash` makes it. */
  hash: string;
}

/** The running edge agent behind a unit's line. Every `hello` and `put` fails with WRONG_UNIT once another unit answers. */
export interface AgentLink {
  /** Settles when the line to the unit has ended. */
  readonly closed: Promise<unknown>;
  hello(): Promise<AgentHello>;
  /** Turns the frame stream on or off. Frames arrive at `onFrame` listeners. */
  stream(on: boolean): Promise<void>;
  onFrame(listener: (frame: Frame) => void): () => void;
  onRuleEvent(listener: (event: RuleEvent) => void): () => void;
  /** Something came that could not be read: a frame or a rule event may have been lost with it. */
  onDamage(listener: () => void): () => void;
  /** Told before any frame of the new engine comes. Where a unit restarted, its frames are off. */
  onRestart(listener: (restart: EngineRestart) => void): () => void;
  /** Atomic replacement with the hash checked on the unit; the agent takes it into use at once. */
  put(file: AgentFileName, bytes: Uint8Array): Promise<AgentCommit>;
  /** Tells the unit to keep the software that runs; its manifest must have this hash. */
  confirm(manifest: string): Promise<void>;
  selfTest(): Promise<SelfTestLine[]>;
  /** Reads the unit's clock and sets it first where a time is given (ms since 1970); null: it has none. */
  clock(set?: number): Promise<{ wall: number | null; t: number }>;
  /** What the unit says of its own way to the broker. */
  uplink(): Promise<UnitUplink>;
  /** Cuts the connection to the broker as a pulled cable would: no farewell. It comes back after `holdMs`. */
  dropBroker(holdMs: number): Promise<void>;
  /** No events of the rule for so long, from the next frame on; 0 ends it. Resolves with the frame and the moment. */
  shelve(rule: number, ms: number): Promise<{ seq: number; until: number }>;
  /** With what of before its last boot the rule engine started; nothing where it started cold. */
  kept(): Promise<Persisted>;
  /**
   * The rules in force on vectors, in an engine beside the one that runs. `onVector` hears how many are done; from the
   * beginning where the unit restarted in between.
   */
  vectors(
    vectors: readonly (readonly SelfTestFrame[])[],
    options?: { onVector?: (done: number) => void; signal?: AbortSignal },
  ): Promise<VectorRun>;
  events(): Promise<UnitEvents>;
  /** Reads a file back from the unit, byte for byte; null where the unit has none. */
  get(file: AgentFileName): Promise<Uint8Array | null>;
}

/** An open unit. One request is in flight at a time; every call has its own deadline. */
export interface UnitSession {
  readonly port: string;
  readonly closed: Promise<unknown>;
  /** Its program was stopped by work of ours and has not been started again. */
  readonly interrupted: boolean;
  /** Who is there? Interrupts a running program, so it needs the engineer's consent. */
  identify(options?: { signal?: AbortSignal }): Promise<UnitIdentity>;
  /** Reads what the unit holds; interrupts a running program. */
  software(options: { expected: string; signal?: AbortSignal }): Promise<UnitSoftware>;
  /**
   * Stages the image in the slot that does not count, has the unit hash every file, and flips the pointer: the next
   * start takes it, on trial. Files that the unit holds already (by hash, in either slot) are not sent. Nothing of
   * the old software is touched. Resolves with the slot and what it holds, as the unit reports it.
   */
  push(image: SlotImage, options: PushOptions): Promise<{ slot: SlotName; files: PushedFile[] }>;
  /**
   * Points away from a slot, back at the other one where that is sound (UNIT_NOT_BOOTABLE where it is not); the next
   * start takes it. A unit that has given the slot up by itself is left as it is.
   */
  rollBack(options: { expected: string; from: SlotName; signal?: AbortSignal }): Promise<SlotName>;
  /**
   * Replaces single files outside of the slots safely: identity read again first, temporary name, SHA-256 on the unit,
   * rename. For what is no software: a calibration, rules.
   */
  replace(files: readonly UnitFile[], options: PushOptions): Promise<PushedFile[]>;
  /** Makes a P-256 key on the unit; null where its firmware cannot (no entropy, no long integers, too slow). */
  makeKey(options: { expected: string; signal?: AbortSignal }): Promise<UnitKey | null>;
  /** A file's exact bytes, null where there is none. Same identity check as `push`; interrupts a running program. */
  read(path: string, options: { expected: string; signal?: AbortSignal }): Promise<Uint8Array | null>;
  /** Soft reset of this very unit that runs boot.py and main.py; resolves with the agent's own hello. */
  restart(options: { expected: string; signal?: AbortSignal }): Promise<AgentHello>;
  /**
   * Starts the program again that work of ours stopped, and does not wait for it. A unit whose files are in doubt
   * after a push that failed is left alone. Never fails: whoever calls it has given the unit up.
   */
  resume(): Promise<void>;
  /** The agent that already runs, without disturbing it; AGENT_NOT_RUNNING where none answers. */
  attach(options: { expected: string; signal?: AbortSignal }): Promise<AgentLink>;
  close(): Promise<void>;
}

/** One small object per device family, in the table of `drivers.ts`. */
export interface UnitDriver {
  readonly family: string;
  /** 0..1 from what the port list says alone; no bytes are exchanged. */
  probe(info: PortInfo): number;
  open(transport: Transport, options: { signal?: AbortSignal }): UnitSession;
}

/** A reference instrument that the app reads itself. Readings stay the instrument's own decimal digits. */
export interface ReferenceSession {
  readonly port: string;
  readonly closed: Promise<unknown>;
  identify(): Promise<ReferenceIdentity>;
  /** One reading: decimal text exactly as sent (sign and exponent normalised away), in `identity.unit`. */
  read(options?: { signal?: AbortSignal }): Promise<{ value: string; at: number }>;
  /** Only where `identity.source`: drive the bath or block to a set point (decimal text, same unit). */
  setPoint(value: string): Promise<void>;
  close(): Promise<void>;
}

/** A kind of reference that is read over a port. */
export interface ReferenceDriver<K extends ReferenceSource['kind'] = ReferenceSource['kind']> {
  readonly family: K;
  /** How a serial port is set for it. */
  line(source: SourceOf<K>): LineSettings;
  open(transport: Transport, options: { source: SourceOf<K>; signal?: AbortSignal }): ReferenceSession;
}

/** A kind of reference that has no port of its own: the unit itself, a person. */
export interface PortlessReferenceDriver<K extends ReferenceSource['kind'] = ReferenceSource['kind']> {
  readonly family: K;
  open(given: PortlessOpening, source: SourceOf<K>): PortlessReference;
}
export type SourceOf<K extends ReferenceSource['kind']> = Extract<ReferenceSource, { kind: K }>;
export type PortlessReference = Pick<ReferenceSession, 'identify' | 'read'>;

/** Everything that a reference may be read by, for work with one unit. */
export interface ReferenceAsk {
  source: ReferenceSource;
  /** Empty for a channel and for a typed reference. */
  port: string;
  /** The unit that is worked on; `port` is where the work with it began, by which shared places are known. */
  unit: { hardwareId: string; port: string };
  /** Of the register; gives a reference that cannot say who it is its identity. */
  standard: ReferenceStandard | null;
  /** A channel of that unit; null: it has none of this name. Calibrated: a calibration of it has passed. */
  channelOf(id: string): { unit: string; quantum: string; calibrated: boolean } | null;
  /** What a person has typed for the point under way; null: nothing yet. */
  typed(): { value: string; at: number } | null;
}

export interface PortlessOpening extends ReferenceAsk {
  /** The unit's frames. */
  onFrame(listener: (frame: Frame) => void): () => void;
}
