// A dossier is a zip file (PKWARE APPNOTE 6.3.10) of which every byte follows from its manifest: nothing is compressed,
// header fields that a zip program may choose (date, version, attributes) have one value, the entries one order, and
// there is nothing between them. So the reader parses nothing that somebody else wrote. It makes the header that has to
// come next and compares: a second entry, a comment, an odd name, another date is simply a byte that differs. And
// whoever doubts us opens it with the file manager.

/** What a header says of one entry. */
export interface ZipEntry {
  /** ASCII. */
  name: string;
  size: number;
  crc: number;
}

export const localHeaderBytes = 30;
/** Where a local header has its size. */
const sizeAt = 22;
/** 1 January 1980, the first day that zip knows: a dossier's own time stands in its manifest. */
const date = 0x0021;
const version = 10;

function fields(length: number, name: string, numbers: readonly [size: 2 | 4, value: number][]): Uint8Array {
  const bytes = new Uint8Array(length + name.length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  for (let index = 0; index < name.length; index += 1) bytes[length + index] = name.charCodeAt(index);
  return bytes;
}

/** Version, flags, method "stored", time, date, CRC, both sizes, name's length, no extra field. */
const common = ({ name, size, crc }: ZipEntry): [2 | 4, number][] => [
  [2, version],
  [2, 0],
  [2, 0],
  [2, 0],
  [2, date],
  [4, crc],
  [4, size],
  [4, size],
  [2, name.length],
  [2, 0],
];

/** In front of an entry's bytes. */
export const localHeader = (entry: ZipEntry): Uint8Array =>
  fields(localHeaderBytes, entry.name, [[4, 0x04034b50], ...common(entry)]);

/** The entry's line in the directory at the end; `offset` is where its local header begins. */
export const directoryLine = (entry: ZipEntry, offset: number): Uint8Array =>
  fields(46, entry.name, [
    [4, 0x02014b50],
    [2, version],
    ...common(entry),
    // No comment, first disk, no attributes.
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, offset],
  ]);

/** The last bytes of the file. */
export const endRecord = (entries: number, directoryAt: number, directoryBytes: number): Uint8Array =>
  fields(22, '', [
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries],
    [2, entries],
    [4, directoryBytes],
    [4, directoryAt],
    [2, 0],
  ]);

/** The size that a local header declares; the whole header is compared afterwards. */
export const declaredSize = (header: Uint8Array): number =>
  new DataView(header.buffer, header.byteOffset, header.byteLength).getUint32(sizeAt, true);
