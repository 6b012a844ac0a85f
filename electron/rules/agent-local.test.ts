import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AgentProcess, plainCalibration, plainConfig } from './agent-process.fixture.ts';
import { AgentTalk } from './agent-talk.fixture.ts';

const running: AgentProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((agent) => agent.remove()));
});
async function start(files: Record<string, unknown>): Promise<{ agent: AgentProcess; line: AgentTalk }> {
  const agent = await AgentProcess.start({
    'config.json': plainConfig,
    'calibration.json': plainCalibration,
    ...files,
  });
  running.push(agent);
  return { agent, line: new AgentTalk(agent) };
}
const [channel] = plainConfig.channels;
const configWith = (filter: unknown): object => ({ ...plainConfig, channels: [{ ...channel, filter }] });
const rulesWith = (...rule: object[]): object => ({
  v: 1,
  in: [['t1', 0]],
  sig: [['in', 0]],
  cond: [['hi', 0, 60_000, 0]],
  rule: rule.map((each, index) => ({ id: `r${index}`, c: 0, ...each })),
});

describe('what a unit does by itself', () => {
  it('takes the median and lets small changes pass unseen, after one quantisation', async () => {
    const { agent, line } = await start({ 'config.json': configWith({ median: 3, deadband: 100 }) });
    await line.ok('stream', { on: true });
    await line.next(/ t1=50000:5000$/);
    await agent.setAdc(5009);
    await line.next(/ t1=50000:5009$/);
    await agent.setAdc(5010);
    await line.next(/ t1=50100:5010$/);
    await agent.setAdc(9000);
    await line.next(/ t1=90000:9000$/);
    // A spike of one scan is one value of three: what comes with it is the value before.
    const first = line.bodies.find((body) => body.endsWith(':9000'));
    expect(first).toMatch(/ t1=50100:9000$/);
    await agent.setAdc('bad');
    await line.next(/ t1=null:null$/);
    const from = line.bodies.length;
    await agent.setAdc(5001);
    expect(await line.next(/:5001$/, from)).toMatch(/ t1=50010:5001$/);
  });

  it.each([[{ median: 2 }], [{ median: 1.5 }], [{ deadband: -1 }], [{ mean: 3 }], [7]])(
    'refuses the filter %j',
    async (filter) => {
      const { line } = await start({});
      expect(await line.put('config', JSON.stringify(configWith(filter)))).toMatch(/^no invalid /);
    },
  );

  it('sets an output while a rule is on, and until it is acknowledged where it latches', async () => {
    const act = [['mqtt'], ['gpio', 4, 0]];
    const { agent, line } = await start({
      'rules.json': rulesWith({ latch: 1, act }, { act: [['gpio', 5, 1]] }),
    });
    const at = (pin: number): Promise<string> => readFile(join(agent.root, 'gpio', String(pin)), 'utf8');
    await line.ok('stream', { on: true });
    await line.next(/^~/);
    expect([await at(4), await at(5)]).toEqual(['1', '0']);
    await agent.setAdc(6500);
    await line.next(/ 1 ON$/);
    await expect.poll(() => Promise.all([at(4), at(5)])).toEqual(['0', '1']);
    await agent.setAdc(100);
    await line.next(/ 0 RTN$/);
    await expect.poll(() => Promise.all([at(4), at(5)])).toEqual(['0', '0']);
    await line.ok('ack', { rule: 0 });
    await expect.poll(() => at(4)).toBe('1');
    // Other rules: what the old ones held is let go.
    await agent.setAdc(6500);
    await expect.poll(() => at(5)).toBe('1');
    expect(await line.put('rules', JSON.stringify(rulesWith({})))).toMatch(/^ok /);
    expect([await at(4), await at(5)]).toEqual(['1', '0']);
    expect(agent.errors).toBe('');
  });

  it.each([
    ['a pin that is a channel', [['gpio', 26, 1]]],
    [
      'both levels',
      [
        ['gpio', 4, 1],
        ['gpio', 4, 0],
      ],
    ],
    ['a level of 2', [['gpio', 4, 2]]],
    ['a path', [['gpio', '/etc/passwd', 1]]],
    ['what it cannot do', [['mail']]],
    ['no list', 7],
  ])('refuses %s', async (_name, act) => {
    const { line } = await start({});
    expect(await line.put('rules', JSON.stringify(rulesWith({ act })))).toMatch(/^no invalid /);
  });
});
