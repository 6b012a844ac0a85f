/** Ten bits on the wire for each byte: start, eight data, stop. */
const bitsPerByte = 10;
const sliceMs = 10;

type Deliver = (part: Uint8Array) => void | Promise<void>;

/** Lets bytes through no faster than a serial line does; at 0 baud at once. One for each direction. */
export class Pacer {
  #bytesPerMs = 0;
  readonly #ended: AbortSignal;
  /** When the last byte has passed, as the line would have it. */
  #freeAt = 0;
  /** How much later than that it was handed over: a timer's doing, not the line's. */
  #late = 0;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** After `ended` nothing more is delivered. */
  constructor(baudRate: number, ended: AbortSignal) {
    this.#ended = ended;
    this.setRate(baudRate);
  }

  /** Also for what is under way. */
  setRate(baudRate: number): void {
    this.#bytesPerMs = baudRate / bitsPerByte / 1000;
  }

  /** Hands `bytes` to `deliver` in order and in time; a promise until the last part where that takes time. */
  pass(bytes: Uint8Array, deliver: Deliver): void | Promise<void> {
    if (this.#bytesPerMs === 0 && this.#waiting === 0) return deliver(bytes);
    this.#waiting += 1;
    const turn = this.#queue
      .then(() => this.#send(bytes, deliver))
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #send(bytes: Uint8Array, deliver: Deliver): Promise<void> {
    let from = Math.max(this.#freeAt, performance.now() - this.#late);
    for (let at = 0; at < bytes.length && !this.#ended.aborted; ) {
      const rate = this.#bytesPerMs;
      const slice = rate === 0 ? bytes.length : Math.max(1, Math.floor(rate * sliceMs));
      const part = bytes.subarray(at, at + slice);
      at += part.length;
      this.#freeAt = rate === 0 ? from : from + part.length / rate;
      const wait = this.#freeAt - performance.now();
      if (wait > 1) await new Promise<void>((resolve) => setTimeout(resolve, wait));
      const now = performance.now();
      this.#late = Math.max(0, now - this.#freeAt);
      if (!this.#ended.aborted) await deliver(part);
      // A receiver that holds the line up moves everything behind it.
      const held = performance.now() - now;
      from = this.#freeAt + (held > 1 ? held : 0);
    }
    this.#freeAt = Math.max(this.#freeAt, from);
  }
}
