import type { Frame, RuleEvent } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SelfTestLine } from '../../../shared/contract/provision.ts';
import type { SelfTestFrame } from '../../../shared/rules/lab/lab.ts';
import type { Persisted } from '../../../shared/rules/rules.ts';
import { cancelled } from '../../transport/deadline.ts';
import type {
  AgentCommit,
  AgentFileName,
  AgentHello,
  AgentLink,
  EngineRestart,
  UnitEvents,
  UnitUplink,
  VectorRun,
} from '../driver.ts';
import type { Queue } from '../queue.ts';
import { readClock, readSelfTest, readShelved, readUplink } from './agent-answers.ts';
import type { AgentChannel } from './agent-channel.ts';
import { getFile, putFile } from './agent-files.ts';
import { type HeardHello, readHello, readPages } from './agent-hello.ts';
import { readEvents, readKept } from './agent-pages.ts';
import { AgentRequests } from './agent-requests.ts';
import { runVectors } from './agent-vectors.ts';

/**
 * Until the commit the agent holds the new file aside, and a commit whose answer was lost may be made once more: the
 * same bytes in force twice are in force once.
 */
function mayBePutAgain(thrown: unknown): thrown is Failure {
  return thrown instanceof Failure && ['NO_REPLY', 'REPLY_UNREADABLE', 'VERIFY_FAILED'].includes(thrown.code);
}

/** A unit that restarted knows of no beginning; nor does one whose last answer was lost and is asked for again. */
function mayHaveRestarted(thrown: unknown): boolean {
  return thrown instanceof Failure && ['NO_REPLY', 'REPLY_UNREADABLE'].includes(thrown.code);
}

export interface LinkContext {
  channel: AgentChannel;
  /** Shared with the session: one operation at a time over the whole line. */
  queue: Queue;
  port: string;
  closed: Promise<unknown>;
  /** Hardware id of the unit that the link is with. */
  expected: string;
  requestMs: number;
  signal?: AbortSignal | undefined;
}

/** The running agent. A link is retired when its session does something else with the unit. */
export class MicroPythonAgentLink implements AgentLink {
  readonly #context: LinkContext;
  readonly #requests: AgentRequests;
  readonly #frames = new Set<(frame: Frame) => void>();
  readonly #events = new Set<(event: RuleEvent) => void>();
  readonly #damage = new Set<() => void>();
  readonly #restarts = new Set<(restart: EngineRestart) => void>();
  readonly #detach: () => void;
  #retired = false;

  constructor(context: LinkContext) {
    this.#context = context;
    this.#requests = new AgentRequests(context);
    this.#detach = context.channel.listen({
      frame: (frame) => {
        for (const listener of this.#frames) listener(frame);
      },
      event: (event) => {
        for (const listener of this.#events) listener(event);
      },
      stray: () => {
        for (const listener of this.#damage) listener();
      },
      hello: ({ boot, rulesRevision: revision }) => this.#tellRestart({ boot, revision }),
      restarted: (revision) => this.#tellRestart({ boot: null, revision }),
    });
  }

  /** From now on the link is silent, and asking it fails. */
  retire(): void {
    this.#retired = true;
    this.#detach();
  }

  onFrame(listener: (frame: Frame) => void): () => void {
    this.#frames.add(listener);
    return () => this.#frames.delete(listener);
  }

  onRuleEvent(listener: (event: RuleEvent) => void): () => void {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  onDamage(listener: () => void): () => void {
    this.#damage.add(listener);
    return () => this.#damage.delete(listener);
  }

  onRestart(listener: (restart: EngineRestart) => void): () => void {
    this.#restarts.add(listener);
    return () => this.#restarts.delete(listener);
  }

  get closed(): Promise<unknown> {
    return this.#context.closed;
  }

  get expected(): string {
    return this.#context.expected;
  }

  hello(): Promise<AgentHello> {
    return this.#alone(async () => {
      const { fellBack: _, ...heard } = await this.#greet();
      const during = 'asking for the hashes';
      const files = await readPages((from) => this.#requests.ask('files', { from }, during, 2));
      if (!files) throw this.#requests.unreadable(during, 'no page of hashes');
      return { ...heard, files };
    });
  }

  stream(on: boolean): Promise<void> {
    return this.#alone(async () => {
      await this.#requests.ask('stream', { on }, on ? 'turning the frames on' : 'turning the frames off', 2);
    });
  }

  put(file: AgentFileName, bytes: Uint8Array): Promise<AgentCommit> {
    return this.#alone(async () => {
      // An adapter between the computer and the unit keeps the port when the unit behind it is exchanged.
      await this.#greet();
      try {
        return await putFile(this.#requests, file, bytes);
      } catch (thrown) {
        if (!mayBePutAgain(thrown)) throw thrown;
        await this.#greet().catch((later: unknown) => {
          throw Failure.from(later).leaving(thrown.deviceState);
        });
        return await putFile(this.#requests, file, bytes).catch((later: unknown) => {
          // Whether the first transfer took effect stays open, however early the second one ended.
          const failure = Failure.from(later);
          throw thrown.deviceState === 'indeterminate' ? failure.leaving('indeterminate') : failure;
        });
      }
    });
  }

  confirm(manifest: string): Promise<void> {
    return this.#alone(async () => {
      await this.#greet();
      await this.#requests.ask('confirm', { sw: manifest }, 'telling the unit to keep its software', 2);
    });
  }

  selfTest(): Promise<SelfTestLine[]> {
    return this.#asked('selftest', undefined, 'the unit tests itself', readSelfTest);
  }

  clock(set?: number): Promise<{ wall: number | null; t: number }> {
    // A time that is set twice would be set late.
    if (set !== undefined) return this.#asked('clock', { set }, 'setting the clock', readClock, 1);
    return this.#asked('clock', undefined, 'reading the clock', readClock);
  }

  uplink(): Promise<UnitUplink> {
    return this.#asked('net', undefined, 'asking for the way to the broker', readUplink);
  }

  shelve(rule: number, ms: number): Promise<{ seq: number; until: number }> {
    return this.#asked('shelve', { rule, ms }, 'shelving a rule', readShelved, 1);
  }

  kept(): Promise<Persisted> {
    const during = 'asking with what the rules started';
    return this.#paged('kept', during, (ask) => readKept(ask));
  }

  events(): Promise<UnitEvents> {
    const during = 'bringing the rule events back';
    return this.#paged('events', during, (ask) => readEvents(ask));
  }

  vectors(
    vectors: readonly (readonly SelfTestFrame[])[],
    { onVector, signal }: { onVector?: (done: number) => void; signal?: AbortSignal } = {},
  ): Promise<VectorRun> {
    const during = 'running vectors on the unit';
    return this.#alone(async () => {
      const ask = (parameters: object): Promise<unknown> => {
        if (signal?.aborted) throw cancelled(during);
        return this.#requests.ask('vectors', parameters, during, 2);
      };
      const run = await runVectors(ask, vectors, onVector).catch(async (thrown: unknown) => {
        if (!mayHaveRestarted(thrown)) throw thrown;
        await this.#greet();
        return runVectors(ask, vectors, onVector);
      });
      if (!run) throw this.#requests.unreadable(during, 'another answer than was asked for');
      return run;
    });
  }

  dropBroker(holdMs: number): Promise<void> {
    return this.#alone(async () => {
      await this.#requests.ask('drop', { hold_ms: holdMs }, 'cutting the unit off from the broker', 2);
    });
  }

  get(file: AgentFileName): Promise<Uint8Array | null> {
    return this.#alone(async () => {
      const read = (await getFile(this.#requests, file)) ?? (await getFile(this.#requests, file));
      if (!read)
        throw this.#requests.unreadable(`reading the ${file} file`, 'a file that changes while it is read');
      return read.bytes;
    });
  }

  #tellRestart(restart: EngineRestart): void {
    for (const listener of this.#restarts) listener(restart);
  }

  /** Who is there, as the agent says; another unit is WRONG_UNIT. */
  async #greet(): Promise<HeardHello> {
    const during = 'greeting the edge agent';
    const { port, expected } = this.#context;
    const hello = readHello(await this.#requests.ask('hello', undefined, during, 2));
    if (!hello) throw this.#requests.unreadable(during, 'a hello without its facts');
    if (hello.unit !== expected) throw new Failure('WRONG_UNIT', { port, expected, found: hello.unit });
    return hello;
  }

  /** One question whose answer `read` understands. */
  #asked<T>(
    verb: string,
    parameters: unknown,
    during: string,
    read: (json: unknown) => T | undefined,
    attempts = 2,
  ): Promise<T> {
    return this.#alone(async () => {
      const answer = read(await this.#requests.ask(verb, parameters, during, attempts));
      if (answer === undefined) throw this.#requests.unreadable(during, 'another answer than was asked for');
      return answer;
    });
  }

  /** Questions page by page; `read` gives undefined where an answer is none. */
  #paged<T>(
    verb: string,
    during: string,
    read: (ask: (from: number) => Promise<unknown>) => Promise<T | undefined>,
  ): Promise<T> {
    return this.#alone(async () => {
      const found = await read((from) => this.#requests.ask(verb, { from }, during, 2));
      if (found === undefined) throw this.#requests.unreadable(during, 'another answer than was asked for');
      return found;
    });
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#context.queue.run(async () => {
      if (this.#retired) throw new Failure('AGENT_NOT_RUNNING', { port: this.#context.port });
      return work();
    });
  }
}
