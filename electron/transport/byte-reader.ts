import { Failure } from '../../shared/contract/failure.ts';
import { cancelled, throwIfCancelled } from './deadline.ts';
import type { Transport } from './transport.ts';

export interface ReadOptions {
  deadlineMs: number;
  /** What is going on, as a failure says it. */
  during: string;
  signal?: AbortSignal | undefined;
  /** More bytes than this without a match is an overflow. */
  max?: number;
}

/**
 * `found` takes the bytes out of the reader, the pattern included. `silent` leaves them in, so that a second look can
 * go on where the first one stopped. `overflow` throws them away; it also answers the first read after bytes were lost
 * because nobody asked for them, so that what follows a gap is never taken for the whole.
 */
export type ReadResult = { kind: 'found' | 'silent' | 'overflow'; bytes: Buffer };

interface Waiter {
  /** Length of the answer at the front of `held`, or undefined while it is not complete. */
  match: (held: Buffer) => number | undefined;
  max: number;
  settle: (kind: ReadResult['kind'], length: number) => void;
  fail: (failure: Failure) => void;
  during: string;
}

const capacity = 64 * 1024;

/**
 * Buffered reading over a transport: one reader, one question at a time, memory bounded whatever arrives. Every read
 * rejects at once with PORT_LOST when the transport ends, and with CANCELLED on abort.
 */
export class ByteReader {
  readonly #transport: Transport;
  readonly #bytes = Buffer.allocUnsafe(capacity);
  readonly #detach: () => void;
  #length = 0;
  #waiter: Waiter | undefined;
  #gap = false;
  /** Bytes thrown away because nobody asked for them. */
  dropped = 0;
  /** Every byte that has ever arrived. */
  received = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#detach = transport.onData((bytes) => this.#take(bytes));
    void transport.closed.then(() => this.#waiter?.fail(this.#lost(this.#waiter.during)));
  }

  /** Everything up to and including the pattern. */
  readUntil(pattern: string | Uint8Array, options: ReadOptions): Promise<ReadResult> {
    const wanted = Buffer.from(typeof pattern === 'string' ? Buffer.from(pattern, 'latin1') : pattern);
    let scanned = 0;
    return this.#ask(options, (held) => {
      const at = held.indexOf(wanted, scanned);
      scanned = Math.max(0, held.length - wanted.length + 1);
      return at < 0 ? undefined : at + wanted.length;
    });
  }

  /** As many bytes as `match` says; it is asked with all that is held, each time that something has come. */
  readWhere(match: Waiter['match'], options: ReadOptions): Promise<ReadResult> {
    return this.#ask(options, match);
  }

  readExactly(count: number, options: ReadOptions): Promise<ReadResult> {
    return this.#ask(options, (held) => (held.length >= count ? count : undefined));
  }

  /** One line without its `\n` or `\r\n`. */
  async readLine(options: ReadOptions): Promise<ReadResult> {
    const result = await this.readUntil('\n', options);
    if (result.kind !== 'found') return result;
    const end = result.bytes.at(-2) === 0x0d ? -2 : -1;
    return { kind: 'found', bytes: result.bytes.subarray(0, end) };
  }

  /** Waits until nothing has come for `ms`, and throws away what came; false when the line never fell quiet. */
  async quiet(ms: number, options: ReadOptions): Promise<boolean> {
    const giveUpAt = performance.now() + options.deadlineMs;
    for (;;) {
      this.clear();
      const left = giveUpAt - performance.now();
      if (left <= 0) return false;
      const heard = await this.readExactly(1, { ...options, deadlineMs: Math.min(ms, left) });
      if (heard.kind === 'silent') return left >= ms;
      await this.#pauseWhileBusy();
    }
  }

  /** Bytes that have arrived and wait to be read. */
  get available(): number {
    return this.#length;
  }

  /** Forgets what has arrived. */
  clear(): void {
    this.#length = 0;
    this.#gap = false;
  }

  dispose(): void {
    this.#detach();
    this.#waiter?.fail(cancelled(this.#waiter.during));
  }

  /** Lets a burst come in as a whole before it is thrown away, instead of waking for each byte. */
  #pauseWhileBusy(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 1));
  }

  #lost(during: string): Failure {
    return new Failure('PORT_LOST', { port: this.#transport.port, during });
  }

  #take(bytes: Uint8Array): void {
    this.received += bytes.length;
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#length === capacity) this.#spill();
      const part = rest.subarray(0, capacity - this.#length);
      this.#bytes.set(part, this.#length);
      this.#length += part.length;
      rest = rest.subarray(part.length);
      this.#look();
    }
  }

  /** The buffer is full and nothing in it was wanted. */
  #spill(): void {
    if (this.#waiter) {
      this.#waiter.settle('overflow', this.#length);
      return;
    }
    this.dropped += this.#length;
    this.#length = 0;
    this.#gap = true;
  }

  #look(): void {
    const waiter = this.#waiter;
    if (!waiter) return;
    const length = waiter.match(this.#bytes.subarray(0, this.#length));
    if (length !== undefined) waiter.settle('found', length);
    else if (this.#length > waiter.max) waiter.settle('overflow', this.#length);
  }

  #out(kind: ReadResult['kind'], length: number): ReadResult {
    const bytes = Buffer.from(this.#bytes.subarray(0, length));
    this.#gap = false;
    if (kind !== 'silent') {
      this.#bytes.copyWithin(0, length, this.#length);
      this.#length -= length;
    }
    return { kind, bytes };
  }

  #ask(options: ReadOptions, match: Waiter['match']): Promise<ReadResult> {
    const { deadlineMs, during, signal, max = capacity } = options;
    if (this.#waiter) {
      return Promise.reject(new Failure('INTERNAL', { detail: `two reads at once while ${during}` }));
    }
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal, during);
      const finish = (): void => {
        this.#waiter = undefined;
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const settle: Waiter['settle'] = (kind, length) => {
        finish();
        resolve(this.#out(kind, length));
      };
      const fail: Waiter['fail'] = (failure) => {
        finish();
        reject(failure);
      };
      const abort = (): void => fail(cancelled(during));
      const timer = setTimeout(() => settle('silent', this.#length), deadlineMs);
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiter = { match, max, settle, fail, during };
      if (this.#gap) settle('overflow', this.#length);
      else this.#look();
      if (this.#waiter && !this.#transport.isOpen) fail(this.#lost(during));
    });
  }
}

/** The bytes that were asked for, or the failure that the miss means: NO_REPLY, REPLY_UNREADABLE. */
export function demand(result: ReadResult, port: string, options: ReadOptions): Buffer {
  const { during } = options;
  if (result.kind === 'found') return result.bytes;
  if (result.kind === 'silent') {
    throw new Failure('NO_REPLY', { port, seconds: options.deadlineMs / 1000, during });
  }
  throw new Failure('REPLY_UNREADABLE', {
    port,
    during,
    detail: `${result.bytes.length} bytes came without an end`,
  });
}
