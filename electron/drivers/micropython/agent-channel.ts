import type { Frame, RuleEvent } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { cancelled } from '../../transport/deadline.ts';
import type { Transport } from '../../transport/transport.ts';
import { type HeardHello, readHello, readRestarted, readUnbootable } from './agent-hello.ts';
import { AgentLineReader, asciiJson, encodeLine } from './agent-line.ts';
import { type AgentMessage, parseMessage } from './agent-message.ts';

export type AgentAnswer = Extract<AgentMessage, { kind: 'answer' }>;

export interface RequestOptions {
  deadlineMs: number;
  during: string;
  /** How often to ask. More than once only for what may be done twice without harm. */
  attempts: number;
  signal?: AbortSignal | undefined;
}

interface Pending {
  id: number;
  settle: (answer: AgentAnswer) => void;
  fail: (failure: Failure) => void;
  during: string;
}

/** What arrives from an agent, to whoever wants it now. */
export interface AgentListener {
  frame?: (frame: Frame) => void;
  event?: (event: RuleEvent) => void;
  hello?: (hello: HeardHello) => void;
  /** Its engine goes on from the start, by the rules of this revision. */
  restarted?: (revision: string | null) => void;
  /** Its start-up program found no slot that it may start. */
  unbootable?: (why: string) => void;
  /** Text that is none of the protocol's. */
  stray?: (text: string) => void;
}

const idMax = 999_999;
/** A request whose checksum the agent found wrong was not carried out, so it may always be sent again. */
const garbledMax = 3;

/** Requests and answers, frames and events over a unit's line. One request at a time. */
export class AgentChannel {
  readonly #transport: Transport;
  readonly #lines: AgentLineReader;
  readonly #listeners = new Set<AgentListener>();
  #pending: Pending | undefined;
  #lastId = Math.floor(Math.random() * idMax);

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#lines = new AgentLineReader((text) => this.#each((listener) => listener.stray?.(text)));
    transport.onData((bytes) => {
      for (const body of this.#lines.feed(bytes)) this.#hear(body);
    });
    void transport.closed.then(() => {
      const pending = this.#pending;
      pending?.fail(new Failure('PORT_LOST', { port: transport.port, during: pending.during }));
    });
  }

  listen(listener: AgentListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Text that stands on the line without an end: a prompt, for one. */
  get unfinished(): string {
    return this.#lines.unfinished;
  }

  /** @throws Failure NO_REPLY, PORT_LOST, CANCELLED; what the agent refuses is an answer. */
  async request(verb: string, parameters: unknown, options: RequestOptions): Promise<AgentAnswer> {
    let garbled = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#ask(verb, parameters, options, attempt > 1 || garbled > 0);
        if (answer.id !== 0 || garbled === garbledMax) return answer;
        garbled += 1;
        attempt -= 1;
      } catch (thrown) {
        const silent = thrown instanceof Failure && thrown.code === 'NO_REPLY';
        if (!silent || attempt >= options.attempts) throw thrown;
      }
    }
  }

  async #ask(
    verb: string,
    parameters: unknown,
    options: RequestOptions,
    again: boolean,
  ): Promise<AgentAnswer> {
    const { deadlineMs, during, signal } = options;
    this.#lastId = (this.#lastId % idMax) + 1;
    const id = this.#lastId;
    const json = parameters === undefined ? '' : ` ${asciiJson(parameters)}`;
    // A line end first where the agent may hold the ruins of an earlier line.
    const lead = again || verb === 'hello' ? '\n' : '';
    const line = Buffer.concat([Buffer.from(lead), encodeLine(`?${id} ${verb}${json}`)]);
    const answered = this.#answerTo(id, options);
    try {
      await this.#transport.write(line, { deadlineMs, ...(signal ? { signal } : {}) });
    } catch (thrown) {
      this.#pending?.fail(Failure.from(thrown));
      if (thrown instanceof Failure && thrown.code === 'PORT_LOST') {
        throw new Failure('PORT_LOST', { port: this.#transport.port, during });
      }
    }
    return answered;
  }

  #answerTo(id: number, { deadlineMs, during, signal }: RequestOptions): Promise<AgentAnswer> {
    const { port } = this.#transport;
    const answer = new Promise<AgentAnswer>((resolve, reject) => {
      const finish = (): void => {
        this.#pending = undefined;
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const fail = (failure: Failure): void => {
        finish();
        reject(failure);
      };
      const abort = (): void => fail(cancelled(during));
      const timer = setTimeout(
        () => fail(new Failure('NO_REPLY', { port, seconds: deadlineMs / 1000, during })),
        deadlineMs,
      );
      const settle = (found: AgentAnswer): void => {
        finish();
        resolve(found);
      };
      this.#pending = { id, settle, fail, during };
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
    });
    // It may fail while the line is still being written; whoever waits for it is told then.
    answer.catch(() => {});
    return answer;
  }

  #hear(body: string): void {
    const message = parseMessage(body);
    if (!message) {
      this.#each((listener) => listener.stray?.(body));
    } else if (message.kind === 'frame') {
      const frame = { ...message.frame, at: Date.now() };
      this.#each((listener) => listener.frame?.(frame));
    } else if (message.kind === 'event') {
      this.#each((listener) => listener.event?.(message.event));
    } else if (message.kind === 'announcement') {
      const hello = readHello(message.json);
      if (hello) this.#each((listener) => listener.hello?.(hello));
      const restarted = readRestarted(message.json);
      if (restarted) this.#each((listener) => listener.restarted?.(restarted.revision));
      const why = readUnbootable(message.json);
      if (why !== undefined) this.#each((listener) => listener.unbootable?.(why));
    } else {
      const garbled = message.id === 0 && !message.ok && message.code === 'checksum';
      if (garbled || message.id === this.#pending?.id) this.#pending?.settle(message);
    }
  }

  #each(tell: (listener: AgentListener) => void): void {
    const listeners = Array.from(this.#listeners);
    for (const listener of listeners) tell(listener);
  }
}
