import { uniformAt } from './random.ts';

/** What can go wrong on the bench. Counts of bytes begin when the fault is set; the first byte is number 1. */
export type Fault =
  | { kind: 'pullCable' }
  | { kind: 'plugIn' }
  /** The power dies when the n-th further byte from the app arrives; that byte is lost. */
  | { kind: 'cutPowerAtByte'; n: number }
  /** The power dies when the n-th further change of the board's files is durable; none comes after it. */
  | { kind: 'cutPowerAtChange'; n: number }
  | { kind: 'powerOff' }
  | { kind: 'powerOn' }
  /** One bit of one byte arrives wrong. */
  | { kind: 'flipBit'; atByte: number; direction: 'toBoard' | 'toApp' }
  /** The interpreter stops answering; only a power cycle heals it. */
  | { kind: 'wedge' }
  /** Two units exchange their ports, as after being plugged in the other way round. */
  | { kind: 'swapPorts'; with: number }
  | { kind: 'fillDisk' }
  /** The file system is read-only to programs, as while a computer has the drive of the board mounted. */
  | { kind: 'lockDisk' }
  /** Ends `fillDisk` and `lockDisk`. */
  | { kind: 'freeDisk' }
  /** Radio and cable of the board reach nothing any more; what was open is gone without a farewell. */
  | { kind: 'networkDown' }
  | { kind: 'networkUp' }
  /** The unit sends nonsense, or nothing, whatever it is asked; until `endBabble`. */
  | { kind: 'babble'; bytes: 'garbage' | 'ff' | 'silence' }
  | { kind: 'endBabble' }
  /** The unit starts again and again, each time soon after it has come up, on a line that stays; until `endReboot`. */
  | { kind: 'rebootForEver' }
  | { kind: 'endReboot' }
  /** The line to the unit carries no more than this from now on; 0: as fast as it goes. */
  | { kind: 'pace'; baudRate: number };

/** Flips one bit of the n-th byte that passes, once. */
export class BitFlip {
  #left: number;
  readonly #bit: number;

  constructor(atByte: number, seed: number) {
    this.#left = atByte;
    this.#bit = 1 << Math.floor(8 * uniformAt(seed, atByte));
  }

  apply(bytes: Uint8Array): Uint8Array {
    const at = this.#left - 1;
    this.#left -= bytes.length;
    if (at < 0 || at >= bytes.length) return bytes;
    return bytes.with(at, (bytes[at] ?? 0) ^ this.#bit);
  }
}

/** What a babbling unit sends next. */
export function babbleBytes(kind: 'garbage' | 'ff', seed: number, burst: number): Uint8Array {
  const length = 64;
  return Uint8Array.from({ length }, (_, i) =>
    kind === 'ff' ? 0xff : Math.floor(256 * uniformAt(seed, burst * length + i)),
  );
}
