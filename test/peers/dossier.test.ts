import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildDossier, newSeed, signingKeyOf } from '../../electron/report/dossier/dossier.ts';
import { verifyDossier } from '../../shared/dossier/dossier.ts';
import { needs, python } from '../needs.ts';

// Whoever doubts us needs nothing of ours: any zip program, any SHA-256, OpenSSL.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-dossier-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ran(program: string, args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, said: stdout + stderr };
}

const first = {
  seq: 1,
  at: 1,
  kind: 'job.created',
  subject: 'job',
  body: { name: 'Pump house 3' },
  previous: '0'.repeat(64),
};
const text = '{"at":1,"body":{"name":"Pump house 3"},"kind":"job.created","previous":"';
const hash = createHash('sha256').update(`${text}${first.previous}","seq":1,"subject":"job"}`).digest('hex');

function dossier(): Uint8Array {
  const { bytes } = buildDossier({
    version: '1.0.0',
    job: { name: 'Pump house 3', engineer: 'Ada', customer: '' },
    events: [{ ...first, hash }],
    reports: [],
    certificates: [
      { number: 'PL-1', pdf: Buffer.from('%PDF-1.7'), dcc: Buffer.from('<dcc/>'), json: Buffer.from('{}') },
    ],
    recordings: [],
    key: signingKeyOf(newSeed(), 'for this dossier'),
  });
  return bytes;
}

/** Takes it apart with Python's zipfile, which checks names and check sums, and lists what it found. */
const unpack = `import sys, zipfile
with zipfile.ZipFile('a.plumbz') as archive:
    assert archive.testzip() is None
    archive.extractall('.')
    print(' '.join(archive.namelist()))`;

needs('openssl', 'pyserial')('a dossier without Plumbline', () => {
  it('opens as a zip file, its parts hash to the manifest, OpenSSL knows the signature', () => {
    writeFileSync(join(folder, 'a.plumbz'), dossier());
    const names = ran(python, ['-c', unpack]);
    expect(names).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^manifest\.json manifest\.sig cert/),
    });
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      parts: { path: string; size: number; sha256: string }[];
    };
    expect(manifest.parts.map(({ path }) => path)).toContain('certificates/PL-1/dcc.xml');
    for (const { path, size, sha256 } of manifest.parts) {
      const bytes = readFileSync(join(folder, path));
      expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([size, sha256]);
    }
    const check = ['-inkey', 'signer.pem', '-rawin', '-in', 'manifest.json', '-sigfile', 'manifest.sig'];
    const known = ran('openssl', ['pkeyutl', '-verify', '-pubin', ...check]);
    expect(known).toMatchObject({ status: 0, said: expect.stringContaining('Verified Successfully') });
    writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest)} `);
    expect(ran('openssl', ['pkeyutl', '-verify', '-pubin', ...check]).status).toBe(1);
  });

  it('that a zip program packed again is refused: the form is part of what is verified', () => {
    const again = `import zipfile
with zipfile.ZipFile('a.plumbz') as old, zipfile.ZipFile('b.plumbz', 'w') as new:
    for name in old.namelist():
        new.writestr(zipfile.ZipInfo(name), old.read(name))`;
    const bytes = dossier();
    writeFileSync(join(folder, 'a.plumbz'), bytes);
    expect(ran(python, ['-c', again]).status).toBe(0);
    // This chain issued no certificate: that is all that is wrong with the one of this test.
    const own = {
      ok: false,
      part: 'certificates/PL-1/certificate.json',
      reason: expect.stringContaining('issue'),
    };
    expect(verifyDossier(bytes)).toEqual(own);
    expect(verifyDossier(readFileSync(join(folder, 'b.plumbz')))).toMatchObject({
      ok: false,
      part: 'manifest.json',
    });
  });
});
