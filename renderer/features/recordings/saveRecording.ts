import type { HostClient } from '../common/host.ts';

export type RecordingFormat = 'csv' | 'frames';

/** A recording's file, piece by piece as the door carries it. Fails with the host's failures, and by the signal. */
export async function fetchRecording(
  host: Pick<HostClient, 'call'>,
  id: string,
  format: RecordingFormat,
  onProgress: (bytes: number, of: number) => void,
  signal: AbortSignal,
): Promise<{ name: string; pieces: Uint8Array<ArrayBuffer>[] }> {
  const ask = (at: number) => host.call('recordings.read', { id, format, at });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let asked: ReturnType<typeof ask> | null = ask(0);
  let name = '';
  while (asked !== null) {
    const piece: Awaited<ReturnType<typeof ask>> = await asked;
    signal.throwIfAborted();
    // The next one is on its way while this one is unpacked.
    asked = piece.next === null ? null : ask(piece.next);
    const taken = bytesOf(piece.base64);
    pieces.push(taken);
    bytes += taken.length;
    name = piece.name;
    onProgress(bytes, piece.size);
  }
  return { name, pieces };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}
