// The archive of a bundle is a tar file (POSIX.1-1988 ustar) of which every byte follows from the manifest: header
// fields that a tar program may choose (owner, time, mode) have one value, the entries one order. So the reader parses
// nothing that an attacker wrote. It makes the header that has to come next and compares; a link, a second entry, an
// odd name or a size that is not the manifest's is simply a byte that differs. Nothing is compressed, so nothing can
// unpack to more than it is. And whoever doubts us looks into it with `tar` and `minisign` alone.

import { Failure } from '../../../shared/contract/failure.ts';

export const manifestName = 'manifest.json';
export const signatureName = 'manifest.json.minisig';
/** `/main.py` on the unit is `files/main.py` here. */
export const entryName = (path: string): string => `files${path}`;

export const blockBytes = 512;
const sizeAt = 124;
const checksumAt = 148;

export const invalid = (detail: string): Failure => new Failure('BUNDLE_INVALID', { detail });

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/** The one header of an entry; `name` is at most 100 ASCII letters. */
export function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(blockBytes);
  const fields: [offset: number, text: string][] = [
    [0, name],
    [100, octal(0o644, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [sizeAt, octal(size, 11)],
    [136, octal(0, 11)],
    // The checksum is taken as if its own field were blank.
    [checksumAt, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\0' + '00'],
    [329, octal(0, 7)],
    [337, octal(0, 7)],
  ];
  for (const [offset, text] of fields) header.write(text, offset, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, checksumAt, 'latin1');
  return header;
}

/** Bytes that fill the last block of an entry. */
export const padding = (size: number): number => (blockBytes - (size % blockBytes)) % blockBytes;

/** Two empty blocks end an archive. */
export const endOfArchive = Buffer.alloc(2 * blockBytes);

/** The size that a header declares; compared with the whole header afterwards. */
export function declaredSize(header: Buffer): number {
  const digits = header.toString('latin1', sizeAt, sizeAt + 12);
  return /^[0-7]{11}\0$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

export const entryBytes = (name: string, bytes: Uint8Array): Uint8Array[] => [
  headerOf(name, bytes.length),
  bytes,
  new Uint8Array(padding(bytes.length)),
];
