import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJob } from '../store/job-store.ts';
import { outputOf } from './output.ts';
import { standardsCommands } from './standards.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const certificate = (number: string, issued: string, due: string) => ({
  number,
  laboratory: 'Lab',
  issued,
  due,
  points: [
    { value: '0', expandedUncertainty: '0.02' },
    { value: '100', expandedUncertainty: '0.03' },
  ],
});
const entry = (serial: string, more: object = {}) => ({
  maker: 'Fluke',
  model: '1524',
  serial,
  unit: 'degC',
  resolution: '0.001',
  certificates: [certificate('C-1', '2026-01-10', '2027-01-10')],
  ...more,
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-standards-'));
  for (const name of ['job.plumb', 'other.plumb']) createJob(at(name), { name: 'J' }).close();
  await writeFile(at('one.json'), JSON.stringify(entry('1')));
  await writeFile(at('two.json'), JSON.stringify([entry('2'), entry('3')]));
  await writeFile(at('next.json'), JSON.stringify(certificate('C-2', '2027-01-02', '2028-01-02')));
});
afterEach(() => rm(folder, { recursive: true }));

async function terminal(json: boolean, ...asked: string[]) {
  let stdout = '';
  let stderr = '';
  const output = outputOf(
    json,
    { write: (text: string) => (stdout += text) },
    { write: (text: string) => (stderr += text) },
  );
  const context = { output, log: pino({ level: 'silent' }), signal: new AbortController().signal };
  const code = await runTerminal(['standards', ...asked], standardsCommands, context);
  return { code, stdout, stderr };
}
async function plumb(...asked: string[]) {
  const { code, stdout } = await terminal(true, ...asked, '--job', at('job.plumb'), '--json');
  return { code, answer: JSON.parse(stdout) };
}

describe('plumb standards', () => {
  it('enters, recalibrates, retires and lists', async () => {
    expect(await plumb('list')).toEqual({ code: 0, answer: { standards: [] } });
    expect(await plumb('add', at('one.json'))).toMatchObject({
      code: 0,
      answer: { standards: [{ id: 's1', drift: '0', bench: false, retired: null }] },
    });
    expect((await plumb('add', at('two.json'))).answer).toMatchObject({
      standards: [{ id: 's2' }, { id: 's3' }],
    });
    const again = await plumb('recalibrated', 's2', at('next.json'), '--drift', '0.004');
    expect(again.answer).toMatchObject({ standards: [{ id: 's2', drift: '0.004' }] });
    expect((await plumb('retire', 's3', '--reason', 'dropped')).code).toBe(0);
    await writeFile(at('one.json'), JSON.stringify(entry('1', { remarks: 'with its probe' })));
    expect((await plumb('change', 's1', at('one.json'))).code).toBe(0);
    const { answer } = await plumb('list');
    expect(answer).toMatchObject({
      standards: [
        { id: 's1', remarks: 'with its probe' },
        { id: 's2', certificates: [{ number: 'C-1' }, { number: 'C-2' }] },
        { id: 's3', retired: { reason: 'dropped' } },
      ],
    });
    const said = await terminal(false, 'list', '--job', at('job.plumb'));
    expect(said.stdout).toContain(
      's2  Fluke 1524 2\n    certificate C-2 of Lab, due 2028-01-02, 0 to 100 °C',
    );
    expect(said.stdout).toMatch(/s3 {2}Fluke 1524 3 {2}out of use since \d{4}-\d\d-\d\d: dropped/);
  });

  it('hands a register to another project', async () => {
    await plumb('add', at('two.json'));
    const { stdout } = await terminal(false, 'export', '--job', at('job.plumb'));
    await writeFile(at('register.json'), stdout);
    const take = async () =>
      JSON.parse(
        (await terminal(true, 'import', at('register.json'), '--job', at('other.plumb'), '--json')).stdout,
      );
    expect(await take()).toEqual({ added: ['s1', 's2'], known: [] });
    expect(await take()).toEqual({ added: [], known: ['s1', 's2'] });
  });

  it.each([
    ['a standard that is there', ['add', 'one.json'], 'STANDARD_INVALID', /already, as s1/],
    ['a file that is not there', ['add', 'none.json'], 'FILE_UNREADABLE', /none\.json/],
    ['a certificate where an entry is needed', ['add', 'next.json'], 'STANDARD_INVALID', /maker/],
    ['two entries for one', ['change', 's1', 'two.json'], 'STANDARD_INVALID', /one entry is needed/],
    [
      'an entry where a certificate is needed',
      ['recalibrated', 's1', 'one.json'],
      'STANDARD_INVALID',
      /number/,
    ],
    ['a standard that is not there', ['retire', 's9', '--reason', 'x'], 'NOT_FOUND', /s9/],
  ])('refuses %s', async (_, asked, code, words) => {
    await plumb('add', at('one.json'));
    const refused = await plumb(...asked.map((word) => (word.endsWith('.json') ? at(word) : word)));
    expect(refused).toMatchObject({ code: 1, answer: { failure: { code } } });
    expect(refused.answer.failure.what).toMatch(words);
  });

  it('refuses wrong usage', async () => {
    for (const asked of [
      ['recalibrated', 's1', at('next.json'), '--drift', '0,1'],
      ['retire', 's1', '--reason', ' '],
    ]) {
      expect((await plumb(...asked)).code).toBe(2);
    }
    expect((await terminal(true, 'list')).code).toBe(2);
  });
});
