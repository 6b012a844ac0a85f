import { crc32 } from './crc32.ts';
import type { DossierManifest, DossierPart } from './manifest.ts';
import { dossierLimits, manifestName, signatureName, wrongParts } from './manifest.ts';
import { directoryLine, endRecord, localHeader } from './zip.ts';

/** A part that is to go into a dossier. */
export interface Part {
  path: string;
  type: DossierPart['type'];
  bytes: Uint8Array;
}

/** The one archive of a signed manifest and its parts, which are in its order. RangeError where it grows too large. */
export function packDossier(
  manifest: Uint8Array,
  signature: Uint8Array,
  parts: readonly Pick<Part, 'path' | 'bytes'>[],
): Uint8Array {
  const all = [{ path: manifestName, bytes: manifest }, { path: signatureName, bytes: signature }, ...parts];
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { path, bytes } of all) {
    const entry = { name: path, size: bytes.length, crc: crc32(bytes) };
    const header = localHeader(entry);
    directory.push(directoryLine(entry, at));
    pieces.push(header, bytes);
    at += header.length + bytes.length;
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  const whole = joined([...pieces, ...directory, endRecord(all.length, at, directoryBytes)]);
  if (whole.length > dossierLimits.bytes)
    throw new RangeError(
      `the dossier would have ${whole.length} bytes, more than the ${dossierLimits.bytes} there may be`,
    );
  return whole;
}

/** Refuses a list of parts that no verifier would take. RangeError. */
export function demandParts(manifest: DossierManifest): void {
  if (manifest.parts.length > dossierLimits.parts)
    throw new RangeError('the dossier would have too many parts');
  const wrong = wrongParts(manifest.parts);
  if (wrong) throw new RangeError(`${wrong.path}: ${wrong.reason}`);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
