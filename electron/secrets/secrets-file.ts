import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';

/** Keeps a vault's content across starts, so that nobody else can read it. One writer at a time. */
export interface SecretStore {
  /** Null where nothing is kept yet. SECRETS_LOCKED, FILE_UNREADABLE. */
  load(): Promise<Uint8Array | null>;
  /** All or nothing: what was kept before stays until the new content is on the disk. FILE_UNWRITABLE. */
  save(plain: Uint8Array): Promise<void>;
}

/** Passwords and keys of one project; more is not a file of ours. */
const longest = 4 << 20;

export const locked = (detail: string, cause?: unknown): Failure =>
  new Failure('SECRETS_LOCKED', { detail }, { cause });

/** Head line and bytes of a file with secrets; null where there is none. SECRETS_LOCKED, FILE_UNREADABLE. */
export async function readSecretsFile(path: string): Promise<{ head: string; bytes: Buffer } | null> {
  const text = await readCapped(path);
  if (text === null) return null;
  const match = /^(plumbline-secrets 1 [\x20-\x7e]{1,80})\n([A-Za-z0-9+/]+={0,2})\n$/.exec(text);
  if (!match) throw locked(`${path} is no file with secrets, or it is damaged`);
  return { head: match[1] ?? '', bytes: Buffer.from(match[2] ?? '', 'base64') };
}

async function readCapped(path: string): Promise<string | null> {
  try {
    await using file = await open(path);
    if ((await file.stat()).size > longest) throw new Error('it is too large to be a file with secrets');
    return await file.readFile('latin1');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Failure('FILE_UNREADABLE', { path, detail: wordsOf(cause) }, { cause });
  }
}

/** In place of what is there in one step; from its first byte on only its owner may read it. FILE_UNWRITABLE. */
export async function writeSecretsFile(path: string, head: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${head}\n${Buffer.from(bytes).toString('base64')}\n`, 'latin1');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new Failure('FILE_UNWRITABLE', { path, detail: wordsOf(cause) }, { cause });
  }
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
