import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SelfTestFrame } from '../../shared/rules/lab/lab.ts';
import { createEngine } from '../../shared/rules/rules.ts';
import { runVectors, type VectorOutcome, vectorHash } from '../drivers/micropython/agent-vectors.ts';
import { AgentProcess, plainCalibration, plainConfig } from './agent-process.fixture.ts';
import { AgentTalk, sha } from './agent-talk.fixture.ts';

const form = {
  v: 1,
  in: [['t1', 0]],
  sig: [['in', 0]],
  cond: [['hi', 0, 60_000, 0]],
  rule: [
    { id: 'hot', c: 0, latch: 1 },
    { id: 'slow', c: 0, on: 40, off: 40 },
  ],
};
const rules = JSON.stringify(form);

const running = new Set<AgentProcess>();
afterEach(async () => {
  await Promise.all([...running].map((agent) => agent.remove()));
  running.clear();
});
const talk = (agent: AgentProcess): { agent: AgentProcess; line: AgentTalk } => {
  running.add(agent);
  return { agent, line: new AgentTalk(agent) };
};
const start = async (): Promise<ReturnType<typeof talk>> =>
  talk(
    await AgentProcess.start({
      'config.json': plainConfig,
      'calibration.json': plainCalibration,
      'rules.json': rules,
    }),
  );
/** Power off without a word, and on again. */
async function again({ agent }: ReturnType<typeof talk>): Promise<ReturnType<typeof talk>> {
  agent.kill();
  await agent.exit();
  running.delete(agent);
  return talk(agent.again());
}
const whatItStartedWith = (line: AgentTalk) => line.ok('kept', { from: 0 });

describe('the agent after a reboot', () => {
  it('goes on with what was latched and shelved, and says so', async () => {
    const first = await start();
    const { agent, line } = first;
    expect(await line.ok('hello')).toMatchObject({ kept: 0 });
    await line.ok('stream', { on: true });
    const shelved = await line.ok('shelve', { rule: 1, ms: 3_600_000 });
    expect(Number(shelved.until)).toBeGreaterThan(3_600_000);
    await agent.setAdc(6500);
    await line.next(/ 0 ON$/);
    await agent.setAdc(100);
    await line.next(/ 0 RTN$/);
    // The write after the first in a second is put off.
    await expect.poll(() => agent.kept()).toContain('[["hot","LATCHED",2]]');
    const second = await again(first);
    expect(await second.line.ok('hello')).toMatchObject({ boot: 2, kept: 2 });
    const kept = await whatItStartedWith(second.line);
    expect(kept).toMatchObject({
      rules: [['hot', 'LATCHED', 2]],
      shelves: [['slow', expect.any(Number)]],
      next: null,
    });
    await second.line.ok('stream', { on: true });
    await second.agent.setAdc(6500);
    // Not acknowledged, and here again.
    await second.line.next(/ 0 ON$/);
    await second.line.ok('shelve', { rule: 1, ms: 0 });
    await second.line.next(/ 1 ON$/);
  });

  it('starts cold where the rules are put in force anew, and after a start with new ones', async () => {
    const first = await start();
    await first.line.ok('stream', { on: true });
    await first.agent.setAdc(6500);
    await first.line.next(/ 0 ON$/);
    await expect.poll(() => first.agent.kept()).toContain('"hot","ACTIVE",1');
    expect(await first.line.put('rules', rules)).toMatch(/^ok /);
    await expect.poll(() => first.agent.kept()).toContain('"slow","ACTIVE",1');
    await writeFile(join(first.agent.root, 'plumbline', 'rules.json'), rules.replaceAll('"hot"', '"warm"'));
    const second = await again(first);
    expect(await whatItStartedWith(second.line)).toMatchObject({ rules: [['slow', 'ACTIVE', 1]] });
  });

  it('writes nothing while nothing changes', async () => {
    const { agent, line } = await start();
    await line.ok('stream', { on: true });
    await line.next(/^~20 /);
    expect(await agent.kept()).toBe('');
  });

  it.each([['no number'], [-1], [2 ** 31 + 1]])('refuses to shelve for %s', async (ms) => {
    const { line } = await start();
    expect(await line.ask('shelve', { rule: 0, ms })).toMatch(/^no invalid /);
    expect(await line.ask('shelve', { rule: 2, ms: 1 })).toMatch(/^no invalid /);
  });
});

/** A saw-tooth that crosses the threshold, one bad value in it, and a frame that comes too late. */
const vector = (shift: number): SelfTestFrame[] =>
  Array.from({ length: 60 }, (_, i): SelfTestFrame => {
    const value = i % 13 === 7 ? null : ((i * 7919 + shift) % 90) * 1000;
    return i === 30 ? [5, { t1: value }] : [10 + i * 25, { t1: value }, i % 9 === 0 ? [0] : []];
  });

function decide(frames: SelfTestFrame[]): VectorOutcome {
  const engine = createEngine(form);
  const out = frames.flatMap(([t, inputs, acknowledged]) => engine.feed(t, inputs, acknowledged));
  return { out: out.map(({ t, rule, kind }) => [t, rule, kind]), late: engine.late };
}

describe('vectors on the unit', () => {
  const many = Array.from({ length: 50 }, (_, i) => vector(i));

  it('are decided as in the app, each from cold, while the scans go on', async () => {
    const { agent, line } = await start();
    await agent.setAdc(6500);
    await line.ok('stream', { on: true });
    await line.next(/ 1 ON$/);
    const from = line.bodies.length;
    const outcomes = many.map(decide);
    expect(await runVectors((parameters) => line.ok('vectors', parameters), many)).toEqual({
      rev: sha(rules).slice(0, 8),
      vectors: 50,
      frames: 3000,
      events: outcomes.flatMap(({ out }) => out).length,
      hash: vectorHash(outcomes),
    });
    expect(outcomes.flatMap(({ out }) => out).length).toBeGreaterThan(150);
    expect(line.bodies.slice(from).filter((body) => body.startsWith('!'))).toEqual([]);
    const numbers = line.bodies
      .filter((body) => body.startsWith('~'))
      .map((body) => Number.parseInt(body.slice(1), 10));
    expect(numbers).toEqual(numbers.map((_, i) => Number(numbers[0]) + i));
  });

  it('count once where a piece comes twice', async () => {
    const { line } = await start();
    const twice = async (parameters: object): Promise<unknown> => {
      if ('at' in parameters) await line.ok('vectors', parameters);
      return line.ok('vectors', parameters);
    };
    const some = many.slice(0, 3);
    expect(await runVectors(twice, some)).toMatchObject({ vectors: 3, hash: vectorHash(some.map(decide)) });
  });

  it('are refused out of order, without rules, or with numbers that are none', async () => {
    const { line } = await start();
    expect(await line.ask('vectors', { at: 0, new: true, fr: [] })).toMatch(/^no order /);
    await line.ok('vectors', { begin: true });
    expect(await line.ask('vectors', { at: 0, fr: [] })).toMatch(/^no order /);
    expect(await line.ask('vectors', { at: 2, new: true, fr: [] })).toMatch(/^no order /);
    for (const frame of [
      [1],
      [1.5, {}],
      [1, { t1: 0.5 }],
      [1, { t1: 2 ** 31 + 1 }],
      [1, {}, ['0']],
      [1, {}, [], [[0]]],
    ]) {
      const words = JSON.stringify(frame);
      expect(await line.ask('vectors', { at: 0, new: true, fr: [frame] }), words).toMatch(/^no invalid /);
    }
    const bare = talk(await AgentProcess.start({ 'config.json': plainConfig }));
    expect(await bare.line.ask('vectors', { begin: true })).toMatch(/^no missing /);
  });
});
