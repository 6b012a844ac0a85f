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
  const { upload } = await host.call('recordings.upload', { name: file.name.slice(-200), size: file.size });
  let at = 0;
  while (at < file.size) {
    signal.throwIfAborted();
    const base64 = await base64Of(file.slice(at, at + PIECE_BYTES));
    const taken = await host.call('recordings.piece', { upload, at, base64 });
    at = taken.at;
    onProgress(at);
  }
  signal.throwIfAborted();
  return upload;
}
