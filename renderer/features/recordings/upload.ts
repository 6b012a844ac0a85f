import { Failure } from '../../../shared/contract/failure.ts';
import { base64Of } from '../common/base64.ts';
import type { HostClient } from '../common/host.ts';

/** As the contract takes them. */
const PIECE_BYTES = 512 * 1024;

type Door = Pick<HostClient, 'call'>;

/** What of a `File` is needed: it is read piece by piece, never as a whole. */
export type Given = Pick<Blob, 'size' | 'slice'> & { name: string };

/** Brings a file to the host; its name there. Fails with the host's failures, and by the signal. */
export async function bringIn(
  host: Door,
  file: Given,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  if (file.size === 0) throw new Failure('FILE_UNREADABLE', { path: file.name, detail: 'it is empty' });
  const { upload } = await host.call('recordings.upload', { name: file.name.slice(-200), size: file.size });
  const packed = (at: number) => base64Of(file.slice(at, at + PIECE_BYTES));
  let [at, piece] = [0, await packed(0)];
  while (at < file.size) {
    signal.throwIfAborted();
    // The next one is packed while this one is on its way.
    const [taken, next] = await Promise.all([
      host.call('recordings.piece', { upload, at, base64: piece }),
      packed(at + PIECE_BYTES),
    ]);
    [at, piece] = [taken.at, next];
    onProgress(at);
  }
  signal.throwIfAborted();
  return upload;
}
