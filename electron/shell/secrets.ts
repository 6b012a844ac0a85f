import { setTimeout as after } from 'node:timers/promises';
import { safeStorage } from 'electron';
import { locked, readSecretsFile, type SecretStore, writeSecretsFile } from '../host/secrets.ts';

const head = 'plumbline-secrets 1 keychain';
/** The key store may ask a person for a password first. */
const patienceMs = 120_000;

/** Backends that would keep the key beside the lock (Electron docs/api/safe-storage.md, getSelectedStorageBackend). */
const worthless = ['basic_text', 'unknown'];

/**
 * Keeps the secrets of a project in a file that the operating system's key store closes: Keychain, DPAPI, libsecret,
 * KWallet. Null where there is none that is worth the name: then secrets end with the program.
 */
export async function keychainStore(path: string): Promise<SecretStore | null> {
  if (process.platform === 'linux' && worthless.includes(safeStorage.getSelectedStorageBackend()))
    return null;
  // One that cannot even say whether it is there is none.
  if (!(await answered(safeStorage.isAsyncEncryptionAvailable()).catch(() => false))) return null;
  return { load: () => load(path), save: (plain) => save(path, plain) };
}

async function load(path: string): Promise<Uint8Array | null> {
  const file = await readSecretsFile(path);
  if (!file) return null;
  if (file.head !== head) throw locked('the file is closed in a way that is not known here');
  const { result, shouldReEncrypt } = await answered(safeStorage.decryptStringAsync(file.bytes));
  const plain = Buffer.from(result, 'base64');
  if (shouldReEncrypt) await save(path, plain);
  return plain;
}

async function save(path: string, plain: Uint8Array): Promise<void> {
  const text = Buffer.from(plain).toString('base64');
  await writeSecretsFile(path, head, await answered(safeStorage.encryptStringAsync(text)));
}

/** SECRETS_LOCKED where the key store refuses, or nobody unlocks it. */
async function answered<T>(asked: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = after(patienceMs, undefined, { signal: done.signal, ref: false }).then(
    () => Promise.reject(new Error('it did not answer')),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([asked, late]);
  } catch (cause) {
    throw locked('the key store of this computer does not open them', cause);
  } finally {
    done.abort();
  }
}
