import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsePublicKey, parseSecretKey, publicPart } from '../../electron/provisioning/bundle/bundle.ts';
import { isSignedBy, parseSignature } from '../../electron/provisioning/bundle/signature.ts';
import { needs } from '../needs.ts';
import { looksLikeAStack, plumb, temporaryFolder } from './terminal.ts';

const description = {
  format: 'plumbline-bundle-1',
  product: 'edge-agent',
  hardware: [{ machine: '*', platform: '*', minRevision: null, maxRevision: null }],
  version: '1.4.0',
  securityCounter: 3,
  minimumApp: '0.1.0',
  expires: null,
};
const passphrase = 'correct horse';

needs('minisign')('minisign, the program', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const at = (...names: string[]): string => join(folder.path, ...names);

  /** Runs it; `input` is typed where it asks for a passphrase. */
  function minisign(args: string[], input = ''): void {
    const { status, stderr, stdout } = spawnSync('minisign', args, {
      input,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(status, stdout + stderr).toBe(0);
  }

  /** A bundle of one file, signed by our program with this key. */
  async function signedBundle(key: string, ...more: string[]): Promise<string> {
    const bundle = at('bundle');
    const made = await plumb(
      'bundle',
      'make',
      at('unit'),
      '--manifest',
      at('description.json'),
      '--out',
      bundle,
    );
    expect(made.code, made.stderr).toBe(0);
    const signed = await plumb('bundle', 'sign', bundle, '--key', key, ...more);
    expect(signed.code, signed.stderr).toBe(0);
    return bundle;
  }

  /** Takes the bundle apart with `tar`, another program that is not ours, and has minisign look at it. */
  async function minisignVerifies(bundle: string, publicKey: string): Promise<void> {
    await rm(at('apart'), { recursive: true, force: true });
    await mkdir(at('apart'));
    const tar = spawnSync('tar', ['-x', '-f', bundle, '-C', at('apart')], { encoding: 'utf8' });
    expect([tar.status, tar.stderr]).toEqual([0, '']);
    minisign(['-V', '-p', publicKey, '-m', at('apart', 'manifest.json')]);
    expect(await readFile(at('apart', 'files', 'main.py'), 'utf8')).toBe('print(1)\n');
  }

  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(at('unit'));
    await writeFile(at('unit', 'main.py'), 'print(1)\n');
    await writeFile(at('description.json'), JSON.stringify(description));
    await writeFile(at('passphrase'), `${passphrase}\n`);
    await writeFile(at('message'), 'what is signed');
    minisign(['-G', '-W', '-p', at('plain.pub'), '-s', at('plain.key')]);
    minisign(['-G', '-p', at('hidden.pub'), '-s', at('hidden.key')], `${passphrase}\n${passphrase}\n`);
  });

  afterAll(() => folder?.remove());

  it('verifies what we sign with our own keys', async () => {
    expect((await plumb('bundle', 'key', '--out', at('ours'), '--unencrypted')).code).toBe(0);
    await minisignVerifies(await signedBundle(at('ours', 'bundle.key')), at('ours', 'bundle.pub'));
  });

  it('takes our secret keys, with and without a passphrase, and we verify what it signs', async () => {
    const keys = at('protected');
    const made = await plumb('bundle', 'key', '--out', keys, '--passphrase-file', at('passphrase'));
    expect(made.code, made.stderr).toBe(0);
    for (const [kind, input] of [
      ['ours', ''],
      ['protected', `${passphrase}\n`],
    ] as const) {
      minisign(['-S', '-s', at(kind, 'bundle.key'), '-x', at('sig'), '-m', at('message')], input);
      const key = parsePublicKey(await readFile(at(kind, 'bundle.pub'), 'utf8'), kind);
      const signature = parseSignature(await readFile(at('sig'), 'utf8'));
      expect(isSignedBy(key, signature, await readFile(at('message')))).toBe(true);
    }
  });

  it.each(['plain', 'hidden'])('makes keys that we sign with: %s', async (kind) => {
    const given = kind === 'hidden' ? ['--passphrase-file', at('passphrase')] : [];
    const bundle = await signedBundle(at(`${kind}.key`), ...given);
    await minisignVerifies(bundle, at(`${kind}.pub`));
    expect((await plumb('bundle', 'verify', bundle, '--key', at(`${kind}.pub`))).code).toBe(0);
  });

  it('hides a key that we open with its passphrase, and with no other', async () => {
    const text = await readFile(at('hidden.key'), 'utf8');
    const publicKey = parsePublicKey(await readFile(at('hidden.pub'), 'utf8'), 'hidden.pub');
    const opened = await parseSecretKey(text, 'hidden.key', Buffer.from(passphrase));
    expect(publicPart(opened).key.equals(publicKey.key)).toBe(true);
    await writeFile(at('wrong'), 'wrong\n');
    const asked = ['--key', at('hidden.key'), '--passphrase-file', at('wrong')];
    const { code, stderr } = await plumb('bundle', 'sign', at('bundle'), ...asked);
    expect(code).toBe(1);
    expect(stderr).toContain('the passphrase is wrong');
    expect(looksLikeAStack(stderr)).toBe(false);
  });

  it.each([
    ['as it does today', []],
    ['in its old way', ['-l']],
  ])('signs %s, and we see when a byte was changed', async (_way, flags) => {
    minisign(['-S', ...flags, '-s', at('plain.key'), '-x', at('sig'), '-m', at('message')]);
    const key = parsePublicKey(await readFile(at('plain.pub'), 'utf8'), 'plain.pub');
    const signature = parseSignature(await readFile(at('sig'), 'utf8'));
    const message = await readFile(at('message'));
    expect(signature.algorithm).toBe(flags.length > 0 ? 'Ed' : 'ED');
    expect(isSignedBy(key, signature, message)).toBe(true);
    message[3] = 0;
    expect(isSignedBy(key, signature, message)).toBe(false);
  });

  it('asks for nothing where nobody can answer: exit 2', async () => {
    const { code, stderr } = await plumb('bundle', 'sign', at('bundle'), '--key', at('hidden.key'));
    expect(code).toBe(2);
    expect(stderr).toContain('--passphrase-file');
  });

  it('finds our secret key readable by its owner alone', async () => {
    expect((await stat(at('protected', 'bundle.key'))).mode & 0o777).toBe(0o600);
  });

  it.each(['key', 'make', 'sign', 'verify'])('plumb bundle %s has help with an example', async (word) => {
    const { code, stdout } = await plumb('bundle', word, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Example:\n  plumb bundle ${word}`);
  });
});
