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

async function options(agent: AgentProcess, link: AgentLink, compiled: CompiledRules) {
  await pushRules(link, compiled);
  const seen = { decided: [] as string[], differed: [] as Difference[], driven: [] as string[] };
  const given: ProveOptions = {
    link,
    unit: 'abcd1234',
    compiled,
    channels,
    drive: async (value) => {
      seen.driven.push(value);
      await agent.setAdc(Number(value) * 100);
    },
    setPoints: ['80', '20'],
    timeoutSeconds: 15,
    quietSeconds: 1,
    needsQuiet: () => false,
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
  onRestart: (listener) => link.onRestart(listener),
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
    const { given, seen } = await options(agent, link, compile(hot, away));
    const { comparison, evidence } = await proveRules(given);
    expect(seen.driven.slice(0, 3)).toEqual(['80', '20', '80']);
    expect(seen.decided).toEqual(expect.arrayContaining(['hot ON', 'hot OFF', 'away ON', 'away OFF']));
    expect(evidence.map(({ id }) => id)).toEqual(['hot', 'away']);
    for (const { fired, cleared } of evidence) expect(cleared?.seq).toBeGreaterThan(fired?.seq ?? 0);
    expect(comparison).toMatchObject({ lostFrames: 0, differences: [] });
    expect(comparison.decisions).toBe(seen.decided.length);
  });

  it('drives round where no set point tells what will be seen', async () => {
    const { agent, link } = await unit();
    const jump = { id: 'jump', when: { sensor: 't1', changing: '100', per: 's', over: '200ms' } };
    const { given, seen } = await options(agent, link, compile(jump));
    const setPoints = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? '80' : '20'));
    const { evidence } = await proveRules({ ...given, setPoints });
    expect(seen.driven[0]).toBe('80');
    for (const { fired, cleared } of evidence) expect(cleared?.seq).toBeGreaterThan(fired?.seq ?? 0);
  });

  it('names what was not seen', async () => {
    const { agent, link } = await unit();
    const { given } = await options(agent, link, compile(hot, cold));
    await expect(proveRules({ ...given, timeoutSeconds: 2 })).rejects.toMatchObject({
      code: 'RULE_NOT_PROVEN',
      params: { detail: 'cold did not fire' },
    });
  });

  it('fails at the first difference', async () => {
    const { agent, link } = await unit();
    const { given, seen } = await options(agent, link, compile(hot));
    const deaf = tampered(link, {
      onRuleEvent: (listener: (event: RuleEvent) => void) =>
        link.onRuleEvent((event) => event.kind === 'ON' || listener(event)),
    });
    await expect(proveRules({ ...given, link: deaf })).rejects.toMatchObject({ code: 'DECISIONS_DIFFER' });
    expect(seen.differed[0]).toMatchObject({ unit: [], app: [{ rule: 0, kind: 'ON' }] });
  });

  it('starts both sides anew after a lost frame', async () => {
    const { agent, link } = await unit();
    const { given, seen } = await options(agent, link, compile(hot));
    let from = Number.POSITIVE_INFINITY;
    let lost = false;
    let puts = 0;
    const lossy = tampered(link, {
      onFrame: (listener: (frame: Frame) => void) =>
        link.onFrame((frame) => {
          const passes = lost || frame.seq < from + 2;
          if (passes) listener(frame);
          else lost = true;
        }),
      put: async (file, bytes) => {
        puts += 1;
        const commit = await link.put(file, bytes);
        from = commit.fromSeq;
        return commit;
      },
    });
    const { comparison } = await proveRules({ ...given, link: lossy });
    expect(comparison).toMatchObject({ lostFrames: 1, differences: [] });
    expect(puts).toBe(2);
    expect(seen.decided).toEqual(expect.arrayContaining(['hot ON', 'hot OFF']));
  });

  it('takes a decision that arrived damaged for lost, not for a difference', async () => {
    const { agent, link } = await unit();
    const { given, seen } = await options(agent, link, compile(hot));
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
    const { given } = await options(agent, link, compile(cold));
    const stop = new AbortController();
    const proof = proveRules({ ...given, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(proof).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('watches normal operation where no rule holds, and tells of an alarm there', async () => {
    const { agent, link } = await unit();
    const { given, seen } = await options(agent, link, compile(hot, away));
    const { runs } = await proveRules({
      ...given,
      // Between the two places of the rules; then, for a moment, where one of them fires.
      setPoints: ['80', '20', '40'],
      needsQuiet: ([stimulus]) => stimulus?.rules.every(({ cleared }) => cleared !== null) ?? false,
      onProgress: (now) => {
        if (now.doing === 'watchingQuiet' && now.alarms === 0) void agent.setAdc(2000);
      },
    });
    const [stimulus, quiet] = runs;
    expect(seen.driven.at(-1)).toBe('40');
    expect(stimulus).toMatchObject({
      origin: 'bench',
      normal: false,
      name: expect.stringMatching(/^\S+, boot 1$/),
      data: null,
    });
    expect(quiet).toMatchObject({ origin: 'bench', normal: true, rules: [{ alarms: 0 }, { alarms: 1 }] });
    expect(quiet?.rules.every(({ saw, known = 0 }) => saw && known >= 1000)).toBe(true);
    expect((quiet?.to ?? 0) - (quiet?.from ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('refuses to go on where somebody else changed the rules meanwhile, and leaves them there', async () => {
    const { agent, link } = await unit();
    const { given, seen } = await options(agent, link, compile(away));
    const others = compile(hot);
    let changed = false;
    const proof = proveRules({
      ...given,
      drive: async (value) => {
        if (changed) return agent.setAdc(Number(value) * 100);
        changed = true;
        await link.put('rules', Buffer.from(others.text));
        await agent.setAdc(8000);
      },
    });
    await expect(proof).rejects.toMatchObject({
      code: 'RULES_CHANGED',
      params: { expected: compile(away).revision, found: others.revision },
    });
    expect(seen.differed).toEqual([]);
    expect((await link.hello()).rulesRevision).toBe(others.revision);
    await expect(proveRules(given)).rejects.toMatchObject({ code: 'RULES_CHANGED' });
  });

  it('starts both sides anew where the same rules are put in force by somebody else', async () => {
    const { agent, link } = await unit();
    const compiled = compile(hot);
    const { given, seen } = await options(agent, link, compiled);
    let again = false;
    const { comparison } = await proveRules({
      ...given,
      onDecided: ({ kind }) => {
        seen.decided.push(kind);
        if (kind !== 'ON' || again) return;
        again = true;
        void link.put('rules', Buffer.from(compiled.text));
      },
    });
    expect(again).toBe(true);
    expect(comparison.differences).toEqual([]);
  });

  it('decides as the unit does where a rule is shelved meanwhile', async () => {
    const { agent, link } = await unit();
    const { given, seen } = await options(agent, link, compile({ ...hot, for: '0s' }));
    let shelved = false;
    const { comparison } = await proveRules({
      ...given,
      drive: async (value) => {
        if (!shelved) await link.shelve(0, 300);
        shelved = true;
        await given.drive?.(value);
      },
    });
    expect(comparison.differences).toEqual([]);
    expect(seen.decided).toEqual(['hot ON', 'hot OFF']);
  });
});
