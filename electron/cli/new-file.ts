import { writeFile } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';

/** Never over a file that is there: a key that is lost does not come back. FILE_UNWRITABLE. */
export async function writeNew(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  await writeFile(path, content, { flag: 'wx', mode, flush: true }).catch((cause: NodeJS.ErrnoException) => {
    const detail =
      cause.code === 'EEXIST' ? 'there is one already, and a key is never replaced' : cause.message;
    throw new Failure('FILE_UNWRITABLE', { path, detail }, { cause });
  });
}
