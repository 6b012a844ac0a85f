import { createHash, randomBytes } from 'node:crypto';
import type { UnitIdentity } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SlotName } from '../../../shared/contract/provision.ts';
import type { Transport } from '../../transport/transport.ts';
import type {
  AgentHello,
  PushedFile,
  PushOptions,
  SlotImage,
  UnitFile,
  UnitKey,
  UnitSession,
  UnitSoftware,
} from '../driver.ts';
import { Queue } from '../queue.ts';
import { AgentChannel } from './agent-channel.ts';
import { type HeardHello, readHello } from './agent-hello.ts';
import { MicroPythonAgentLink } from './agent-link.ts';
import { askIdentity } from './identity.ts';
import { makeUnitKey, signOnUnit } from './keys.ts';
import { trialBoots } from './pointer.ts';
import { Push } from './push.ts';
import { RawRepl } from './raw-repl.ts';
import { Replace } from './replace.ts';
import { notConfirmed, type StartContext, startAgent, startFailure, withHashes } from './restart.ts';
import { rollBack } from './roll-back.ts';
import { UnitSlots } from './slots.ts';
import { type Timing, usualTiming } from './timing.ts';
import { UnitWork } from './work.ts';

interface ForOne {
  expected: string;
  signal?: AbortSignal;
}

/** Ctrl-C, Ctrl-B, Ctrl-D (MicroPython docs/reference/repl.rst). */
const startAgain = Buffer.from('\r\x03\x02\x04');

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
  /** Manifest of what was pushed and has not been seen to run. */
  #onTrial: string | undefined;
  #program: 'untouched' | 'stopped' | 'in doubt' = 'untouched';

  constructor(transport: Transport, options: { signal?: AbortSignal; timing?: Partial<Timing> } = {}) {
    this.port = transport.port;
    this.closed = transport.closed;
    this.#transport = transport;
    this.#signal = options.signal;
    this.#timing = { ...usualTiming, ...options.timing };
    this.#channel = new AgentChannel(transport);
    this.#repl = new RawRepl(transport, this.#timing);
  }

  get interrupted(): boolean {
    return this.#program !== 'untouched';
  }

  identify(options: { signal?: AbortSignal } = {}): Promise<UnitIdentity> {
    const signal = this.#either(options.signal);
    return this.#throughRepl(async () => {
      await this.#enter(signal);
      // The REPL has no checksums, and everything that follows goes by this answer: it must come twice alike.
      const { blockBytes: _, ...identity } = await askIdentity(this.#repl, this.port, signal);
      const again = await askIdentity(this.#repl, this.port, signal);
      if (again.hardwareId === identity.hardwareId) return identity;
      const detail = `it is ${identity.hardwareId} at first, then ${again.hardwareId}`;
      throw new Failure('REPLY_UNREADABLE', { port: this.port, during: 'asking the unit who it is', detail });
    });
  }

  software(options: ForOne): Promise<UnitSoftware> {
    return this.#withUnit(options, async (work) => {
      await work.begin();
      return work.again(() => new UnitSlots(work).software());
    });
  }

  push(image: SlotImage, options: PushOptions): Promise<{ slot: SlotName; files: PushedFile[] }> {
    return this.#writing(options, async (work) => {
      const pushed = await new Push(work, image, options).run();
      this.#onTrial = image.manifest.sha256;
      return pushed;
    });
  }

  rollBack(options: ForOne & { from: SlotName }): Promise<SlotName> {
    return this.#writing(options, async (work) => {
      const slot = await rollBack(work, options.from);
      this.#onTrial = undefined;
      return slot;
    });
  }

  replace(files: readonly UnitFile[], options: PushOptions): Promise<PushedFile[]> {
    return this.#writing(options, (work) => new Replace(work, files, options).run());
  }

  read(path: string, options: ForOne): Promise<Uint8Array | null> {
    return this.#withUnit(options, async (work) => {
      await work.begin();
      return work.again(() => work.files.read(path, sha256, work.during(`reading ${path}`)));
    });
  }

  restart(options: ForOne): Promise<AgentHello> {
    const { expected } = options;
    return this.#withUnit(options, async (_, signal) => {
      const context: StartContext = {
        transport: this.#transport,
        repl: this.#repl,
        channel: this.#channel,
        timing: this.#timing,
        expected,
        signal,
        running: () => {
          this.#program = 'untouched';
        },
      };
      try {
        const started = await startAgent(context, this.#onTrial === undefined ? 0 : trialBoots);
        this.#demandUnit(started.hello, expected);
        const onTrial = this.#onTrial;
        this.#onTrial = undefined;
        if (onTrial !== undefined && started.hello.manifest !== onTrial)
          throw notConfirmed(started, expected);
        return await withHashes(started.hello, context);
      } catch (thrown) {
        throw startFailure(thrown);
      }
    });
  }

  makeKey(options: ForOne): Promise<UnitKey | null> {
    const { expected } = options;
    return this.#withUnit(options, async (work, signal) => {
      await work.begin();
      const key = await makeUnitKey(this.#repl, randomBytes(32), { port: this.port, signal });
      if (!key) return null;
      const sign: UnitKey['sign'] = (digest, asked) =>
        this.#withUnit({ expected, ...asked }, async (again, stop) => {
          await again.begin();
          return signOnUnit(this.#repl, digest, { port: this.port, signal: stop });
        });
      return { ...key, sign };
    });
  }

  attach(options: ForOne): Promise<MicroPythonAgentLink> {
    const signal = this.#either(options.signal);
    return this.#queue.run(async () => {
      const hello = await this.#greet(signal);
      this.#demandUnit(hello, options.expected);
      // Whoever works with the link must not lose it to somebody who asks for it as well.
      if (this.#link?.expected === options.expected) return this.#link;
      this.#link?.retire();
      this.#link = new MicroPythonAgentLink({
        channel: this.#channel,
        queue: this.#queue,
        port: this.port,
        closed: this.closed,
        expected: options.expected,
        requestMs: this.#timing.requestMs,
        signal: this.#signal,
      });
      return this.#link;
    });
  }

  resume(): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#program === 'stopped') await this.#startAgain();
    });
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    if (this.#program === 'untouched') this.#program = 'stopped';
    await this.#repl.enter(signal);
  }

  /** Any half-typed line away, out of raw mode, soft reset. */
  async #startAgain(): Promise<void> {
    this.#program = 'untouched';
    try {
      await this.#transport.write(startAgain, { deadlineMs: this.#timing.replyMs });
    } catch (thrown) {
      // A unit that is gone starts its program by itself when it is powered again.
      if (!(thrown instanceof Failure)) throw thrown;
    }
  }

  /** An agent that runs is asked who it is before it is interrupted: a stranger's program is not stopped. */
  async #refuseStranger(expected: string, signal: AbortSignal | undefined): Promise<void> {
    if (this.#program !== 'untouched') return;
    const options = {
      deadlineMs: this.#timing.pollMs,
      during: 'looking for the edge agent',
      attempts: 1,
      signal,
    };
    try {
      const answer = await this.#channel.request('hello', undefined, options);
      const hello = answer.ok ? readHello(answer.json) : undefined;
      if (hello) this.#demandUnit(hello, expected);
    } catch (thrown) {
      if (!(thrown instanceof Failure && thrown.code === 'NO_REPLY')) throw thrown;
    }
  }

  /** Asks without Ctrl-C, a few times within `attachMs`. */
  async #greet(signal: AbortSignal | undefined): Promise<HeardHello> {
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

  #demandUnit(hello: HeardHello, expected: string): void {
    if (hello.unit === expected) return;
    throw new Failure('WRONG_UNIT', { port: this.port, expected, found: hello.unit });
  }

  #withUnit<T>(
    options: ForOne,
    use: (work: UnitWork, signal: AbortSignal | undefined) => Promise<T>,
  ): Promise<T> {
    const signal = this.#either(options.signal);
    return this.#throughRepl(async () => {
      await this.#refuseStranger(options.expected, signal);
      if (this.#program === 'untouched') this.#program = 'stopped';
      return use(new UnitWork(this.#repl, this.port, { expected: options.expected, signal }), signal);
    });
  }

  /** A unit of which nobody knows what it was left with is not started again behind the engineer's back. */
  #writing<T>(options: ForOne, use: (work: UnitWork) => Promise<T>): Promise<T> {
    return this.#withUnit(options, async (work) => {
      try {
        const result = await use(work);
        this.#program = 'stopped';
        return result;
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.deviceState === 'indeterminate') this.#program = 'in doubt';
        throw thrown;
      }
    });
  }

  /** Work through the REPL ends the agent, and with it the link to it. */
  #throughRepl<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      this.#link?.retire();
      this.#link = undefined;
      try {
        return await work();
      } catch (thrown) {
        const stranger = thrown instanceof Failure && thrown.code === 'WRONG_UNIT';
        if (stranger && this.#program === 'stopped') await this.#startAgain();
        throw thrown;
      }
    });
  }

  #either(signal: AbortSignal | undefined): AbortSignal | undefined {
    if (!signal || !this.#signal) return signal ?? this.#signal;
    return AbortSignal.any([signal, this.#signal]);
  }
}
