import { inflateSync } from 'node:zlib';

const headerLength = 44;
const entryLength = 20;

interface Entry {
  tag: Buffer;
  checksum: number;
  length: number;
  bytes: Buffer;
}

function entryAt(woff: Buffer, at: number): Entry {
  const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field)) as [
    number,
    number,
    number,
  ];
  const stored = woff.subarray(offset, offset + packed);
  return {
    tag: woff.subarray(at, at + 4),
    checksum: woff.readUInt32BE(at + 16),
    length,
    bytes: packed < length ? inflateSync(stored) : stored,
  };
}

/**
 * A WOFF 1.0 file as the plain font in it (W3C WOFF 1.0, 4 and 5). fontkit 2.0.4 reads WOFF itself, but unpacks each
 * table anew whenever it is asked for, in JavaScript, and one of the files here not at all.
 * @throws RangeError or a zlib error when it is no such file.
 */
export function sfntOf(woff: Buffer): Buffer {
  if (woff.subarray(0, 4).toString('latin1') !== 'wOFF') throw new RangeError('it is not a WOFF file');
  const count = woff.readUInt16BE(12);
  const entries = Array.from({ length: count }, (_, index) =>
    entryAt(woff, headerLength + index * entryLength),
  );
  const head = Buffer.alloc(12 + 16 * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const parts: Buffer[] = [head];
  let at = head.length;
  for (const [index, { tag, checksum, length, bytes }] of entries.entries()) {
    if (bytes.length !== length) throw new RangeError('a table has another length than it says');
    const line = 12 + 16 * index;
    tag.copy(head, line);
    head.writeUInt32BE(checksum, line + 4);
    head.writeUInt32BE(at, line + 8);
    head.writeUInt32BE(length, line + 12);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(bytes, padding);
    at += length + padding.length;
  }
  return Buffer.concat(parts);
}
