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
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let at: number | null = 0;
  let name = '';
  let bytes = 0;
  while (at !== null) {
    signal.throwIfAborted();
    const piece: { name: string; size: number; base64: string; next: number | null } = await host.call(
      'recordings.read',
      { id, format, at },
    );
    const taken = Uint8Array.from(atob(piece.base64), (char) => char.charCodeAt(0));
    pieces.push(taken);
    bytes += taken.length;
    name = piece.name;
    onProgress(bytes, piece.size);
    at = piece.next;
  }
  return { name, pieces };
}
