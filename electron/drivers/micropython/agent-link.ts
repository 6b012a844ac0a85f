import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Frame, type RuleEvent, Sha256 } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SelfTestLine } from '../../../shared/contract/provision.ts';
import type { AgentCommit, AgentFileName, AgentHello, AgentLink, UnitUplink } from '../driver.ts';
import type { Queue } from '../queue.ts';
import { readClock, readSelfTest, readShelved, readUplink } from './agent-answers.ts';
import type { AgentAnswer, AgentChannel } from './agent-channel.ts';
import { type HeardHello, readHello, readPages } from './agent-hello.ts';
import { refusal } from './agent-refusal.ts';
import { runVectors, type VectorFrame, type VectorRun } from './agent-vectors.ts';

/** Raw bytes in one line; the protocol allows 480. */
const block = 480;
/** No file of an agent is larger. */
const fileMax = 256 * 1024;

const whole = z.number().int().nonnegative();
const Next = z.object({ at: whole });
const Commit = z.object({ sha: Sha256, seq: whole });
const Part = z.object({ size: whole.max(fileMax), sha: Sha256, b64: z.string().max(700) });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Until the commit the agent holds the new file aside, and a commit whose answer was lost may be made once more: the
 * same bytes in force twice are in force once.
 */
function mayBePutAgain(thrown: unknown): thrown is Failure {
  return thrown instanceof Failure && ['NO_REPLY', 'REPLY_UNREADABLE', 'VERIFY_FAILED'].includes(thrown.code);
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
  readonly #frames = new Set<(frame: Frame) => void>();
  readonly #events = new Set<(event: RuleEvent) => void>();
  readonly #damage = new Set<() => void>();
  readonly #detach: () => void;
  #retired = false;

  constructor(context: LinkContext) {
    this.#context = context;
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
      const files = await readPages((from) => this.#ask('files', { from }, during, 2));
      if (!files) throw this.#unreadable(during, 'no page of hashes');
      return { ...heard, files };
    });
  }

  stream(on: boolean): Promise<void> {
    return this.#alone(async () => {
      await this.#ask('stream', { on }, on ? 'turning the frames on' : 'turning the frames off', 2);
    });
  }

  put(file: AgentFileName, bytes: Uint8Array): Promise<AgentCommit> {
    return this.#alone(async () => {
      // An adapter between the computer and the unit keeps the port when the unit behind it is exchanged.
      await this.#greet();
      try {
        return await this.#putOnce(file, bytes);
      } catch (thrown) {
        if (!mayBePutAgain(thrown)) throw thrown;
        await this.#greet().catch((later: unknown) => {
          throw Failure.from(later).leaving(thrown.deviceState);
        });
        return await this.#putOnce(file, bytes).catch((later: unknown) => {
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
      await this.#ask('confirm', { sw: manifest }, 'telling the unit to keep its software', 2);
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

  /** No events of the rule for so long, from the next frame on; 0 ends it. Resolves with the frame and the moment. */
  shelve(rule: number, ms: number): Promise<{ seq: number; until: number }> {
    return this.#asked('shelve', { rule, ms }, 'shelving a rule', readShelved, 1);
  }

  /** The rules in force on vectors, in an engine beside the one that runs: compare with `vectorHash`. */
  vectors(vectors: Iterable<readonly VectorFrame[]>): Promise<VectorRun> {
    const during = 'running vectors on the unit';
    return this.#alone(async () => {
      const run = await runVectors((parameters) => this.#ask('vectors', parameters, during, 2), vectors);
      if (!run) throw this.#unreadable(during, 'another answer than was asked for');
      return run;
    });
  }

  dropBroker(holdMs: number): Promise<void> {
    return this.#alone(async () => {
      await this.#ask('drop', { hold_ms: holdMs }, 'cutting the unit off from the broker', 2);
    });
  }

  get(file: AgentFileName): Promise<Uint8Array | null> {
    return this.#alone(async () => {
      const read = (await this.#getOnce(file)) ?? (await this.#getOnce(file));
      if (!read) throw this.#unreadable(`reading the ${file} file`, 'a file that changes while it is read');
      return read.bytes;
    });
  }

  /** Who is there, as the agent says; another unit is WRONG_UNIT. */
  async #greet(): Promise<HeardHello> {
    const during = 'greeting the edge agent';
    const { port, expected } = this.#context;
    const hello = readHello(await this.#ask('hello', undefined, during, 2));
    if (!hello) throw this.#unreadable(during, 'a hello without its facts');
    if (hello.unit !== expected) throw new Failure('WRONG_UNIT', { port, expected, found: hello.unit });
    return hello;
  }

  async #putOnce(file: AgentFileName, bytes: Uint8Array): Promise<AgentCommit> {
    const during = `sending the ${file} file`;
    const sha = sha256(bytes);
    try {
      await this.#ask('put', { file, size: bytes.length, sha }, during, 1);
      for (let at = 0; at < bytes.length; at += block) {
        const part = bytes.subarray(at, at + block);
        const b64 = Buffer.from(part).toString('base64');
        const next = Next.safeParse(await this.#ask('data', { at, b64 }, during, 1));
        if (next.data?.at !== at + part.length) throw this.#unreadable(during, 'another place in the file');
      }
    } catch (thrown) {
      throw Failure.from(thrown).leaving('old-still-runs');
    }
    return this.#commit(file, sha);
  }

  /** The one request of which it matters whether it was carried out: silence leaves the unit's state open. */
  async #commit(file: AgentFileName, sha: string): Promise<AgentCommit> {
    const during = `putting the ${file} file in force`;
    const answer = await this.#request('commit', undefined, during, 1).catch((thrown: unknown) => {
      throw Failure.from(thrown).leaving('indeterminate');
    });
    if (!answer.ok) throw this.#refusal(answer, during, file, sha).leaving('old-still-runs');
    const commit = Commit.safeParse(answer.json);
    if (!commit.success) throw this.#unreadable(during, 'no hash and frame').leaving('indeterminate');
    if (commit.data.sha !== sha) {
      const facts = { path: file, expected: sha, found: commit.data.sha };
      throw new Failure('VERIFY_FAILED', facts, { deviceState: 'indeterminate' });
    }
    return { sha256: sha, fromSeq: commit.data.seq };
  }

  /** The file, or undefined where it was replaced while it was read. */
  async #getOnce(file: AgentFileName): Promise<{ bytes: Buffer | null } | undefined> {
    const during = `reading the ${file} file`;
    const parts: Buffer[] = [];
    let first: { size: number; sha: string } | undefined;
    for (let at = 0; first === undefined || at < first.size; ) {
      const answer = await this.#request('get', { file, at }, during, 2);
      if (!answer.ok && answer.code === 'missing') return at === 0 ? { bytes: null } : undefined;
      if (!answer.ok) throw this.#refusal(answer, during, file, '');
      const part = Part.safeParse(answer.json);
      if (!part.success) throw this.#unreadable(during, 'no part of a file');
      first ??= part.data;
      if (part.data.sha !== first.sha || part.data.size !== first.size) return undefined;
      const bytes = Buffer.from(part.data.b64, 'base64');
      if (bytes.length === 0 && at < first.size) throw this.#unreadable(during, 'an empty part of a file');
      parts.push(bytes);
      at += Math.max(1, bytes.length);
    }
    const bytes = Buffer.concat(parts);
    const found = sha256(bytes);
    if (found !== first.sha) throw new Failure('VERIFY_FAILED', { path: file, expected: first.sha, found });
    return { bytes };
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
      const answer = read(await this.#ask(verb, parameters, during, attempts));
      if (answer === undefined) throw this.#unreadable(during, 'another answer than was asked for');
      return answer;
    });
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#context.queue.run(async () => {
      if (this.#retired) throw new Failure('AGENT_NOT_RUNNING', { port: this.#context.port });
      return work();
    });
  }

  #request(verb: string, parameters: unknown, during: string, attempts: number): Promise<AgentAnswer> {
    const { channel, requestMs: deadlineMs, signal } = this.#context;
    return channel.request(verb, parameters, { deadlineMs, during, attempts, signal });
  }

  async #ask(verb: string, parameters: unknown, during: string, attempts: number): Promise<unknown> {
    const answer = await this.#request(verb, parameters, during, attempts);
    if (!answer.ok) throw this.#refusal(answer, during, verb, '');
    return answer.json;
  }

  #refusal(
    answer: Extract<AgentAnswer, { ok: false }>,
    during: string,
    path: string,
    expected: string,
  ): Failure {
    return refusal(answer, { port: this.#context.port, during, path, expected });
  }

  #unreadable(during: string, detail: string): Failure {
    return new Failure('REPLY_UNREADABLE', { port: this.#context.port, during, detail });
  }
}
