import { Failure } from '../../shared/contract/failure.ts';
import type { Closed, Transport } from '../transport/transport.ts';
import type { Endpoint } from './endpoint.ts';
import { Pacer } from './pacing.ts';

const defaultDeadlineMs = 5000;

/** An open line to a device on the bench: the second implementation of Transport beside real ports. */
export class SimulatedLine implements Transport {
  readonly port: string;
  readonly kind = 'simulated';
  readonly closed: Promise<Closed>;
  readonly #endpoint: Endpoint;
  readonly #toDevice: Pacer;
  readonly #toApp: Pacer;
  readonly #listeners = new Set<(bytes: Uint8Array) => void>();
  readonly #ended = new AbortController();
  #kept: Uint8Array[] = [];
  #turn: Promise<void> = Promise.resolve();
  #settle: (closed: Closed) => void = () => {};

  constructor(port: string, endpoint: Endpoint, baudRate: number) {
    this.port = port;
    this.#endpoint = endpoint;
    this.#toDevice = new Pacer(baudRate, this.#ended.signal);
    this.#toApp = new Pacer(baudRate, this.#ended.signal);
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
    endpoint.listener = (bytes) => this.#toApp.pass(bytes, (part) => this.#arrive(part));
  }

  get isOpen(): boolean {
    return !this.#ended.signal.aborted;
  }

  async write(bytes: Uint8Array, options: { deadlineMs?: number; signal?: AbortSignal } = {}): Promise<void> {
    if (!this.isOpen) throw this.#lost();
    const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
    // A timer of our own rather than AbortSignal.timeout: that one does not keep the process waiting.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), deadlineMs);
    const stop = AbortSignal.any([
      late.signal,
      this.#ended.signal,
      ...(options.signal ? [options.signal] : []),
    ]);
    const copy = bytes.slice();
    const work = this.#turn.then(() =>
      this.#toDevice.pass(copy, async (part) => {
        if (!stop.aborted) await this.#endpoint.receive(part, stop);
      }),
    );
    this.#turn = work.catch(() => {});
    try {
      await Promise.race([work, aborted(stop)]);
    } finally {
      clearTimeout(timer);
    }
    if (options.signal?.aborted) throw new Failure('CANCELLED', { during: `writing to ${this.port}` });
    if (!this.isOpen) throw this.#lost();
    if (late.signal.aborted) {
      throw new Failure('NO_REPLY', { port: this.port, seconds: deadlineMs / 1000, during: 'writing' });
    }
  }

  onData(listener: (bytes: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    const kept = this.#kept;
    this.#kept = [];
    for (const bytes of kept) listener(bytes);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.end({ reason: 'user', detail: 'closed' });
    return Promise.resolve();
  }

  /** What it carries from now on, both ways; 0: as fast as it goes. */
  setRate(baudRate: number): void {
    this.#toDevice.setRate(baudRate);
    this.#toApp.setRate(baudRate);
  }

  /** Ends the line, once. */
  end(closed: Closed): void {
    if (!this.isOpen) return;
    this.#endpoint.listener = null;
    this.#ended.abort();
    this.#settle(closed);
  }

  #arrive(bytes: Uint8Array): void {
    if (!this.isOpen) return;
    if (this.#listeners.size === 0) this.#kept.push(bytes);
    else for (const listener of this.#listeners) listener(bytes);
  }

  #lost(): Failure {
    return new Failure('PORT_LOST', { port: this.port, during: 'writing' });
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
