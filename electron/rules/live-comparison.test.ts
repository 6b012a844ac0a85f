import { expect, it } from 'vitest';
import type { Frame, RuleEvent } from '../../shared/contract/devices.ts';
import type { AgentLink, EngineRestart } from '../drivers/driver.ts';
import { LiveComparison } from './live-comparison.ts';

const text = JSON.stringify({
  v: 1,
  in: [['t1', 0]],
  sig: [['in', 0]],
  cond: [['hi', 0, 100, 0]],
  rule: [{ id: 'hot', c: 0 }],
});
const rules = { text, sha256: 'a'.repeat(64), revision: 'aaaaaaaa', ids: ['hot'], sentences: [''] };

/** A unit in memory whose agent keeps that the rule is on; it says what is written to it. */
function unit() {
  const heard: Partial<{
    frame: (it: Frame) => void;
    event: (it: RuleEvent) => void;
    restart: (it: EngineRestart) => void;
  }> = {};
  const asked: string[] = [];
  let boot = 1;
  const link = {
    onFrame: (frame: NonNullable<typeof heard.frame>) => void Object.assign(heard, { frame }),
    onRuleEvent: (event: NonNullable<typeof heard.event>) => void Object.assign(heard, { event }),
    onRestart: (restart: NonNullable<typeof heard.restart>) => void Object.assign(heard, { restart }),
    onDamage: () => undefined,
    hello: async () => ({ rulesRevision: 'aaaaaaaa', boot }),
    stream: async () => void asked.push('stream'),
    kept: async () => [[['hot', 'ACTIVE', 1]], []],
    put: async () => {
      asked.push('put');
      return { sha256: '', fromSeq: 1 };
    },
  } as unknown as AgentLink;
  const frame = (seq: number, value: number): void =>
    heard.frame?.({ seq, t: seq * 10, channels: [{ id: 't1', value, raw: value }], at: 0 });
  const restart = (): void => {
    boot = 2;
    heard.restart?.({ boot, revision: 'aaaaaaaa' });
  };
  return { link, asked, heard, frame, restart };
}

it.each([
  [1, 1, ['put', 'stream']],
  [3, 0, ['put', 'stream', 'put']],
])(
  'a unit that restarted is taken up with what it kept, where its frame %i is the first seen',
  async (first, decisions, written) => {
    const { link, asked, heard, frame, restart } = unit();
    const comparison = new LiveComparison(link, rules, { onReport: () => {} });
    await comparison.start();
    frame(1, 150);
    restart();
    expect(comparison.resync).toBe(true);
    frame(first, 50);
    heard.event?.({ seq: first, t: first * 10, rule: 0, kind: 'OFF' });
    frame(first + 1, 50);
    await comparison.start();
    expect(asked).toEqual(written);
    expect(comparison.resync).toBe(false);
    expect(comparison.totals).toMatchObject({ differences: [], decisions });
  },
);
