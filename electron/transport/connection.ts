import { Failure } from '../../shared/contract/failure.ts';
import { throwIfCancelled, withDeadline } from './deadline.ts';
import { Inbox } from './inbox.ts';
import type { Closed } from './transport.ts';

type Done = (error?: Error | null) => void;

const writeDeadlineMs = 5000;

/** errno names that mean the other end is gone: pulled cable, power off, closed socket. */
const lostCodes = new Set(['EIO', 'ENXIO', 'EBADF', 'ENODEV', 'ECONNRESET', 'EPIPE', 'UNKNOWN']);

export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/**
 * How a transport ended, told from a stream's error. serialport's poller hands over words without an errno
 * ("bad file descriptor") and does so only when the device is gone.
 */
export function closedBy(error: Error): Closed {
  const disconnected = 'disconnected' in error && error.disconnected === true;
  const code = errnoOf(error);
  const lost = disconnected || code === undefined || lostCodes.has(code);
  return { reason: lost ? 'lost' : 'error', detail: error.message.slice(0, 200) };
}

/**
 * What every transport has in common: an inbox, exactly one end, and writes that settle on their callback, on the
 * end, on the deadline or on cancel, whichever is first. serialport leaves a write pending for ever when the device is
 * unplugged, and reports `close` twice after it.
 */
export class Connection {
  readonly inbox = new Inbox();
  readonly closed: Promise<Closed>;
  readonly port: string;
  #open = true;
  #settle: (closed: Closed) => void = () => {};
  /** Writes under way, told of the end. A set, because a reaction on `closed` for each write would never be freed. */
  readonly #writes = new Set<() => void>();

  constructor(port: string) {
    this.port = port;
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** The first end counts; later ones are echoes of it. */
  end(closed: Closed): boolean {
    if (!this.#open) return false;
    this.#open = false;
    this.#settle(closed);
    for (const tellEnd of this.#writes) tellEnd();
    return true;
  }

  lost(during: string): Failure {
    return new Failure('PORT_LOST', { port: this.port, during });
  }

  async write(
    hand: (done: Done) => void,
    options: { deadlineMs?: number | undefined; signal?: AbortSignal | undefined } = {},
  ): Promise<void> {
    const during = 'writing';
    throwIfCancelled(options.signal, during);
    if (!this.#open) throw this.lost(during);
    let tellEnd = (): void => {};
    const handed = new Promise<void>((resolve, reject) => {
      tellEnd = () => reject(this.lost(during));
      hand((error) => (error ? reject(this.#writeFailure(error)) : resolve()));
    });
    this.#writes.add(tellEnd);
    try {
      await withDeadline(handed, {
        deadlineMs: options.deadlineMs ?? writeDeadlineMs,
        signal: options.signal,
        during,
        port: this.port,
      });
    } finally {
      this.#writes.delete(tellEnd);
    }
  }

  #writeFailure(error: Error): Failure {
    const closed = closedBy(error);
    if (closed.reason === 'lost' || !this.#open) return this.lost('writing');
    return new Failure('PORT_FAILED', { port: this.port, detail: closed.detail }, { cause: error });
  }
}
