import type { Board } from './board.ts';
import type { Endpoint, Listener } from './endpoint.ts';
import { BitFlip, babbleBytes, type Fault } from './faults.ts';

const babbleEveryMs = 10;
/** How long a unit that starts again and again is up: it may say something, and comes to nothing. */
const upForMs = 150;
type LineFault = Extract<
  Fault,
  { kind: 'cutPowerAtByte' | 'flipBit' | 'babble' | 'endBabble' | 'rebootForEver' | 'endReboot' }
>;

/** A board with its cable: everything that can go wrong between the app and the board happens here. */
export class Unit implements Endpoint {
  readonly board: Board;
  readonly #seed: number;
  listener: Listener | null = null;
  plugged = true;
  #toBoard: BitFlip | null = null;
  #toApp: BitFlip | null = null;
  /** How many further bytes reach the board before its power dies. */
  #untilCut = Number.POSITIVE_INFINITY;
  #babble: 'garbage' | 'ff' | 'silence' | null = null;
  #babbling: NodeJS.Timeout | null = null;
  #rebooting = false;

  constructor(board: Board, seed: number) {
    this.board = board;
    this.#seed = seed;
    board.listener = (bytes) => {
      if (!this.#babble) return this.listener?.(this.#toApp?.apply(bytes) ?? bytes);
    };
  }

  async receive(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#babble) return;
    const sent = this.#toBoard?.apply(bytes) ?? bytes;
    const passing = sent.subarray(0, this.#untilCut);
    const cut = passing.length < sent.length;
    this.#untilCut -= passing.length;
    await this.board.receive(passing, signal);
    if (!cut || !this.board.powered) return;
    this.#untilCut = Number.POSITIVE_INFINITY;
    await this.board.taken();
    await this.board.powerOff();
  }

  set(fault: LineFault): void {
    switch (fault.kind) {
      case 'cutPowerAtByte':
        this.#untilCut = Math.max(0, fault.n - 1);
        return;
      case 'flipBit': {
        const flip = new BitFlip(fault.atByte, this.#seed);
        if (fault.direction === 'toBoard') this.#toBoard = flip;
        else this.#toApp = flip;
        return;
      }
      case 'babble':
        this.#startBabble(fault.bytes);
        return;
      case 'endBabble':
        this.#endBabble();
        return;
      case 'rebootForEver':
        if (!this.#rebooting) void this.#rebootAgain();
        this.#rebooting = true;
        return;
      case 'endReboot':
        this.#rebooting = false;
    }
  }

  /** A start that fails is kept in the board's own account of its crash. */
  async #rebootAgain(): Promise<void> {
    do {
      await this.board.powerOff();
      await this.board.powerOn().catch(() => {});
      if (this.#rebooting) await new Promise<void>((resolve) => setTimeout(resolve, upForMs).unref());
    } while (this.#rebooting);
  }

  #startBabble(kind: 'garbage' | 'ff' | 'silence'): void {
    this.#endBabble();
    this.#babble = kind;
    if (kind === 'silence') return;
    let burst = 0;
    this.#babbling = setInterval(() => {
      void this.listener?.(babbleBytes(kind, this.#seed, burst));
      burst += 1;
    }, babbleEveryMs).unref();
  }

  #endBabble(): void {
    this.#babble = null;
    if (this.#babbling) clearInterval(this.#babbling);
    this.#babbling = null;
  }

  /** Ends what goes on by itself. */
  stop(): void {
    this.#endBabble();
    this.#rebooting = false;
  }
}
