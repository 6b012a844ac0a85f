import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SecretRef } from '../../shared/contract/connection.ts';
import { EncryptedFileStore } from './encrypted-file.ts';
import { outsideSecrets } from './outside.ts';
import { Vault } from './vault.ts';

let folder: string;
let path: string;
const quick = { log: 10, parallel: 1 };
const store = (passphrase = 'correct horse', cost = quick) =>
  new EncryptedFileStore(path, async () => Buffer.from(passphrase), cost);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-vault-'));
  path = join(folder, 'job.secrets');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a vault', () => {
  it('gives out names, and the secret only for its name', async () => {
    const vault = new Vault();
    const ref = await vault.put('Wi-Fi der Halle 3!', 'kein Geheimnis?');
    expect(SecretRef.safeParse(ref).success).toBe(true);
    expect(ref).toMatch(/^secret:wi-fi-der-halle-3-[0-9a-f]{12}$/);
    expect((await vault.resolve(ref)).revealText()).toBe('kein Geheimnis?');
    expect(await vault.list()).toEqual([{ ref, label: 'Wi-Fi der Halle 3!' }]);
    expect(vault.redactor.redact('x kein Geheimnis? y')).not.toContain('Geheimnis');
    await vault.forget(ref);
    await expect(vault.resolve(ref)).rejects.toMatchObject({ code: 'SECRET_UNKNOWN' });
  });

  it('finds names of the terminal only where there is one', async () => {
    await writeFile(join(folder, 'password'), 'from a file\r\n');
    const given = outsideSecrets({ WIFI: 'from the environment', EMPTY: '' }, (name) => join(folder, name));
    const terminal = new Vault({ outside: given });
    expect((await terminal.resolve('env:WIFI')).revealText()).toBe('from the environment');
    expect((await terminal.resolve('file:password')).revealText()).toBe('from a file');
    expect(terminal.redactor.redact('from the environment')).toBe('«redacted»');
    for (const ref of ['env:EMPTY', 'env:NONE', 'secret:none']) {
      await expect(terminal.resolve(ref)).rejects.toMatchObject({ code: 'SECRET_UNKNOWN' });
    }
    await expect(terminal.resolve('file:none')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(new Vault().resolve('env:WIFI')).rejects.toMatchObject({ code: 'SECRET_UNKNOWN' });
  });
});

describe('an encrypted file', () => {
  it('keeps secrets across starts, many put at once', async () => {
    const vault = new Vault({ store: store() });
    const refs = await Promise.all(['one', 'two', 'three'].map((text) => vault.put(text, `${text}-canary`)));
    await vault.close();
    const again = new Vault({ store: store() });
    for (const [i, text] of ['one', 'two', 'three'].entries()) {
      expect((await again.resolve(refs[i] ?? '')).revealText()).toBe(`${text}-canary`);
    }
    expect(again.redactor.redact('two-canary')).toBe('«redacted»');
    expect(await readdir(folder)).toEqual(['job.secrets']);
  });

  it('says in its head how it is closed, and holds nothing in the clear', async () => {
    await new Vault({ store: store() }).put('label-canary', 'secret-canary');
    const text = await readFile(path, 'latin1');
    expect(text).toMatch(/^plumbline-secrets 1 scrypt-aes-256-gcm log2N=10 r=8 p=1\n/);
    expect(Buffer.from(text.split('\n')[1] ?? '', 'base64').toString('latin1')).not.toContain('canary');
  });

  it.skipIf(process.platform === 'win32')('is read by its owner only', async () => {
    await new Vault({ store: store() }).put('a', 'secret-canary');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('with a wrong passphrase is locked, and opens when the right one is given', async () => {
    const ref = await new Vault({ store: store() }).put('a', 'secret-canary');
    const answers = ['wrong', 'correct horse'];
    const asked = new EncryptedFileStore(path, async () => Buffer.from(answers.shift() ?? ''), quick);
    const vault = new Vault({ store: asked });
    await expect(vault.resolve(ref)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    expect((await vault.resolve(ref)).revealText()).toBe('secret-canary');
  });

  it('that was altered anywhere is locked, and nothing is written over it', async () => {
    await new Vault({ store: store() }).put('a', 'secret-canary');
    const text = await readFile(path, 'latin1');
    for (let at = 0; at < text.length; at += 1) {
      const other = text[at] === 'B' ? 'C' : 'B';
      const altered = text.slice(0, at) + other + text.slice(at + 1);
      await writeFile(path, altered);
      const vault = new Vault({ store: store() });
      // The last character before the padding has bits that mean nothing: same bytes, same content.
      const same = Buffer.from(altered.split('\n')[1] ?? '', 'base64').equals(
        Buffer.from(text.split('\n')[1] ?? '', 'base64'),
      );
      if (same && altered.split('\n')[0] === text.split('\n')[0] && altered.endsWith('\n')) continue;
      await expect(vault.put('b', 'more'), `character ${at}`).rejects.toMatchObject({
        code: 'SECRETS_LOCKED',
      });
      expect(await readFile(path, 'latin1')).toBe(altered);
    }
  });

  it.each([
    ['cut short', 'plumbline-secrets 1 scrypt-aes-256-gcm log2N=10 r=8 p=1\nAAAA\n'],
    ['too dear', 'plumbline-secrets 1 scrypt-aes-256-gcm log2N=40 r=8 p=1\nAAAA\n'],
    ['of another kind', 'plumbline-secrets 1 keychain\nAAAA\n'],
    ['of a later version', 'plumbline-secrets 2 scrypt-aes-256-gcm log2N=10 r=8 p=1\nAAAA\n'],
    ['empty', ''],
  ])('that is %s is locked', async (_what, text) => {
    await writeFile(path, text);
    await expect(new Vault({ store: store() }).list()).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'says when it cannot be written',
    async () => {
      await chmod(folder, 0o500);
      await expect(new Vault({ store: store() }).put('a', 'b')).rejects.toMatchObject({
        code: 'FILE_UNWRITABLE',
      });
      await chmod(folder, 0o700);
    },
  );

  it('opens with the parameters that are in use', async () => {
    const given = async () => Buffer.from('correct horse');
    const ref = await new Vault({ store: new EncryptedFileStore(path, given) }).put('a', 'secret-canary');
    const vault = new Vault({ store: new EncryptedFileStore(path, given) });
    expect((await vault.resolve(ref)).revealText()).toBe('secret-canary');
  });
});
