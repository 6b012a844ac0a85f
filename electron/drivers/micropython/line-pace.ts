import type { Transport } from '../../transport/transport.ts';

const slotMs = 100;
/** Below this, in bytes a second, bytes that come without a pause are a line's doing: 600 baud and less. */
const slowest = 80;
/** Of all slots of time, as many as this must have had a byte. */
const busyShare = 0.6;

/**
 * Tells a slow line from a unit that says little: over a slow line the bytes trickle without a pause, over a fast one
 * they come in bursts.
 */
export class LinePace {
  #since = 0;
  #bytes = 0;
  #slots = new Set<number>();

  constructor(transport: Pick<Transport, 'onData'>) {
    transport.onData((bytes) => {
      this.#bytes += bytes.length;
      this.#slots.add(Math.floor((performance.now() - this.#since) / slotMs));
    });
  }

  /** What comes from now on counts. */
  begin(): void {
    this.#since = performance.now();
    this.#bytes = 0;
    this.#slots = new Set();
  }

  /** Bytes a second of a line that is too slow for any work; null where it is not, or cannot be told. */
  tooSlow(): number | null {
    const elapsed = performance.now() - this.#since;
    const rate = (1000 * this.#bytes) / elapsed;
    const share = this.#slots.size / Math.ceil(elapsed / slotMs);
    return rate < slowest && share >= busyShare ? Math.round(rate) : null;
  }
}
