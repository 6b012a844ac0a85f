import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Makes a folder and those above it that are missing. FILE_UNWRITABLE where it cannot.
 *
 * Level by level, because `mkdir` of Node 24 with `recursive` never returns where a parent exists but answers ENOENT
 * to a new entry, as below /proc: it takes that for a missing parent and makes the parent again, for ever.
 */
export function makeFolder(path: string): void {
  try {
    makeLevel(resolve(path));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNWRITABLE', { path, detail }, { cause });
  }
}

function makeLevel(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeLevel(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another program may have made it in between.
    if (!isFolder(path)) throw error;
  }
}
