import type { MessagePort } from 'node:worker_threads';
import type { FileChange, FileImage } from './file-image.ts';
import type { FileSystem } from './file-system.ts';
import type { AccessPoint } from './network-messages.ts';

/**
 * How a board comes up: after power, or after a soft reset in one of the two REPL modes. `safe` is the reset after a
 * Ctrl-C that it could not answer: boot.py and main.py, which may be what hung, are left out.
 */
export type StartMode = 'power' | 'safe' | 'soft-friendly' | 'soft-raw';

/** What the thread of a board is started with. */
export interface BoardStart {
  mode: StartMode;
  resetCause: 'power' | 'watchdog';
  /** Control words and rings, see byte-ring.ts. */
  words: SharedArrayBuffer;
  input: SharedArrayBuffer;
  output: SharedArrayBuffer;
  bathVersion: SharedArrayBuffer;
  bathValues: SharedArrayBuffer;
  image: FileImage;
  fileSystem: FileSystem;
  hardwareId: string;
  sensorSeed: number;
  bathSeed: number;
  /** ns of the machine's monotonic clock at which physics time was 0. */
  epoch: bigint;
  timeFactor: number;
  /** The wire to the real sockets, see network.ts. */
  network: MessagePort;
  accessPoint: AccessPoint;
}

/** What the thread of a board tells the main thread, in order. */
export type BoardMessage =
  | { kind: 'started' }
  | { kind: 'output' }
  | { kind: 'room' }
  | { kind: 'file'; change: FileChange }
  /** Its power is to be cut at this very moment; it has halted. */
  | { kind: 'cut' }
  | { kind: 'pin'; pin: number; value: number }
  | { kind: 'reset'; mode: StartMode };
