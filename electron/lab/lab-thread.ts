import { Worker } from 'node:worker_threads';
import { Failure } from '../../shared/contract/failure.ts';
import type { CallParams, CallResult, LabCall } from './lab-calls.ts';
import type { LabReply, LabRequest, LabSource } from './lab-messages.ts';

const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './lab-worker.ts' : './lab-worker.js',
  import.meta.url,
);

/** No question takes so long on a recording that fits into memory: the thread hangs. */
const usualDeadlineMs = 300_000;

export interface LabAsk {
  /** A newer question of the same topic takes the place of one that still waits. */
  topic?: string;
  signal?: AbortSignal;
}

interface Waiting {
  request: LabRequest;
  topic: string | undefined;
  resolve: (result: unknown) => void;
  reject: (failure: Failure) => void;
}

interface LabThreadOptions {
  url?: URL;
  deadlineMs?: number;
}

/**
 * Asks the lab's thread, one question at a time, so that neither the line to a unit nor a live chart waits for a replay.
 * Started at the first question. A thread that dies takes only the question under way with it (INTERNAL); the next one
 * starts a new thread.
 */
export class LabThread {
  readonly #url: URL;
  readonly #deadlineMs: number;
  readonly #queue: Waiting[] = [];
  #worker: Worker | null = null;
  #online = false;
  /** Why the thread ended, if it did. */
  #fault = '';
  #current: Waiting | null = null;
  #deadline: NodeJS.Timeout | undefined;
  #lastId = 0;
  #closed = false;

  constructor({ url = workerUrl, deadlineMs = usualDeadlineMs }: LabThreadOptions = {}) {
    this.#url = url;
    this.#deadlineMs = deadlineMs;
  }

  /** Fails as the call does, with CANCELLED where it was stopped or superseded before it began. */
  ask<C extends LabCall>(
    source: LabSource,
    call: C,
    params: CallParams<C>,
    { topic, signal }: LabAsk = {},
  ): Promise<CallResult<C>> {
    this.#lastId += 1;
    const request: LabRequest = { id: this.#lastId, source, call, params };
    return new Promise((resolve, reject) => {
      if (this.#closed || signal?.aborted) {
        reject(cancelled('asking the rule lab'));
        return;
      }
      if (topic !== undefined) this.#supersede(topic);
      const stop = (): void => {
        const place = this.#queue.findIndex((waiting) => waiting.request === request);
        if (place >= 0) this.#queue.splice(place, 1);
        reject(cancelled('asking the rule lab'));
      };
      signal?.addEventListener('abort', stop, { once: true });
      const settled = (): void => signal?.removeEventListener('abort', stop);
      this.#queue.push({
        request,
        topic,
        resolve: (result) => {
          settled();
          resolve(result as CallResult<C>);
        },
        reject: (failure) => {
          settled();
          reject(failure);
        },
      });
      this.#next();
    });
  }

  /** Ends the thread; what was asked fails with CANCELLED. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#deadline);
    const left = [this.#current, ...this.#queue.splice(0)];
    this.#current = null;
    for (const waiting of left) waiting?.reject(cancelled('asking the rule lab'));
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #supersede(topic: string): void {
    const place = this.#queue.findIndex((waiting) => waiting.topic === topic);
    if (place < 0) return;
    const [older] = this.#queue.splice(place, 1);
    older?.reject(cancelled('asking the rule lab'));
  }

  #next(): void {
    if (this.#current !== null) return;
    const waiting = this.#queue.shift();
    if (!waiting) return;
    this.#current = waiting;
    this.#worker ??= this.#start();
    this.#watch();
    this.#worker.ref();
    this.#worker.postMessage(waiting.request);
  }

  /** The time of a question counts from when the thread is there. */
  #watch(): void {
    const worker = this.#worker;
    if (!worker || !this.#online || !this.#current) return;
    this.#deadline = setTimeout(() => {
      this.#fault = `it has not answered for ${this.#deadlineMs} ms`;
      void worker.terminate();
    }, this.#deadlineMs).unref();
  }

  #start(): Worker {
    const worker = new Worker(this.#url);
    this.#online = false;
    this.#fault = 'it ended';
    worker.on('online', () => {
      this.#online = true;
      this.#watch();
    });
    worker.on('message', (reply: LabReply) => this.#take(reply));
    worker.on('error', (error) => {
      this.#fault = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #take(reply: LabReply): void {
    const current = this.#current;
    if (current?.request.id !== reply.id) return;
    this.#finish();
    if ('failure' in reply) current.reject(Failure.fromJSON(reply.failure));
    else current.resolve(reply.result);
    this.#next();
  }

  #lost(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const current = this.#current;
    this.#finish();
    current?.reject(
      new Failure('INTERNAL', { detail: `the thread of the rule lab: ${this.#fault}`.slice(0, 500) }),
    );
    this.#next();
  }

  #finish(): void {
    clearTimeout(this.#deadline);
    this.#current = null;
    // A thread that waits for questions holds no program back from its end.
    this.#worker?.unref();
  }
}

const cancelled = (during: string): Failure => new Failure('CANCELLED', { during });
