import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { fingerprintOf } from '../../shared/dossier/dossier.ts';
import { example, packed } from '../../shared/dossier/example.fixture.ts';
import { createJob } from '../store/job-store.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';
import { verifyCommand } from './verify.ts';

const given = example();
const sound = packed(given);
const signer = fingerprintOf(given.manifest.signer.publicKey);
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-verify-'));
  writeFileSync(at('sound.plumbz'), sound);
  writeFileSync(at('renamed.zip'), sound);
  const altered = Uint8Array.from(sound);
  altered[altered.length - 900] = (altered[altered.length - 900] ?? 0) ^ 4;
  writeFileSync(at('altered.plumbz'), altered);
  writeFileSync(at('other.plumbz'), 'something else');
  createJob(at('job.plumb'), { name: 'A' }).close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function verify(...asked: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const heard = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      heard[name] += text;
    },
  });
  const output = outputOf(asked.includes('--json'), sink('stdout'), sink('stderr'));
  const log = pino({ level: 'silent' });
  const signal = new AbortController().signal;
  const code = await runTerminal(['verify', ...asked], [verifyCommand], { output, log, signal });
  return { code, ...heard };
}

test.each(['sound.plumbz', 'renamed.zip'])('%s passes with its parts, head and signer', async (name) => {
  const { code, stdout } = await verify(at(name), '--json');
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    expect.objectContaining({
      ok: true,
      path: at(name),
      parts: given.manifest.parts,
      events: given.rows.length,
      head: given.rows.at(-1)?.hash,
      signer,
      key: 'kept',
    }),
  ]);
});

it('names the first part that is not as it was signed, and ends with 1', async () => {
  const { code, stdout } = await verify(at('altered.plumbz'), '--json');
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    { ok: false, path: at('altered.plumbz'), part: expect.any(String), reason: expect.any(String) },
  ]);
  const { stdout: words } = await verify(at('altered.plumbz'));
  expect(words).toContain('Do not rely on this copy.');
  const other = await verify(at('other.plumbz'), '--json');
  expect([other.code, JSON.parse(other.stdout)]).toMatchObject([1, { ok: false, part: 'the archive' }]);
});

it('demands the signer that is asked for, however the fingerprint is written', async () => {
  const spaced = signer.toUpperCase().replace(/(.{4})/g, '$1:');
  expect((await verify(at('sound.plumbz'), '--signer', spaced)).code).toBe(0);
  const { code, stdout } = await verify(at('sound.plumbz'), '--signer', '0'.repeat(64), '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([1, { ok: false, part: 'manifest.sig' }]);
  expect((await verify(at('sound.plumbz'), '--signer', '0123')).code).toBe(2);
});

it('verifies a project as before, which has no signer', async () => {
  const { code, stdout } = await verify(at('job.plumb'), '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { ok: true, events: 1 }]);
  expect((await verify(at('job.plumb'), '--signer', signer)).code).toBe(2);
});
