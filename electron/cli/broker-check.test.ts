import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { brokerCheckCommand } from './broker-check.ts';
import { devicesCommand } from './devices.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

let folder: string;
const secure = { host: 'a.b', port: 1, tls: { authority: null, name: null }, login: { kind: 'anonymous' } };
const sound = { ...secure, watcher: null };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-broker-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function asked(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const heard = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      heard[name] += text;
    },
  });
  const output = outputOf(words.includes('--json'), sink('stdout'), sink('stderr'));
  const log = pino({ level: 'silent' });
  const signal = new AbortController().signal;
  const code = await runTerminal(words, [brokerCheckCommand, devicesCommand], { output, log, signal });
  return { code, ...heard };
}

it('names every mistake in the settings', async () => {
  const path = await file('mistakes.json', {
    ...sound,
    port: 'x',
    login: { kind: 'password', username: 'u' },
  });
  const { code, stdout } = await asked('broker', 'check', path, '--json');
  expect(code).toBe(2);
  const { mistakes } = JSON.parse(stdout) as { mistakes: { path: string }[] };
  expect(mistakes.map((mistake) => mistake.path).toSorted()).toEqual(['login.password', 'port']);
  const typed = { ...sound, login: { kind: 'password', username: 'u', password: 'hunter2' } };
  const refused = await asked('broker', 'check', await file('typed.json', typed));
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('login.password')]);
  expect(refused.stderr).not.toContain('hunter2');
  expect((await asked('broker', 'check', await file('text.json', 'port = 1'))).code).toBe(2);
});

it('refuses what cannot be meant', async () => {
  const path = await file('sound.json', sound);
  const pem = await file('no-certificate.pem', 'nothing');
  const wrong: [string[], RegExp][] = [
    [[path], /leave the authority to the project/],
    [[path, '--unit', 'zz'], /--unit must be a hardware id/],
    [[path, '--key', path], /--certificate and --key go together/],
    [[path, '--authority', pem], /holds no certificate/],
    [[join(folder, 'none.json')], /cannot be read/],
    [[folder], /is no file/],
  ];
  for (const [words, reason] of wrong) {
    const { code, stderr } = await asked('broker', 'check', ...words);
    expect([code, stderr]).toEqual([2, expect.stringMatching(reason)]);
  }
});

it('takes no login on the command line, and no broker without the network', async () => {
  const login = await asked('devices', '--network', '--broker', 'mqtt://me:hunter2@localhost');
  expect([login.code, login.stderr]).toEqual([2, expect.stringContaining('a login does not belong')]);
  expect(login.stderr).not.toContain('hunter2');
  expect((await asked('devices', '--network', '--broker', 'http://localhost')).code).toBe(2);
  expect((await asked('devices', '--broker', 'mqtt://localhost')).code).toBe(2);
});
