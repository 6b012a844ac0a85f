import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputOf } from './output.ts';
import { rulesSweepCommand } from './rules-sweep.ts';
import { rulesWhyCommand } from './rules-why.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-rules-lab-'));
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
  const code = await runTerminal(asked, [rulesSweepCommand, rulesWhyCommand], { output, log, signal });
  return { code, stdout, stderr };
}

const hot = { id: 'hot', when: { sensor: 't1', above: '70', deadband: '1' }, for: '2s' };
const wet = {
  id: 'wet',
  when: {
    any: [
      { sensor: 't1', below: '10' },
      { sensor: 't1', silent: true },
    ],
  },
};
const profile = ['--channels', 'bench-thermometer'];
const csvOf = (first: string, values: (number | string)[]): string =>
  ['t (ms),t1 (°C)', ...values.map((value, i) => `${i * 1000},${value}`), '']
    .join('\n')
    .replace('t (ms)', first);
const humps = csvOf('t (ms)', [60, 60, 72, 72, 72, 72, 60, 60, 'NaN', 60, 75, 60]);

describe('plumb rules sweep', () => {
  it('shows alarms against a threshold, in steps of the channel', async () => {
    const files = [await put('a.json', [wet, hot]), await put('r.csv', humps)];
    const asked = ['--rule', 'hot', '--path', 'when.above', '--from', '50', '--to', '80', '--count', '4'];
    const { code, stdout } = await plumb('rules', 'sweep', ...files, ...asked, ...profile, '--json');
    expect(code).toBe(0);
    const { points, ...facts } = JSON.parse(stdout);
    expect(facts).toEqual({ rule: 'hot', path: 'when.above', today: '70' });
    expect(points.map((point: { value: string; fires: number }) => [point.value, point.fires])).toEqual([
      ['50.000', 1],
      ['60.000', 1],
      ['70.000', 1],
      ['80.000', 0],
    ]);
    const words = await plumb('rules', 'sweep', ...files, ...asked, ...profile);
    expect(words.stdout).toContain('hot, when.above (today 70):\n');
    expect(words.stdout).toContain('70.000  1 alarm, 7854.5 a day, 2000 ms on\n80.000  0 alarms, 0.0 a day');
  });

  it('shows alarms against a delay, and names what no rule can have', async () => {
    const files = [await put('a.json', [hot]), await put('r.csv', humps)];
    const delays = ['--rule', 'hot', '--path', 'for', '--from', '0s', '--to', '5s', '--count', '2'];
    const { stdout } = await plumb('rules', 'sweep', ...files, ...delays, ...profile, '--json');
    expect(JSON.parse(stdout).points).toMatchObject([
      { value: '0s', fires: 2 },
      { value: '5s', fires: 0 },
    ]);
    const beyond = ['--rule', 'hot', '--path', 'when.above', '--from', '500', '--to', '501', '--count', '2'];
    expect((await plumb('rules', 'sweep', ...files, ...beyond, ...profile)).stdout).toContain(
      "500.000  is outside the sensor's range",
    );
  });

  it.each([
    [['--rule', 'cold', '--from', '1', '--to', '2'], 'there is no rule cold; known: hot'],
    [['--rule', 'hot', '--from', 'x1', '--to', '2'], 'two numbers, or two times'],
    [['--rule', 'hot', '--from', '1s', '--to', '2'], 'two numbers, or two times'],
    [['--rule', 'hot', '--from', '1', '--to', '2', '--count', '1'], 'whole number from 2 to 200'],
  ])('refuses %j', async (options, words) => {
    const files = [await put('a.json', [hot]), await put('r.csv', humps)];
    const { code, stderr } = await plumb('rules', 'sweep', ...files, '--path', 'for', ...options, ...profile);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });
});

describe('plumb rules why', () => {
  const why = async (...options: string[]) =>
    plumb('rules', 'why', await put('a.json', [hot, wet]), await put('r.csv', humps), ...profile, ...options);

  it('shows every rule at a moment, down to the values', async () => {
    const { stdout } = await why('--at', '3500', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      t: 3500,
      rules: [
        { id: 'hot', state: 'PENDING', since: 2000, due: 4000, condition: { truth: 1, value: '72.000' } },
        { id: 'wet', state: 'NORMAL', condition: { truth: 0, parts: [{ away: '62.000' }, { truth: 0 }] } },
      ],
    });
    expect((await why('--at', '3500')).stdout).toBe(
      [
        'hot  PENDING, since 2000 ms, due at 4000 ms',
        '  t1 above 70.000 dead-band 1.000: true, is 72.000, 3.000 away',
        'wet  NORMAL',
        '  any of (t1 below 10.000, t1 silent): false',
        '    t1 below 10.000: false, is 72.000, 62.000 away',
        '    t1 silent: false, is 72.000',
        '',
      ].join('\n'),
    );
    const one = await why('--at', '8000', '--rule', 'wet');
    expect(one.stdout).toContain('wet  ACTIVE\n');
    expect(one.stdout).toContain('t1 silent: true, no good value');
    expect(one.stdout).not.toContain('hot');
  });

  it.each([
    [['--at', '0', '--until', '5000'], 'hot did fire, at 4000 ms.'],
    [['--at', '4500', '--until', '5000'], 'hot was on already'],
    [['--at', '6500', '--until', '12000'], 'hot held for 0 ms at most, from 10000 ms on; it needs 2000 ms.'],
    [['--at', '6500', '--until', '7000'], 'hot never held; nearest at 7000 ms:\n  t1 above'],
    [['--at', '8000', '--until', '8500'], 'hot was never known:\n  t1 above 70.000'],
    [['--at', '8100', '--until', '8500'], 'no frame between'],
  ])('says why a rule did not fire: %j', async (options, words) => {
    const { code, stdout } = await why('--rule', 'hot', ...options);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(words) });
  });

  it('takes a date where the recording has dates', async () => {
    const rows = ['60', '75', '75', '75'].map((value, i) => `2026-11-22 08:30:0${i},${value}`);
    const files = [await put('a.json', [hot]), await put('d.csv', ['time,t1', ...rows].join('\n'))];
    const { stdout } = await plumb('rules', 'why', ...files, ...profile, '--at', '2026-11-22 08:30:02');
    expect(stdout).toContain('PENDING, since 1795336201000 ms');
    const frames = [await put('a.json', [hot]), await put('f', '[0,{"t1":71000}]\n[1000,{"p1":5}]\n')];
    const counted = await plumb('rules', 'why', ...frames, ...profile, '--at', '1000', '--json');
    expect(JSON.parse(counted.stdout).rules[0].condition).toMatchObject({ truth: 1, value: '71.000' });
  });

  it.each([
    [['--at', 'noon'], '--at and --until are ms'],
    [['--at', '0', '--until', '10'], '--until needs --rule'],
    [['--at', '10', '--until', '0', '--rule', 'hot'], 'lies behind --at'],
    [['--at', '10', '--rule', 'x'], 'there is no rule x; known: hot, wet'],
  ])('refuses %j', async (options, words) => {
    const { code, stderr } = await why(...options);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });

  it('says that there are no frames', async () => {
    const files = [await put('a.json', [hot]), await put('e.jsonl', '\n')];
    const { code, stderr } = await plumb('rules', 'why', ...files, ...profile, '--at', '0');
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('it has no frames') });
  });
});
