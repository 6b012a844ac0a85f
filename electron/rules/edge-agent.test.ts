import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { engineVersion } from '../../shared/rules/rules.ts';
import { encodeLine } from '../drivers/micropython/agent-line.ts';
import { AgentProcess, plainCalibration, plainConfig } from './agent-process.fixture.ts';
import { AgentTalk, sha } from './agent-talk.fixture.ts';

const rules = JSON.stringify({
  v: 1,
  in: [['t1', 2000]],
  sig: [['in', 0]],
  cond: [['hi', 0, 60_000, 0]],
  rule: [{ id: 'hot', c: 0, latch: 1 }],
});

const running: AgentProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((agent) => agent.remove()));
});
async function startUnit(
  files: Record<string, unknown> = {},
): Promise<{ agent: AgentProcess; line: AgentTalk }> {
  const agent = await AgentProcess.start({
    'config.json': plainConfig,
    'calibration.json': plainCalibration,
    ...files,
  });
  running.push(agent);
  return { agent, line: new AgentTalk(agent) };
}

describe('the edge agent', () => {
  it('says who it is and what it runs', async () => {
    const { line } = await startUnit();
    const hello = await line.ok('hello');
    expect(hello).toMatchObject({
      agent: '0.1.0',
      unit: 'abcd1234',
      impl: 'cpython',
      eng: engineVersion,
      boot: 1,
      tag: 'TT-1',
      channels: ['t1'],
      rev: null,
      period_ms: 20,
    });
    expect(hello).toMatchObject({ slot: null, sw: null, boots: null, fell: null });
    const source = fileURLToPath(new URL('../../resources/agent/plumbline/rules.py', import.meta.url));
    const files = await line.files();
    expect(files).toMatchObject({
      '/plumbline/config.json': sha(JSON.stringify(plainConfig)),
      '/plumbline/rules.py': sha(await readFile(source)),
    });
    expect(hello.n).toBe(Object.keys(files).length);
    expect(JSON.parse((await line.next(/^#/)).slice(1)).n).toBe(hello.n);
  });

  it('sends frames only when asked, numbered and calibrated', async () => {
    const { line } = await startUnit();
    const { seq } = await line.ok('stream', { on: true });
    await line.next(new RegExp(`^~${Number(seq) + 4} `));
    const frames = line.bodies.filter((body) => body.startsWith('~')).map((body) => body.split(' '));
    expect(frames.map(([head]) => Number(head?.slice(1)))).toEqual(
      frames.map((_, index) => Number(seq) + index),
    );
    const times = frames.map(([, t]) => Number(t));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(frames.map(([, , reading]) => reading)).toEqual(frames.map(() => 't1=50000:5000'));
    expect(await line.ask('stream', { on: false })).toMatch(/^ok/);
    const after = line.bodies.length;
    await line.ask('hello');
    expect(line.bodies.slice(after).filter((body) => body.startsWith('~'))).toEqual([]);
  });

  it('takes a bad reading for bad, and recovers', async () => {
    const { agent, line } = await startUnit();
    await agent.setAdc('no number');
    await line.ok('stream', { on: true });
    await line.next(/ t1=null:null$/);
    await agent.setAdc(65_536);
    await agent.setAdc(7);
    await line.next(/ t1=70:7$/);
  });

  it('replaces a file whole, after its hash', async () => {
    const { agent, line } = await startUnit();
    const held = () => readFile(join(agent.root, 'plumbline', 'calibration.json'), 'utf8');
    const next = JSON.stringify({ v: 1, version: 2, channels: { t1: [1, 0, 0] } });
    expect(await line.put('calibration', next, sha('something else'))).toMatch(/^no hash /);
    expect(await held()).toBe(JSON.stringify(plainCalibration));
    await line.ok('stream', { on: true });
    await line.next(/^~/);
    const answer = await line.put('calibration', next);
    expect(JSON.parse(answer.slice(3))).toMatchObject({ sha: sha(next) });
    expect(await held()).toBe(next);
    const { seq } = JSON.parse(answer.slice(3));
    expect(await line.next(new RegExp(`^~${seq} `))).toMatch(/ t1=5000:5000$/);
    expect(await line.next(new RegExp(`^~${seq - 1} `))).toMatch(/ t1=50000:5000$/);
  });

  it.each([
    ['calibration', '{"v":1,"channels":{"t1":[1.0,0,0]}}'],
    ['calibration', '{"v":1,"channels":{"t1":[68720525329,0,0]}}'],
    ['calibration', '{"v":1,"channels":{"t1":[1,0]}}'],
    ['calibration', '{'],
    ['config', '{"v":1,"channels":[{"id":"T 1","adc":26,"quantum":"1","unit":""}]}'],
    ['config', '{"v":1,"period_ms":1e3,"channels":[]}'],
    ['config', '{"v":1,"channels":[7]}'],
    ['rules', '[]'],
    ['rules', rules.replace('60000', '6e4')],
    ['rules', rules.replace('"hi"', '"high"')],
    ['rules', rules.replace('"t1"', '"t2"')],
  ])('refuses a %s file that it cannot use: %s', async (file, text) => {
    const { line } = await startUnit();
    const before = await line.files();
    expect(await line.put(file, text)).toMatch(/^no invalid "/);
    expect(await line.files()).toEqual(before);
  });

  it('has a hello that fits into a line, or refuses the configuration', async () => {
    const { line } = await startUnit({ 'rules.json': rules });
    const [channel] = plainConfig.channels;
    const config = (count: number, letters: number, tag = 'T') =>
      JSON.stringify({
        ...plainConfig,
        tag: tag.repeat(60),
        channels: Array.from({ length: count }, (_, i) => ({ ...channel, id: `c${i}`.padEnd(letters, '_') })),
      });
    expect(await line.put('config', config(16, 16, '\u{1f321}'))).toMatch(/^no invalid /);
    expect(await line.put('config', config(17, 3))).toMatch(/^no invalid /);
    expect(await line.put('config', config(16, 16))).toMatch(/^ok /);
    expect((await line.ok('hello')).channels).toHaveLength(16);
    expect((await line.ok('selftest')).checks).toHaveLength(20);
  });

  it('keeps the order of a transfer', async () => {
    const { line } = await startUnit();
    expect(await line.ask('commit')).toMatch(/^no order /);
    expect(await line.ask('data', { at: 0, b64: 'AAAA' })).toMatch(/^no order /);
    expect(await line.ask('put', { file: 'main', size: 1, sha: '' })).toMatch(/^no invalid /);
    expect(await line.ask('put', { file: 'rules', size: 1_000_000, sha: '' })).toMatch(/^no space /);
    await line.ok('put', { file: 'rules', size: 3, sha: sha('abc') });
    expect(await line.ask('data', { at: 1, b64: 'AAAA' })).toMatch(/^no order /);
    expect(await line.ask('data', { at: 0, b64: 'AAAAAA==' })).toMatch(/^no invalid /);
    expect(await line.ask('commit')).toMatch(/^no hash /);
  });

  it('reads a file back byte for byte', async () => {
    const { line } = await startUnit({ 'rules.json': rules });
    const first = await line.ok('get', { file: 'rules', at: 0 });
    expect(first).toEqual({
      size: rules.length,
      sha: sha(rules),
      b64: Buffer.from(rules).toString('base64'),
    });
    expect(await line.ok('hello')).toMatchObject({ rev: sha(rules).slice(0, 8) });
    expect(await line.ask('get', { file: 'secrets', at: 0 })).toMatch(/^no invalid /);
  });

  it('says what it does not have', async () => {
    const { line } = await startUnit();
    expect(await line.ask('get', { file: 'rules', at: 0 })).toMatch(/^no missing /);
  });

  it('tests itself, and says what is wrong', async () => {
    const { agent, line } = await startUnit({ 'rules.json': '7' });
    await agent.setAdc('no number');
    expect(await line.ok('selftest')).toEqual({
      checks: [
        ['config', true, ''],
        ['calibration', true, ''],
        ['rules', false, 'rules is not of version 1'],
        ['hashes', true, ''],
        ['channel t1 reads', false, ''],
      ],
    });
  });

  it('sets its clock, and goes on from there', async () => {
    const { line } = await startUnit();
    const set = await line.ok('clock', { set: 1_000_000_000_000 });
    const later = await line.ok('clock');
    expect(Number(later.wall) - Number(later.t)).toBe(Number(set.wall) - Number(set.t));
    expect(Number(set.wall) - 1_000_000_000_000).toBeLessThan(1000);
    expect(await line.ask('clock', { set: -1 })).toMatch(/^no invalid /);
  });

  it('has no software to keep where it runs without slots', async () => {
    const { line } = await startUnit();
    expect(await line.ask('confirm', { sw: null })).toMatch(/^no invalid /);
    expect(await line.ask('files', { from: 99 })).toMatch(/^no invalid /);
  });

  it('decides by its rules, and takes an acknowledgement', async () => {
    const { agent, line } = await startUnit({ 'rules.json': rules });
    await line.ok('stream', { on: true });
    await agent.setAdc(6000);
    const on = await line.next(/^!\d+ \d+ 0 ON$/);
    const at = line.bodies.indexOf(on);
    expect(line.bodies[at - 1]).toMatch(
      new RegExp(`^~${on.slice(1).split(' ').slice(0, 2).join(' ')} t1=60000:6000$`),
    );
    await agent.setAdc(5000);
    await line.next(/ 0 RTN$/);
    expect(await line.ask('ack', { rule: 1 })).toMatch(/^no invalid /);
    expect(await line.ask('ack', { rule: 0 })).toBe('ok {}');
    await line.next(/ 0 OFF$/);
  });

  it('answers every request once, whatever else is on the line', async () => {
    const { agent, line } = await startUnit();
    await line.send(Buffer.from([0xff, 0x00, 0x1b, 0x41, 0x0a]));
    await line.send('Traceback (most recent call last):\r\n>>> \r\n');
    await line.send(`${'x'.repeat(3000)}\n`);
    await line.send(Buffer.concat([Buffer.alloc(2000, 0x3f), Buffer.from('\n')]));
    await line.send(encodeLine('=5 ok {}'));
    expect(await line.ask('hello')).toMatch(/^ok /);
    await line.send('?77 hello*0000\n');
    expect(await line.next(/^=0 /)).toBe('=0 no checksum "the line was damaged"');
    for (const bad of ['?8 nonsense', '?9 put [1]', '?10 put {', '?11 stream {"on":3}', '?12']) {
      await line.send(encodeLine(bad));
      await line.next(new RegExp(`^=${bad.slice(1).split(' ')[0]} no invalid `));
    }
    await line.ask('hello');
    const answers = line.bodies.filter((body) => body.startsWith('=')).map((body) => body.split(' ')[0]);
    expect(answers).toEqual('1 0 8 9 10 11 12 2'.split(' ').map((id) => `=${id}`));
    expect(agent.errors).toBe('');
  });

  it('starts with broken files, and says which', async () => {
    const { agent, line } = await startUnit({
      'config.json': '{"v":1,',
      'calibration.json': '{}',
      'rules.json': '7',
    });
    const hello = await line.ok('hello');
    expect(hello).toMatchObject({ tag: '', channels: [], rev: null });
    expect(Object.keys(hello.wrong as object).sort()).toEqual(['calibration', 'config', 'rules']);
    expect(await line.put('config', JSON.stringify(plainConfig))).toMatch(/^ok /);
    expect(await line.put('calibration', JSON.stringify(plainCalibration))).toMatch(/^ok /);
    expect(await line.put('rules', rules)).toMatch(/^ok /);
    const mended = await line.ok('hello');
    expect(mended).toMatchObject({ tag: 'TT-1', channels: ['t1'], rev: sha(rules).slice(0, 8) });
    expect(mended.wrong).toBeUndefined();
    expect(agent.errors).toBe('');
  });

  it('mends a replacement that was cut between its two renames', async () => {
    const { agent, line: before } = await startUnit();
    await before.ok('hello');
    agent.interrupt();
    expect(await agent.exit()).toBe(0);
    const path = join(agent.root, 'plumbline', 'rules.json.old');
    await writeFile(path, rules);
    const again = agent.again();
    running.splice(0, 1, again);
    const line = new AgentTalk(again);
    expect(await line.ok('hello')).toMatchObject({ boot: 2, rev: sha(rules).slice(0, 8) });
  });

  it('ends when told, and at Ctrl-C, without a word', async () => {
    const { agent, line } = await startUnit();
    expect(await line.ask('stop')).toBe('ok {}');
    expect(await agent.exit()).toBe(0);
    const other = await startUnit();
    await other.line.ask('hello');
    other.agent.interrupt();
    expect(await other.agent.exit()).toBe(0);
    expect(agent.errors + other.agent.errors).toBe('');
  });
});
