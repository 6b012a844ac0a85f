import { createHash } from 'node:crypto';
import type { UnitIdentity } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Transport } from '../../transport/transport.ts';
import type { AgentHello, PushedFile, PushProgress, UnitFile, UnitSession } from '../driver.ts';
import { Queue } from '../queue.ts';
import { AgentChannel, readHello } from './agent-channel.ts';
import { MicroPythonAgentLink } from './agent-link.ts';
import { UnitFiles } from './files.ts';
import { askIdentity, demandUnit } from './identity.ts';
import { helpers } from './programs.ts';
import { Push } from './push.ts';
import { RawRepl } from './raw-repl.ts';
import { awaitAgent } from './restart.ts';
import { type Timing, usualTiming } from './timing.ts';

interface ForOne {
  expected: string;
  signal?: AbortSignal;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A unit with MicroPython or CircuitPython on an open transport. Operations queue up: one at a time. */
export class MicroPythonSession implements UnitSession {
  readonly port: string;
  readonly closed: Promise<unknown>;
  readonly #transport: Transport;
  readonly #timing: Timing;
  readonly #repl: RawRepl;
  readonly #channel: AgentChannel;
  readonly #queue = new Queue();
  readonly #signal: AbortSignal | undefined;
  #link: MicroPythonAgentLink | undefined;

  constructor(transport: Transport, options: { signal?: AbortSignal; timing?: Partial<Timing> } = {}) {
    this.port = transport.port;
    this.closed = transport.closed;
    this.#transport = transport;
    this.#signal = options.signal;
    this.#timing = { ...usualTiming, ...options.timing };
    this.#channel = new AgentChannel(transport);
    this.#repl = new RawRepl(transport, this.#timing);
  }

  identify(): Promise<UnitIdentity> {
    return this.#throughRepl(async () => {
      await this.#repl.enter(this.#signal);
      const { blockBytes: _, ...identity } = await askIdentity(this.#repl, this.port, this.#signal);
      return identity;
    });
  }

  push(
    files: readonly UnitFile[],
    options: ForOne & { onProgress?: (progress: PushProgress) => void },
  ): Promise<PushedFile[]> {
    const signal = this.#either(options.signal);
    return this.#throughRepl(() => new Push(this.#repl, this.port, files, { ...options, signal }).run());
  }

  read(path: string, options: ForOne): Promise<Uint8Array | null> {
    const signal = this.#either(options.signal);
    return this.#throughRepl(async () => {
      await this.#repl.enter(signal);
      await demandUnit(this.#repl, this.port, options.expected, signal);
      await this.#repl.exec(helpers, { during: 'preparing the unit', signal });
      return new UnitFiles(this.#repl, this.port).read(path, sha256, { during: `reading ${path}`, signal });
    });
  }

  restart(options: ForOne): Promise<AgentHello> {
    const signal = this.#either(options.signal);
    return this.#throughRepl(async () => {
      try {
        await this.#repl.enter(signal);
        await this.#repl.leave(signal);
        const hello = await awaitAgent(this.#transport, this.#channel, this.#timing, signal);
        this.#demandUnit(hello, options.expected);
        return hello;
      } catch (thrown) {
        const failure = Failure.from(thrown);
        throw failure.code === 'WRONG_UNIT' ? failure : failure.leaving('indeterminate');
      }
    });
  }

  attach(options: ForOne): Promise<MicroPythonAgentLink> {
    const signal = this.#either(options.signal);
    return this.#queue.run(async () => {
      const hello = await this.#greet(signal);
      this.#demandUnit(hello, options.expected);
      this.#link?.retire();
      this.#link = new MicroPythonAgentLink({
        channel: this.#channel,
        queue: this.#queue,
        port: this.port,
        requestMs: this.#timing.requestMs,
        signal: this.#signal,
      });
      return this.#link;
    });
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  /** Asks without Ctrl-C, a few times within `attachMs`. */
  async #greet(signal: AbortSignal | undefined): Promise<AgentHello> {
    const { attachMs, pollMs } = this.#timing;
    const attempts = Math.max(1, Math.floor(attachMs / pollMs));
    const options = {
      deadlineMs: attachMs / attempts,
      during: 'looking for the edge agent',
      attempts,
      signal,
    };
    try {
      const answer = await this.#channel.request('hello', undefined, options);
      const hello = answer.ok ? readHello(answer.json) : undefined;
      if (hello) return hello;
    } catch (thrown) {
      if (!(thrown instanceof Failure && thrown.code === 'NO_REPLY')) throw thrown;
    }
    throw new Failure('AGENT_NOT_RUNNING', { port: this.port });
  }

  #demandUnit(hello: AgentHello, expected: string): void {
    if (hello.unit === expected) return;
    throw new Failure('WRONG_UNIT', { port: this.port, expected, found: hello.unit });
  }

  /** Work through the REPL ends the agent, and with it the link to it. */
  #throughRepl<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue.run(() => {
      this.#link?.retire();
      this.#link = undefined;
      return work();
    });
  }

  #either(signal: AbortSignal | undefined): AbortSignal | undefined {
    if (!signal || !this.#signal) return signal ?? this.#signal;
    return AbortSignal.any([signal, this.#signal]);
  }
}
