import type { Logger } from 'pino';
import type { Channel } from '../../shared/contract/channel.ts';
import {
  type EventName,
  type EventPayload,
  type Method,
  methods,
  type ParsedParams,
  Request,
  type Result,
} from '../../shared/contract/contract.ts';
import { Failure, type FailureRecord } from '../../shared/contract/failure.ts';

/** Who asks: what a handler may need of the connection itself. */
export interface Client {
  post(bytes: Uint8Array): void;
  readonly backlog: number;
  onClose(listener: () => void): void;
}

export type Handlers = {
  [M in Method]: (params: ParsedParams<M>, client: Client) => Result<M> | Promise<Result<M>>;
};

/** The contract over any channel: validates what comes in, answers every request, tells everyone what happened. */
export class ContractServer {
  readonly #handlers: Handlers;
  readonly #log: Logger;
  readonly #redact: (failure: FailureRecord) => FailureRecord;
  readonly #channels = new Set<Channel>();

  /** `redact` takes secrets out of the failures that leave. */
  constructor(
    handlers: Handlers,
    log: Logger,
    redact: (failure: FailureRecord) => FailureRecord = (failure) => failure,
  ) {
    this.#handlers = handlers;
    this.#log = log;
    this.#redact = redact;
  }

  connect(channel: Channel): void {
    this.#channels.add(channel);
    const client: Client = {
      post: (bytes) => channel.post(bytes),
      get backlog() {
        return channel.backlog ?? 0;
      },
      onClose: (listener) => channel.onClose(listener),
    };
    channel.onClose(() => this.#channels.delete(channel));
    channel.onMessage((data) => {
      if (typeof data === 'string') void this.#answer(channel, client, data);
    });
  }

  /** One call, its parameters validated. Throws `Failure`. */
  async call(method: string, params: unknown, client: Client): Promise<unknown> {
    if (!Object.hasOwn(methods, method)) throw invalid(method.slice(0, 60), 'there is no such method');
    const name = method as Method;
    const parsed = methods[name].params.safeParse(params);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw invalid(method, `${issue?.path.join('.') || 'parameters'}: ${issue?.message ?? 'not valid'}`);
    }
    const handler = this.#handlers[name] as (params: unknown, client: Client) => unknown;
    return handler(parsed.data, client);
  }

  emit<E extends EventName>(event: E, payload: EventPayload<E>): void {
    const message = JSON.stringify({ event, payload });
    for (const channel of this.#channels) channel.post(message);
  }

  closeAll(): void {
    for (const channel of this.#channels) channel.close();
  }

  async #answer(channel: Channel, client: Client, text: string): Promise<void> {
    const message = readJson(text);
    const parsed = Request.safeParse(message);
    if (!parsed.success) {
      const asked = requestId(message);
      const failure = invalid('?', 'it is not a request of the form {id, method, params}');
      if (asked === null) this.#log.warn('a message that is not a request was ignored');
      else channel.post(JSON.stringify({ id: asked, failure }));
      return;
    }
    const { id, method, params } = parsed.data;
    try {
      const result = await this.call(method, params, client);
      channel.post(JSON.stringify({ id, result }));
    } catch (thrown) {
      const failure = Failure.from(thrown);
      if (failure.code === 'INTERNAL')
        this.#log.error({ err: thrown, method }, 'a request failed unexpectedly');
      channel.post(JSON.stringify({ id, failure: this.#redact(failure.toJSON()) }));
    }
  }
}

const invalid = (method: string, detail: string): Failure =>
  new Failure('REQUEST_INVALID', { method, detail });

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Undefined is what no JSON text stands for: the caller sees that this is no request.
    return undefined;
  }
}

/** The id of something that is nearly a request, so that whoever waits for it gets an answer. */
function requestId(message: unknown): number | null {
  if (typeof message !== 'object' || message === null) return null;
  const id: unknown = Reflect.get(message, 'id');
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null;
}
