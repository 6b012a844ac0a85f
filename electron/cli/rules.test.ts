import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputOf } from './output.ts';
import { rulesCheckCommand } from './rules-check.ts';
import { rulesReplayCommand } from './rules-replay.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-rules-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function plumb(...asked: string[]) {
  let stdout = '';
  let stderr = '';
  const json = asked.includes('--json');
  const output = outputOf(json, { write: (text) => (stdout += text) }, { write: (text) => (stderr += text) });
  const log = pino({ level: 'silent' });
  const { signal } = new AbortController();
  const code = await runTerminal(asked, [rulesCheckCommand, rulesReplayCommand], { output, log, signal });
  return { code, stdout, stderr };
}

const hot = { id: 'hot', when: { sensor: 't1', above: '70', deadband: '1' }, for: '1s', needsAck: true };
const device =
  '{"v":1,"in":[["t1",2000]],"sig":[["in",0]],"cond":[["hi",0,70000,1000]],' +
  '"rule":[{"id":"hot","c":0,"on":1000,"off":0,"unk":2,"sev":2,"latch":1}]}';
const profile = ['--channels', 'bench-thermometer'];

describe('plumb rules check', () => {
  it('says what a unit gets of the author form, the text and the device form: the same', async () => {
    const author = await plumb('rules', 'check', await put('a.json', [hot]), ...profile, '--json');
    expect(author.code).toBe(0);
    const answer = JSON.parse(author.stdout);
    expect(answer).toMatchObject({ ok: true, form: 'author', rules: 1, text: device, rev: 'd05ad6c5' });
    const text = await plumb('rules', 'check', await put('a.rules', answer.view), ...profile, '--json');
    expect(JSON.parse(text.stdout)).toMatchObject({ form: 'text', text: device });
    const read = await plumb('rules', 'check', await put('d.json', device), ...profile, '--json');
    expect(JSON.parse(read.stdout)).toMatchObject({ form: 'device', rev: 'd05ad6c5' });
    expect(JSON.parse(read.stdout).view).toContain('when t1 above 70.000 dead-band 1.000');
  });

  it.each<[string, unknown, string, string]>([
    [
      'a sensor that is not there',
      [{ ...hot, when: { sensor: 'x', above: '1' } }],
      '0.when.sensor',
      'is not a channel',
    ],
    ['an unknown field', [{ ...hot, colour: 'red' }], '0.colour', 'is not a field'],
    ['a field twice', '[{"id":"a","id":"b"}]', '0.id', 'twice'],
    ['no JSON', '[{"id":"a",}]', '', 'is not JSON'],
    ['a float', device.replace('70000', '7e4'), '', '7e4 is not a whole number'],
    ['an operator that is none', device.replace('"hi"', '"ho"'), '', 'ho'],
    ['a word too many', 'rule hot when t1 over 5', 'line 1, column 18', 'a test is missing'],
  ])('names %s and ends with 2', async (_, content, path, message) => {
    const { code, stdout } = await plumb('rules', 'check', await put('r', content), ...profile, '--json');
    expect(code).toBe(2);
    const { mistakes } = JSON.parse(stdout);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0].path).toContain(path);
    expect(mistakes[0].message).toContain(message);
  });

  it('asks for the channels that names need', async () => {
    const { code, stderr } = await plumb('rules', 'check', await put('a.json', [hot]));
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--channels: is needed'),
    });
  });
});

describe('plumb rules replay', () => {
  const frames = '[0,{"t1":71000}]\n[500,{"t1":71000},[]]\n\n[2000,{"t1":50000}]\n[2000,{}]\n[3000,{},[0]]';

  it('prints an event a line, then the sum', async () => {
    const rules = await put('d.json', device);
    const { code, stdout, stderr } = await plumb('rules', 'replay', rules, await put('f', frames), '--json');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[1000,0,"ON"]\n[2000,0,"RTN"]\n[3000,0,"OFF"]\n' });
    expect(stderr).toBe('5 frames (1 late: refused), 1 rule (revision d05ad6c5), 3 events.\n');
  });

  it('tells people the rule by its name', async () => {
    const rules = await put('a.json', { rules: [hot] });
    const { stdout } = await plumb('rules', 'replay', rules, await put('f', frames), ...profile);
    expect(stdout).toBe('1000 ms  hot  ON\n2000 ms  hot  RTN\n3000 ms  hot  OFF\n');
  });

  it.each([
    ['[0,{"t1":1.5}]', 'line 1: a number is not a whole number'],
    ['[0,{"t1":1}]\n[1,{"t1":1e3}]', 'line 2: a number is not a whole number'],
    ['[0,{"t1":"1"}]', 'line 1: an input is neither'],
    ['[0]', 'line 1: it is not [t'],
    ['[0,{}', 'line 1: it is not JSON'],
    ['["0",{}]', 'line 1: its time'],
    ['[0,{},1]', 'line 1: the acknowledged'],
  ])('names the line of %s', async (text, detail) => {
    const rules = await put('d.json', device);
    const { code, stderr } = await plumb('rules', 'replay', rules, await put('f', text));
    expect(code).toBe(1);
    expect(stderr).toContain(detail);
  });

  it('replays a CSV in the units of the profile, says what it left out, and sets the clock of schedules', async () => {
    const during = { days: ['sun'], from: '08:00', to: '09:00' };
    const rules = await put('a.json', [{ ...hot, when: { all: [hot.when, { during }] }, needsAck: false }]);
    const rows = ['71', '71', '71', '60'].map((value, i) => `2026-11-22 08:30:0${i},${value}`);
    const csv = await put('r.csv', ['time,t1', ...rows.slice(0, 2), 'soon,1', ...rows.slice(2)].join('\n'));
    const { stdout, stderr } = await plumb('rules', 'replay', rules, csv, ...profile, '--json');
    expect(stdout).toBe('[1795336201000,0,"ON"]\n[1795336203000,0,"OFF"]\n');
    expect(stderr).toContain('1 rows without a time that can be read: line 4\n4 frames');
  });

  it('takes the rule set of a vector', async () => {
    const rs = { sig: [['in', 't1', 2000]], cond: [['hi', 0, 70_000, 0]], rule: [{ c: 0, latch: false }] };
    const { stdout } = await plumb(
      'rules',
      'replay',
      await put('v', rs),
      await put('f', '[5,{"t1":71000}]'),
      '--json',
    );
    expect(stdout).toBe('[5,0,"ON"]\n');
  });

  it('takes names of inputs that look like numbers', async () => {
    const rules = await put('d.json', device.replace('"t1"', '"x1e3"'));
    const { stdout } = await plumb(
      'rules',
      'replay',
      rules,
      await put('f', '[0,{"x1e3":71000}]\n[1000,{}]'),
      '--json',
    );
    expect(stdout).toBe('[1000,0,"ON"]\n');
  });
});
