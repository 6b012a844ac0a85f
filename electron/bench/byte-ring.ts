/** Places in the control words that the two threads of a board share. */
export const control = {
  inHead: 0,
  inTail: 1,
  outHead: 2,
  outTail: 3,
  /** 1 while the main thread has been told of output and has not yet drained it. */
  outTold: 4,
  /** 1 while the main thread waits for room in the input ring. */
  inWaiting: 5,
  /** 1: the interpreter must stop answering for good. */
  wedged: 6,
  /** 1: the file system is full; 2: it is read-only. */
  diskFull: 7,
  /** How far the board has looked at its input: the head that it saw. */
  seen: 8,
  /** 1: the board's network is not there. */
  networkDown: 9,
  /** Counts what the main thread has told the board of its sockets. */
  networkBell: 10,
  /** Changes of its files until its power is cut; 0: it is not. */
  changesLeft: 11,
  words: 12,
} as const;

/**
 * A ring of bytes between two threads: one writes, one reads. Head and tail only ever grow (modulo 2^32);
 * the ring's size is a power of two.
 */
export class ByteRing {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #head: number;
  readonly #tail: number;
  readonly #bytes: Uint8Array<SharedArrayBuffer>;

  constructor(
    words: Int32Array<SharedArrayBuffer>,
    head: number,
    tail: number,
    bytes: Uint8Array<SharedArrayBuffer>,
  ) {
    this.#words = words;
    this.#head = head;
    this.#tail = tail;
    this.#bytes = bytes;
  }

  /** Where the writer stands; a reader waits on this word. */
  get head(): number {
    return Atomics.load(this.#words, this.#head);
  }

  get tail(): number {
    return Atomics.load(this.#words, this.#tail);
  }

  get length(): number {
    return (this.head - this.tail) >>> 0;
  }

  /** Puts in as many bytes as there is room for and says how many. */
  write(bytes: Uint8Array): number {
    const head = this.head;
    const count = Math.min(bytes.length, this.#bytes.length - this.length);
    for (let i = 0; i < count; i += 1) this.#bytes[((head + i) >>> 0) % this.#bytes.length] = bytes[i] ?? 0;
    Atomics.store(this.#words, this.#head, (head + count) | 0);
    if (count > 0) Atomics.notify(this.#words, this.#head);
    return count;
  }

  /** Takes out at most `limit` bytes. */
  read(limit: number): Uint8Array {
    const tail = this.tail;
    const taken = new Uint8Array(Math.min(limit, this.length));
    for (let i = 0; i < taken.length; i += 1)
      taken[i] = this.#bytes[((tail + i) >>> 0) % this.#bytes.length] ?? 0;
    Atomics.store(this.#words, this.#tail, (tail + taken.length) | 0);
    if (taken.length > 0) Atomics.notify(this.#words, this.#tail);
    return taken;
  }

  /** How many bytes there are up to and with the first `wanted` byte; 0 where it is not there. */
  lengthThrough(wanted: number): number {
    const tail = this.tail;
    const length = this.length;
    for (let i = 0; i < length; i += 1) {
      if (this.#bytes[((tail + i) >>> 0) % this.#bytes.length] === wanted) return i + 1;
    }
    return 0;
  }

  /** Waits until the other side has moved on from `seen`, or `milliseconds` have passed. Never in the main thread. */
  waitForHead(seen: number, milliseconds?: number): void {
    Atomics.wait(this.#words, this.#head, seen, milliseconds);
  }

  waitForTail(seen: number): void {
    Atomics.wait(this.#words, this.#tail, seen);
  }
}
