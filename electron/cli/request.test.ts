import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decimal, list } from '../../shared/metrology/metrology.ts';
import { commands } from './commands.ts';
import { outputOf } from './output.ts';
import { requestCommand } from './request.ts';
import { runTerminal } from './terminal.ts';

const command = requestCommand({
  name: 'show',
  summary: 'shows what was asked',
  schema: z.strictObject({ x: list(decimal) }),
  help: 'x: readings',
  example: 'plumb show request.json',
  evaluate: ({ x }) => ({ x }),
  lines: ({ x }) => x,
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-request-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function show(content: string, name = 'request.json') {
  await writeFile(join(folder, 'request.json'), content);
  let stdout = '';
  const output = outputOf(true, { write: (text) => (stdout += text) }, { write: () => undefined });
  const asked = ['show', join(folder, name), '--json'];
  const code = await runTerminal(asked, [command], {
    output,
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
  });
  return { code, answer: JSON.parse(stdout) as unknown };
}

const requestCommands = ['fit', 'budget', 'stats', 'decide', 'interval'];

it.each(commands.filter(({ name }) => requestCommands.includes(name)))(
  'the example of plumb $name is answered as it stands',
  async (documented) => {
    const [, request = '', asked] = /^echo '(.*)' \| plumb (\w+) -/.exec(documented.example) ?? [];
    expect(asked).toBe(documented.name);
    await writeFile(join(folder, 'example.json'), request);
    const output = outputOf(true, { write: () => undefined }, { write: () => undefined });
    const context = { output, log: pino({ level: 'silent' }), signal: new AbortController().signal };
    expect(await runTerminal([documented.name, join(folder, 'example.json')], [documented], context)).toBe(0);
  },
);

describe('a command with a request', () => {
  it('gets numbers as the text that they were written with', async () => {
    expect(await show('{"x": [0.1000, "2.50", 12345678901234567890.123456789, 1E2]}')).toEqual({
      code: 0,
      answer: { x: ['0.1000', '2.50', '12345678901234567890.123456789', '1E2'] },
    });
  });

  it.each([
    ['no JSON', '{"x": [', 'request', 'is not JSON'],
    ['a comma', '{"x": ["1", "2,5"]}', 'x.1', 'has a comma'],
    ['NaN', '{"x": ["NaN"]}', 'x.0', 'not a decimal'],
    ['a member twice', '{"x": ["1"], "x": ["2"]}', 'x', 'twice'],
    ['an unknown member', '{"x": ["1"], "y": 1}', 'y', 'no member'],
    ['a list', '[]', 'request', ''],
  ])('refuses %s and names the member', async (_, content, path, message) => {
    const { code, answer } = await show(content);
    expect(code).toBe(2);
    expect(answer).toEqual({ usage: { path, message: expect.stringContaining(message) } });
  });

  it.each(['missing.json', '.'])('refuses %s', async (name) => {
    const { code, answer } = await show('{}', name);
    expect(code).toBe(2);
    expect(answer).toMatchObject({ usage: { path: 'request' } });
  });
});
