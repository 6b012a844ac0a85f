import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Frame, RuleEvent } from '../../shared/contract/devices.ts';
import { AuthorRules, type CompiledRules, type Difference } from '../../shared/contract/validate.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { micropythonDriver } from '../drivers/micropython/micropython.ts';
import { AgentProcess, plainCalibration, plainConfig } from './agent-process.fixture.ts';
import { type ProveOptions, proveRules } from './prove.ts';
import { pushRules } from './push.ts';

const channels = [{ id: 't1', quantum: '0.001', unit: 'degC', min: '0', max: '655', staleMs: 2000 }];

function compile(...rules: object[]): CompiledRules {
  const compiled = compileRules(AuthorRules.parse(rules), channels);
  if ('mistakes' in compiled) throw new Error(JSON.stringify(compiled.mistakes));
  const sha256 = createHash('sha256').update(compiled.text).digest('hex');
  return { ...compiled, sha256, revision: sha256.slice(0, 8) };
}
const hot = {
  id: 'hot',
  when: { sensor: 't1', above: '60', deadband: '1' },
  for: '100ms',
  clearAfter: '60ms',
};
const cold = { id: 'cold', when: { sensor: 't1', below: '10' } };
const away = { id: 'away', when: { sensor: 't1', above: '30', not: true }, for: '50ms' };

const running: AgentProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((agent) => agent.remove()));
});

async function unit(): Promise<{ agent: AgentProcess; link: AgentLink }> {
  const agent = await AgentProcess.start({
    'config.json': plainConfig,
    'calibration.json': plainCalibration,
  });
  running.push(agent);
  const link = await micropythonDriver.open(agent.transport(), {}).attach({ expected: 'abcd1234' });
  await link.stream(true);
  return { agent, link };
}

function options(agent: AgentProcess, link: AgentLink, compiled: CompiledRules) {
  const seen = { decided: [] as string[], differed: [] as Difference[], driven: [] as string[] };
  const given: ProveOptions = {
    link,
    compiled,
    channels,
    drive: async (value) => {
      seen.driven.push(value);
      await agent.setAdc(Number(value) * 100);
    },
    setPoints: ['80', '20'],
    timeoutSeconds: 15,
    signal: new AbortController().signal,
    onDecided: ({ rule, kind }) => seen.decided.push(`${compiled.ids[rule]} ${kind}`),
    onDiffered: (difference) => seen.differed.push(difference),
    onProgress: () => {},
  };
  return { given, seen };
}

describe('pushRules', () => {
  it('puts the rules in force and reads them back', async () => {
    const { link } = await unit();
    const compiled = compile(hot);
    const written = await pushRules(link, compiled);
    expect(written).toMatchObject({ sha256: compiled.sha256, readBack: compiled.sha256 });
    expect(written.fromSeq).toBeGreaterThan(0);
    expect((await link.hello()).rulesRevision).toBe(compiled.revision);
  });

  it('fails where the unit holds something else', async () => {
    const { link } = await unit();
    const lying = tampered(link, { get: () => Promise.resolve(Buffer.from('{}')) });
    await expect(pushRules(lying, compile(hot))).rejects.toMatchObject({
      code: 'VERIFY_FAILED',
      deviceState: 'indeterminate',
    });
  });
});

/** The link with some of its members replaced. */
const tampered = (link: AgentLink, change: Partial<AgentLink>): AgentLink => ({
  closed: link.closed,
  hello: () => link.hello(),
  stream: (on) => link.stream(on),
  onFrame: (listener) => link.onFrame(listener),
  onRuleEvent: (listener) => link.onRuleEvent(listener),
  onDamage: (listener) => link.onDamage(listener),
  put: (file, bytes) => link.put(file, bytes),
  get: (file) => link.get(file),
  confirm: (manifest) => link.confirm(manifest),
  selfTest: () => link.selfTest(),
  clock: (set) => link.clock(set),
  uplink: () => link.uplink(),
  dropBroker: (holdMs) => link.dropBroker(holdMs),
  shelve: (rule, ms) => link.shelve(rule, ms),
  kept: () => link.kept(),
  vectors: (vectors, options) => link.vectors(vectors, options),
  events: () => link.events(),
  ...change,
});

describe('proveRules', () => {
  it('drives until each rule fired and cleared alike', async () => {
    const { agent, link } = await unit();
    const { given, seen } = options(agent, link, compile(hot, away));
    const { comparison, evidence } = await proveRules(given);
    expect(seen.driven.slice(0, 3)).toEqual(['80', '20', '80']);
    expect(seen.decided).toEqual(expect.arrayContaining(['hot ON', 'hot OFF', 'away ON', 'away OFF']));
    expect(evidence.map(({ id }) => id)).toEqual(['hot', 'away']);
    for (const { fired, cleared } of evidence) expect(cleared?.seq).toBeGreaterThan(fired?.seq ?? 0);
    expect(comparison).toMatchObject({ lostFrames: 0, differences: [] });
    expect(comparison.decisions).toBe(seen.decided.length);
  });

  it('names what was not seen', async () => {
    const { agent, link } = await unit();
    const { given } = options(agent, link, compile(hot, cold));
    await expect(proveRules({ ...given, timeoutSeconds: 2 })).rejects.toMatchObject({
      code: 'RULE_NOT_PROVEN',
      params: { detail: 'cold did not fire' },
    });
  });

  it('fails at the first difference', async () => {
    const { agent, link } = await unit();
    const { given, seen } = options(agent, link, compile(hot));
    const deaf = tampered(link, {
      onRuleEvent: (listener: (event: RuleEvent) => void) =>
        link.onRuleEvent((event) => event.kind === 'ON' || listener(event)),
    });
    await expect(proveRules({ ...given, link: deaf })).rejects.toMatchObject({ code: 'DECISIONS_DIFFER' });
    expect(seen.differed[0]).toMatchObject({ unit: [], app: [{ rule: 0, kind: 'ON' }] });
  });

  it('starts both sides anew after a lost frame', async () => {
    const { agent, link } = await unit();
    const { given, seen } = options(agent, link, compile(hot));
    let frames = 0;
    let puts = 0;
    const lossy = tampered(link, {
      onFrame: (listener: (frame: Frame) => void) =>
        link.onFrame((frame) => {
          frames += 1;
          if (frames !== 3) listener(frame);
        }),
      put: (file, bytes) => {
        puts += 1;
        return link.put(file, bytes);
      },
    });
    const { comparison } = await proveRules({ ...given, link: lossy });
    expect(comparison).toMatchObject({ lostFrames: 1, differences: [] });
    expect(puts).toBe(2);
    expect(seen.decided).toEqual(expect.arrayContaining(['hot ON', 'hot OFF']));
  });

  it('takes a decision that arrived damaged for lost, not for a difference', async () => {
    const { agent, link } = await unit();
    const { given, seen } = options(agent, link, compile(hot));
    let damaged = 0;
    let tellDamage = (): void => {};
    const noisy = tampered(link, {
      onDamage: (listener) => {
        tellDamage = listener;
        return () => {};
      },
      onRuleEvent: (listener) =>
        link.onRuleEvent((event) => {
          damaged += 1;
          if (damaged === 1) tellDamage();
          else listener(event);
        }),
    });
    const { comparison } = await proveRules({ ...given, link: noisy });
    expect(comparison).toMatchObject({ lostFrames: 1, differences: [] });
    expect(seen.differed).toEqual([]);
    expect(seen.decided).toEqual(expect.arrayContaining(['hot ON', 'hot OFF']));
  });

  it('ends when it is stopped', async () => {
    const { agent, link } = await unit();
    const { given } = options(agent, link, compile(cold));
    const stop = new AbortController();
    const proof = proveRules({ ...given, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(proof).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
