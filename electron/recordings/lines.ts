import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';

/** Characters; no row of a recording is longer. */
const longestLine = 1_000_000;

/** A file that may be read: not a folder, a device (read for ever) or a pipe (waits for whoever writes). */
export async function readable(path: string): Promise<number> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const detail = error.code === 'ENOENT' ? 'it is not there' : (error.code ?? error.message);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause: error });
  });
  if (facts.isFile()) return facts.size;
  throw new Failure('FILE_UNREADABLE', { path, detail: 'it is not a file' });
}

/**
 * The lines of a UTF-8 file as blocks, memory for one piece of the file at a time; `seen` gets the very bytes. Fails with
 * FILE_UNREADABLE.
 */
export async function* lineBlocks(
  path: string,
  signal?: AbortSignal,
  seen: (piece: Buffer) => void = () => {},
): AsyncGenerator<string[]> {
  await readable(path);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  try {
    for await (const piece of createReadStream(path, {
      highWaterMark: 1 << 16,
      ...(signal ? { signal } : {}),
    })) {
      seen(piece as Buffer);
      const lines = (rest + decoder.decode(piece as Buffer, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLine) {
        throw new Failure('FILE_UNREADABLE', { path, detail: 'it has no lines, as a recording has' });
      }
      yield lines;
    }
    rest += decoder.decode();
  } catch (thrown) {
    if (thrown instanceof Failure || signal?.aborted) throw thrown;
    const detail = thrown instanceof TypeError ? 'it is not text in UTF-8' : String(thrown);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause: thrown });
  }
  if (rest !== '') yield [rest];
}
