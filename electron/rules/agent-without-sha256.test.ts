import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AgentLineReader, asciiJson, encodeLine } from '../drivers/micropython/agent-line.ts';
import { AgentProcess, plainCalibration, plainConfig } from './agent-process.fixture.ts';

/** The agent on firmwares that do not offer `hashlib.sha256`: CPython, with parts of its hashlib hidden. */
let folder: string;
let agent: AgentProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-hashlib-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await agent?.remove();
  agent = null;
  await rm(folder, { recursive: true });
});

/** Starts the agent where `hide` is run before it, and gives what asks it. */
async function startWith(hide: string): Promise<(request: string) => Promise<string>> {
  await writeFile(join(folder, 'sitecustomize.py'), hide);
  vi.stubEnv('PYTHONPATH', folder);
  agent = await AgentProcess.start({ 'config.json': plainConfig, 'calibration.json': plainCalibration });
  const line = agent.transport();
  const reader = new AgentLineReader();
  const answers: string[] = [];
  line.onData((bytes) => answers.push(...reader.feed(bytes).filter((body) => body.startsWith('='))));
  return async (request) => {
    await line.write(Buffer.from(encodeLine(`?1 ${request}`)));
    await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(1);
    return answers.splice(0)[0] ?? '';
  };
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

it('hashes with hashlib.new where there is no hashlib.sha256', async () => {
  const ask = await startWith('import hashlib\ndel hashlib.sha256\n');
  const hello = JSON.parse((await ask('hello')).replace('=1 ok ', ''));
  expect(hello.wrong).toBeUndefined();
  expect(await ask('get {"file":"config"}')).toContain(sha(JSON.stringify(plainConfig)));
  const text = JSON.stringify({ v: 1, version: 2, channels: { t1: [1, 0, 0] } });
  expect(await ask(`put ${asciiJson({ file: 'calibration', size: text.length, sha: sha(text) })}`)).toBe(
    '=1 ok {}',
  );
  expect(await ask(`data ${asciiJson({ at: 0, b64: Buffer.from(text).toString('base64') })}`)).toMatch(
    /^=1 ok /,
  );
  expect(await ask('commit')).toContain(sha(text));
});

it.each([
  [
    'no such algorithm',
    'import hashlib\ndel hashlib.sha256\ndef new(name): raise ValueError(name)\nhashlib.new = new\n',
  ],
  ['neither function', 'import hashlib\ndel hashlib.sha256, hashlib.new\n'],
  ['no hashlib', 'import sys\nsys.modules["hashlib"] = None\n'],
])('runs, and says why it takes no file, where there is %s', async (_, hide) => {
  const ask = await startWith(hide);
  const words = 'this firmware has no SHA-256';
  const hello = JSON.parse((await ask('hello')).replace('=1 ok ', ''));
  expect(hello).toMatchObject({ unit: 'abcd1234', channels: ['t1'], n: 0, wrong: { hash: words } });
  expect(await ask('put {"file":"rules","size":3,"sha":""}')).toBe(`=1 no hash "${words}"`);
  expect(await ask('get {"file":"config"}')).toBe(`=1 no hash "${words}"`);
  expect(await ask('stream {"on":true}')).toMatch(/^=1 ok /);
  expect(agent?.errors).toBe('');
});
