import type { Channel } from '../../shared/contract/channel.ts';
import type { EventName, EventPayload, Method, Params, Result } from '../../shared/contract/contract.ts';
import { type DeviceState, Failure, FailureRecord } from '../../shared/contract/failure.ts';
import type { HostClient, Link } from '../features/common/host.ts';

/** Waits between attempts to reach the host again, ms; the last one is kept. */
const RETRY_MS = [250, 500, 1_000, 2_000, 5_000];

interface Pending {
  method: Method;
  resolve: (result: unknown) => void;
  reject: (failure: Failure) => void;
}

/** The typed client of the contract over any channel; it connects again by itself when the channel ends. */
export class ChannelHost implements HostClient {
  link: Link = 'connecting';
  readonly #open: () => Promise<Channel>;
  #channel: Channel | null = null;
  #nextId = 1;
  #attempt = 0;
  #pending = new Map<number, Pending>();
  /** What was asked before the first channel was open; a page that is loaded anew asks at once. */
  #unsent: string[] = [];
  #events = new Map<string, Set<(payload: unknown) => void>>();
  #byteListeners = new Set<(bytes: Uint8Array) => void>();
  #linkListeners = new Set<(link: Link) => void>();

  constructor(open: () => Promise<Channel>) {
    this.#open = open;
  }

  /** Starts connecting; comes back at once. */
  start(): void {
    this.#open().then(
      (channel) => this.#take(channel),
      () => this.#again(),
    );
  }

  #take(channel: Channel): void {
    this.#channel = channel;
    this.#attempt = 0;
    channel.onMessage((data) => this.#receive(data));
    channel.onClose(() => {
      if (this.#channel !== channel) return;
      this.#channel = null;
      this.#giveUp('indeterminate');
      this.#again();
    });
    for (const message of this.#unsent) channel.post(message);
    this.#unsent = [];
    this.#say('up');
  }

  #giveUp(left: DeviceState): void {
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    this.#unsent = [];
    for (const { method, reject } of lost) reject(connectionLost(method, left));
  }

  #again(): void {
    // Whatever was sent has been given up already; the rest never left this page.
    this.#giveUp('unchanged');
    this.#say('lost');
    const wait = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)] ?? 5_000;
    this.#attempt += 1;
    setTimeout(() => this.start(), wait);
  }

  #say(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    for (const listener of this.#linkListeners) listener(link);
  }

  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const channel = this.#channel;
    if (channel === null && this.link === 'lost') return Promise.reject(connectionLost(method, 'unchanged'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve: (result) => resolve(result as Result<M>), reject });
      const message = JSON.stringify({ id, method, params });
      if (channel === null) this.#unsent.push(message);
      else channel.post(message);
    });
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    const listeners = this.#events.get(event) ?? new Set();
    this.#events.set(event, listeners);
    const take = (payload: unknown) => listener(payload as EventPayload<E>);
    listeners.add(take);
    return () => listeners.delete(take);
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    this.#byteListeners.add(listener);
    return () => this.#byteListeners.delete(listener);
  }

  onLink(listener: (link: Link) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  #receive(data: string | Uint8Array): void {
    if (typeof data !== 'string') {
      for (const listener of this.#byteListeners) listener(data);
      return;
    }
    const message = JSON.parse(data) as {
      id?: number;
      result?: unknown;
      failure?: unknown;
      event?: string;
      payload?: unknown;
    };
    if (message.event !== undefined) {
      for (const listener of this.#events.get(message.event) ?? []) listener(message.payload);
      return;
    }
    const pending = this.#pending.get(message.id ?? -1);
    if (pending === undefined) return;
    this.#pending.delete(message.id ?? -1);
    if (message.failure === undefined) pending.resolve(message.result);
    else pending.reject(readFailure(message.failure));
  }
}

function readFailure(sent: unknown): Failure {
  const record = FailureRecord.safeParse(sent);
  return record.success
    ? Failure.fromJSON(record.data)
    : new Failure('INTERNAL', { detail: 'unreadable failure' });
}

/** What the host did with a request that was sent is not known; its state will tell after the connection is back. */
const connectionLost = (method: Method, left: DeviceState): Failure =>
  new Failure('INTERRUPTED', { during: 'answering this page', method }, { deviceState: left });
