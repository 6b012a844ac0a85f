import type { HostClient } from '../common/host.ts';
import { saveBytes } from '../common/openFile.ts';

/** Fetches a dossier piece by piece, as a door carries them, and saves it under its name. */
export async function openDossier(host: HostClient, sha256: string): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let offset: number | null = 0;
  let name = '';
  while (offset !== null) {
    const piece: { name: string; base64: string; next: number | null } = await host.call('dossier.read', {
      sha256,
      offset,
    });
    pieces.push(Uint8Array.from(atob(piece.base64), (char) => char.charCodeAt(0)));
    offset = piece.next;
    name = piece.name;
  }
  saveBytes(pieces, name);
}
