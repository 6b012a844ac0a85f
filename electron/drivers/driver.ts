import type { Frame, ReferenceIdentity, RuleEvent, UnitIdentity } from '../../shared/contract/devices.ts';
import type { PortInfo, Transport } from '../transport/transport.ts';

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

/** What the running agent says of itself: hashes are of the files as they were when it started. */
export interface AgentHello {
  agent: string;
  unit: string;
  boot: number;
  /** Engine time, ms. */
  t: number;
  tag: string;
  /** Path on the unit -> SHA-256 of what was loaded at start (agent modules and configuration files). */
  files: Record<string, string>;
  channels: string[];
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
  /** Atomic replacement with the hash checked on the unit; the agent takes it into use at once. */
  put(file: AgentFileName, bytes: Uint8Array): Promise<AgentCommit>;
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
  /**
   * Writes files safely: identity read again first, temporary name, SHA-256 on the unit, rename.
   * `expected` is the hardware id that the plan is for; another unit there fails with WRONG_UNIT.
   */
  push(
    files: readonly UnitFile[],
    options: { expected: string; onProgress?: (p: PushProgress) => void; signal?: AbortSignal },
  ): Promise<PushedFile[]>;
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

export interface ReferenceDriver {
  readonly family: string;
  open(transport: Transport, options: { signal?: AbortSignal }): ReferenceSession;
}
