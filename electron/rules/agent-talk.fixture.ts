import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { AgentLineReader, asciiJson, encodeLine } from '../drivers/micropython/agent-line.ts';
import type { AgentProcess } from './agent-process.fixture.ts';

export const sha = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A person at the line: sends lines, waits for lines. */
export class AgentTalk {
  readonly bodies: string[] = [];
  #wake = (): void => {};
  readonly #transport: ReturnType<AgentProcess['transport']>;
  #lastId = 0;

  constructor(agent: AgentProcess) {
    this.#transport = agent.transport();
    const reader = new AgentLineReader();
    this.#transport.onData((bytes) => {
      this.bodies.push(...reader.feed(bytes));
      this.#wake();
    });
  }

  send(bytes: string | Uint8Array): Promise<void> {
    return this.#transport.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** The first line from place `from` on that fits, as soon as it is there. */
  async next(pattern: RegExp, from = 0): Promise<string> {
    for (;;) {
      const found = this.bodies.slice(from).find((body) => pattern.test(body));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async ask(verb: string, args?: object): Promise<string> {
    this.#lastId += 1;
    await this.send(encodeLine(`?${this.#lastId} ${verb}${args ? ` ${asciiJson(args)}` : ''}`));
    const answer = await this.next(new RegExp(`^=${this.#lastId} `));
    return answer.replace(/^=\d+ /, '');
  }

  async ok(verb: string, args?: object): Promise<Record<string, unknown>> {
    const answer = await this.ask(verb, args);
    expect(answer).toMatch(/^ok /);
    return JSON.parse(answer.slice(3));
  }

  /** Path -> hash, page by page. */
  async files(): Promise<Record<string, string>> {
    const found: [string, string][] = [];
    for (let next: unknown = 0; next !== null; ) {
      const page = await this.ok('files', { from: next });
      found.push(...(page.files as [string, string][]));
      next = page.next;
    }
    return Object.fromEntries(found);
  }

  /** A whole transfer up to the answer to `commit`. */
  async put(file: string, text: string, announced = sha(text)): Promise<string> {
    const bytes = Buffer.from(text);
    expect(await this.ask('put', { file, size: bytes.length, sha: announced })).toBe('ok {}');
    for (let at = 0; at < bytes.length; at += 480) {
      const part = bytes.subarray(at, at + 480);
      expect(await this.ok('data', { at, b64: part.toString('base64') })).toEqual({ at: at + part.length });
    }
    return this.ask('commit');
  }
}
