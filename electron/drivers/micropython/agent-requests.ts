import { Failure } from '../../../shared/contract/failure.ts';
import type { AgentAnswer, AgentChannel } from './agent-channel.ts';
import { refusal } from './agent-refusal.ts';

export interface AgentRequestsOptions {
  channel: AgentChannel;
  port: string;
  requestMs: number;
  signal?: AbortSignal | undefined;
}

/** Requests to a running agent, and what their failures are. */
export class AgentRequests {
  readonly #options: AgentRequestsOptions;

  constructor(options: AgentRequestsOptions) {
    this.#options = options;
  }

  request(verb: string, parameters: unknown, during: string, attempts: number): Promise<AgentAnswer> {
    const { channel, requestMs: deadlineMs, signal } = this.#options;
    return channel.request(verb, parameters, { deadlineMs, during, attempts, signal });
  }

  /** Its answer as JSON; what the agent refuses is a failure. */
  async ask(verb: string, parameters: unknown, during: string, attempts: number): Promise<unknown> {
    const answer = await this.request(verb, parameters, during, attempts);
    if (!answer.ok) throw this.refusal(answer, during, verb, '');
    return answer.json;
  }

  refusal(
    answer: Extract<AgentAnswer, { ok: false }>,
    during: string,
    path: string,
    expected: string,
  ): Failure {
    return refusal(answer, { port: this.#options.port, during, path, expected });
  }

  unreadable(during: string, detail: string): Failure {
    return new Failure('REPLY_UNREADABLE', { port: this.#options.port, during, detail });
  }
}
