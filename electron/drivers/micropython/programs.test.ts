import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Bench, startBench } from '../../bench/bench.ts';
import { hashOf, helpers } from './programs.ts';
import { MicroPythonSession } from './unit-session.ts';

let folder: string;
let bench: Bench | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-programs-'));
});
afterEach(async () => {
  await bench?.close();
  bench = null;
  await rm(folder, { recursive: true });
});

it.each(['', 'import hashlib\ndel hashlib.sha256\n'])('hashes a file, on CPython after %j', async (hide) => {
  const path = join(folder, 'file');
  await writeFile(path, 'x'.repeat(1300));
  const sha256 = createHash('sha256').update('x'.repeat(1300)).digest('hex');
  const { stdout } = await promisify(execFile)('python3', [
    '-c',
    [hide, ...helpers, hashOf(path)].join('\n'),
  ]);
  expect(JSON.parse(stdout)).toEqual([path, sha256, 1300]);
});

/** A session with a bench board on which `/lib/hashlib.py` stands in for the firmware's module. */
async function unitWith(hashlib: string): Promise<MicroPythonSession> {
  await mkdir(join(folder, 'board1', 'lib'), { recursive: true });
  await writeFile(join(folder, 'board1', 'lib', 'hashlib.py'), hashlib);
  bench = await startBench({ boards: 1, filesDirectory: folder });
  return new MicroPythonSession(await bench.open('bench:1'));
}

it('hashes on a unit that has hashlib.new only', async () => {
  const only = 'from uhashlib import sha256 as _sha256\ndef new(name):\n return {"sha256":_sha256}[name]()\n';
  const session = await unitWith(only);
  const { hardwareId: expected } = await session.identify();
  expect(await session.read('/lib/hashlib.py', { expected })).toEqual(Buffer.from(only));
});

it.each(['', 'def new(name):\n raise ValueError(name)\n', 'raise ImportError\n'])(
  'calls a unit without SHA-256 not supported: %j',
  async (hashlib) => {
    const session = await unitWith(hashlib);
    await expect(session.identify()).rejects.toMatchObject({
      code: 'UNIT_UNSUPPORTED',
      params: { detail: 'it describes itself as "a firmware without SHA-256"' },
    });
  },
);
