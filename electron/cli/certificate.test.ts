import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJob } from '../store/job-store.ts';
import { certificateCommands } from './certificate.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-certificate-'));
  createJob(at('job.plumb'), { name: 'J' }).close();
});
afterEach(() => rm(folder, { recursive: true }));

async function plumb(...asked: string[]): Promise<{ code: number; answer: Record<string, unknown> }> {
  let stdout = '';
  const output = outputOf(true, { write: (text: string) => (stdout += text) }, { write: () => undefined });
  const context = { output, log: pino({ level: 'silent' }), signal: new AbortController().signal };
  const words = ['certificate', ...asked, '--job', at('job.plumb'), '--json'];
  const code = await runTerminal(words, certificateCommands, context);
  return { code, answer: JSON.parse(stdout) as Record<string, unknown> };
}
const failureOf = async (...asked: string[]): Promise<unknown> => {
  const { code, answer } = await plumb(...asked);
  expect(code).toBe(1);
  return (answer.failure as { code: string }).code;
};

it('lists none where none was issued', async () => {
  expect(await plumb('list')).toEqual({ code: 0, answer: { certificates: [] } });
});

it('takes a unit or an amendment, not both, and an amendment with its reason', async () => {
  for (const asked of [
    [],
    ['--unit', 'TT-1', '--amends', 'X-1', '--reason', 'wrong place'],
    ['--amends', 'X-1'],
    ['--unit', 'TT-1', '--reason', 'why'],
  ])
    expect((await plumb('issue', ...asked)).code).toBe(2);
});

it('says what there is not: unit, certificate, file', async () => {
  expect(await failureOf('issue', '--unit', 'TT-1')).toBe('NOT_FOUND');
  expect(await failureOf('issue', '--amends', 'X-1', '--reason', 'wrong place')).toBe('NOT_FOUND');
  expect(await failureOf('issue', '--unit', 'TT-1', '--p12', at('key.p12'))).toBe('FILE_UNREADABLE');
  await writeFile(at('lab.json'), '{"party":{"name":"L"}}');
  expect(await failureOf('issue', '--unit', 'TT-1', '--laboratory', at('lab.json'))).toBe('FILE_UNREADABLE');
});
