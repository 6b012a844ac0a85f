import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Vault } from '../host/secrets.ts';

const keychain = vi.hoisted(() => ({
  backend: 'gnome_libsecret',
  isOpen: true,
  isOld: false,
  calls: [] as string[],
}));

vi.mock('electron', () => ({
  safeStorage: {
    getSelectedStorageBackend: () => keychain.backend,
    isAsyncEncryptionAvailable: async () => keychain.isOpen,
    encryptStringAsync: async (text: string) => {
      keychain.calls.push('encrypt');
      return Buffer.from(text).map((byte) => byte ^ 0x5a);
    },
    decryptStringAsync: async (bytes: Buffer) => {
      keychain.calls.push('decrypt');
      if (!keychain.isOpen) throw new Error('locked');
      return {
        result: Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString(),
        shouldReEncrypt: keychain.isOld,
      };
    },
  },
}));

import { keychainStore } from './secrets.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  Object.assign(keychain, { backend: 'gnome_libsecret', isOpen: true, isOld: false, calls: [] });
  folder = await mkdtemp(join(tmpdir(), 'plumbline-keychain-'));
  path = join(folder, 'job.plumb.keychain');
});
afterEach(() => rm(folder, { recursive: true }));

const vault = async (): Promise<Vault> => new Vault({ store: await keychainStore(path) });

describe('the key store of the computer', () => {
  it('keeps secrets across starts, none of them in the clear', async () => {
    const ref = await (await vault()).put('wifi', 'secret-canary');
    expect(await readFile(path, 'latin1')).toMatch(/^plumbline-secrets 1 keychain\n[A-Za-z0-9+/=]+\n$/);
    expect(
      Buffer.from((await readFile(path, 'latin1')).split('\n')[1] ?? '', 'base64').toString(),
    ).not.toContain('canary');
    expect((await (await vault()).resolve(ref)).revealText()).toBe('secret-canary');
  });

  it('closes anew what was closed with an old key', async () => {
    const ref = await (await vault()).put('wifi', 'secret-canary');
    keychain.isOld = true;
    keychain.calls.length = 0;
    expect((await (await vault()).resolve(ref)).revealText()).toBe('secret-canary');
    expect(keychain.calls).toEqual(['decrypt', 'encrypt']);
  });

  it.runIf(process.platform === 'linux').each(['basic_text', 'unknown'])('%s is none', async (backend) => {
    keychain.backend = backend;
    expect(await keychainStore(path)).toBeNull();
  });

  it('is not used where it cannot encrypt', async () => {
    keychain.isOpen = false;
    expect(await keychainStore(path)).toBeNull();
  });

  it('that does not open is SECRETS_LOCKED, and what is kept stays', async () => {
    const ref = await (await vault()).put('wifi', 'secret-canary');
    const before = await readFile(path, 'latin1');
    const later = await vault();
    keychain.isOpen = false;
    await expect(later.resolve(ref)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await expect(later.put('more', 'x')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    expect(await readFile(path, 'latin1')).toBe(before);
    keychain.isOpen = true;
    await writeFile(path, before.replace('keychain', 'scrypt'));
    await expect((await vault()).resolve(ref)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  });
});
