import { type BigIntStats, constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';
import { errnoOf } from './connection.ts';
import { openFailure } from './serial-failure.ts';

const posix = process.platform !== 'win32';

/** Fails before anything native is touched, with an error number to go by; undefined where there is no such file. */
export async function inspectPath(port: string): Promise<BigIntStats | undefined> {
  if (!posix) return undefined;
  try {
    const found = await stat(port, { bigint: true });
    if (!found.isCharacterDevice()) {
      throw new Failure('PORT_FAILED', { port, detail: 'it is not a serial port' });
    }
    await access(port, constants.R_OK | constants.W_OK);
    return found;
  } catch (error) {
    throw error instanceof Failure ? error : openFailure(port, error);
  }
}

/**
 * Notices an unplug that serialport misses (two of twelve in the first millisecond after opening): the path is gone,
 * or another device has taken it. Returns the stop function.
 */
export function watchPresence(
  port: string,
  opened: BigIntStats | undefined,
  everyMs: number,
  gone: () => void,
): () => void {
  if (!opened) return () => {};
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    stat(port, { bigint: true })
      .then(
        (now) => {
          if (now.rdev !== opened.rdev || now.ino !== opened.ino) gone();
        },
        (error: unknown) => {
          if (errnoOf(error) === 'ENOENT') gone();
        },
      )
      .finally(() => {
        looking = false;
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
