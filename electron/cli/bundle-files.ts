import { open } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';
import { pathOf } from './places.ts';

/** Keys, passphrases and descriptions are far smaller; a wrong file is not read into memory whole. */
const longest = 1_000_000;

/** A small text file as the person at the keyboard named it. FILE_UNREADABLE. */
export async function smallFile(given: string): Promise<string> {
  const path = pathOf(given);
  try {
    const file = await open(path);
    try {
      if ((await file.stat()).size > longest) throw new Error('it is too large to be the file that is meant');
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  }
}
