import { createReadStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { Failure } from '../../../shared/contract/failure.ts';

/** A bundle's file, chunk by chunk; nothing is opened before the first is asked for. FILE_UNREADABLE, CANCELLED. */
export async function* bundleFile(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { signal })) yield chunk as Buffer;
  } catch (cause) {
    if (signal.aborted) throw new Failure('CANCELLED', { during: 'reading the bundle' }, { cause });
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  }
}

/** Under a temporary name first: a bundle that is there is whole. FILE_UNWRITABLE. */
export async function writeBundleFile(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.new`;
  try {
    await writeFile(unfinished, bytes, { flush: true });
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true });
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNWRITABLE', { path, detail }, { cause });
  }
}
