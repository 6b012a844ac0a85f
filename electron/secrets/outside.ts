import { open } from 'node:fs/promises';
import type { SecretRef } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { Secret } from './secret.ts';

/** A password or a key; a wrong file is not read into memory whole. */
const longest = 64 * 1024;

/**
 * `env:NAME` and `file:PATH`, as the person at the terminal names them. Of a file the last end of line is no part of
 * the secret: editors put it there. Null where there is none, or it is empty. FILE_UNREADABLE.
 */
export function outsideSecrets(
  environment: NodeJS.ProcessEnv,
  pathOf: (given: string) => string,
): (ref: SecretRef) => Promise<Secret | null> {
  return async (ref) => {
    const name = ref.slice(ref.indexOf(':') + 1);
    const text = ref.startsWith('env:') ? (environment[name] ?? '') : await content(pathOf(name));
    return text.length === 0 ? null : new Secret(text);
  };
}

async function content(path: string): Promise<Buffer> {
  try {
    await using file = await open(path);
    if ((await file.stat()).size > longest) throw new Error('it is too large to be a secret');
    const bytes = await file.readFile();
    const end = /\r?\n$/.exec(bytes.toString('latin1'))?.[0].length ?? 0;
    return bytes.subarray(0, bytes.length - end);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  }
}
