import { createHash } from 'node:crypto';
import { type FarEnd, memoryTransport } from '../../transport/memory-transport.ts';
import { AgentLineReader, asciiJson, encodeLine } from './agent-line.ts';
import { usualTiming } from './timing.ts';
import { MicroPythonSession } from './unit-session.ts';

export const unit = 'e6614103e7452d2f';
/** As the agent says it. */
export const hello = {
  agent: '0.1.0',
  unit,
  boot: 3,
  t: 1000,
  tag: 'TT-101',
  slot: 'a',
  sw: 'b'.repeat(64),
  boots: 2,
  fell: null,
  n: 1,
  channels: ['t1'],
  eng: 1,
  rev: null,
  period_ms: 100,
  seq: 9,
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Answer to a verb: JSON, `no` with its code and words, or nothing. */
export type Answer = { ok: unknown } | { no: string } | undefined;
export type Handler = (parameters: never, far: FarEnd) => Answer;

/** An agent in memory that speaks the line protocol: the far end of a link in a test. */
export function fakeAgent(handlers: Record<string, Handler> = {}) {
  const asked: string[] = [];
  const reader = new AgentLineReader();
  const files = new Map<string, Buffer>();
  const put = { file: '', size: 0, sha: '', bytes: Buffer.alloc(0) };
  const usual: Record<string, Handler> = {
    hello: () => ({ ok: hello }),
    files: () => ({ ok: { files: [['/main.py', 'a'.repeat(64)]], next: null } }),
    stream: () => ({ ok: { seq: 10 } }),
    put: (parameters: { file: string; size: number; sha: string }) => {
      Object.assign(put, parameters, { bytes: Buffer.alloc(0) });
      return { ok: {} };
    },
    data: ({ at, b64 }: { at: number; b64: string }) => {
      if (at !== put.bytes.length) return { no: 'order "not there"' };
      put.bytes = Buffer.concat([put.bytes, Buffer.from(b64, 'base64')]);
      return { ok: { at: put.bytes.length } };
    },
    commit: () => {
      if (sha256(put.bytes) !== put.sha) return { no: 'hash "differs"' };
      files.set(put.file, put.bytes);
      return { ok: { sha: put.sha, seq: 42 } };
    },
    get: ({ file, at }: { file: string; at: number }) => {
      const held = files.get(file);
      if (!held) return { no: 'missing "no such file"' };
      const b64 = held.subarray(at, at + 480).toString('base64');
      return { ok: { size: held.length, sha: sha256(held), b64 } };
    },
  };
  const table = { ...usual, ...handlers };
  const { transport, far } = memoryTransport('memory:agent', (bytes) => {
    for (const body of reader.feed(bytes)) {
      const [, id, verb = '', json] = /^\?(\d+) (\w+)(?: (.*))?$/.exec(body) ?? [];
      asked.push(verb);
      const answer = table[verb]?.(JSON.parse(json ?? 'null') as never, far);
      if (!answer) continue;
      far.say(encodeLine('ok' in answer ? `=${id} ok ${asciiJson(answer.ok)}` : `=${id} no ${answer.no}`));
    }
  });
  const timing = { ...usualTiming, attachMs: 120, pollMs: 40, requestMs: 60 };
  return {
    transport,
    far,
    asked,
    files,
    table,
    usual,
    session: new MicroPythonSession(transport, { timing }),
  };
}

export async function attached(handlers: Record<string, Handler> = {}) {
  const agent = fakeAgent(handlers);
  return { ...agent, link: await agent.session.attach({ expected: unit }) };
}
