import { crc32, inflateSync } from 'node:zlib';
import { type Picture, PictureError } from './picture.ts';

const signature = '89504e470d0a1a0a';
/** By colour type: grey, RGB, palette, grey with alpha, RGB with alpha (W3C PNG, 11.2.1). */
const kinds: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8] },
  2: { samples: 3, depths: [8] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8] },
  6: { samples: 4, depths: [8] },
};

interface Chunk {
  type: string;
  data: Buffer;
}

function chunkBytes({ type, data }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

/** A PNG of these chunks. */
export const pngOf = (chunks: Chunk[]): Buffer =>
  Buffer.concat([Buffer.from(signature, 'hex'), ...chunks.map(chunkBytes)]);

/** The chunks of a PNG (W3C PNG, 5.3), each with its checksum. */
function chunksOf(bytes: Buffer): Chunk[] {
  if (bytes.subarray(0, 8).toString('hex') !== signature)
    throw new PictureError('it is neither a PNG nor a JPEG');
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length; ) {
    if (at + 12 > bytes.length) throw new PictureError('the PNG is cut off');
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) throw new PictureError('the PNG is cut off');
    const named = bytes.subarray(at + 4, at + 8 + length);
    if (crc32(named) !== bytes.readUInt32BE(at + 8 + length)) throw new PictureError('the PNG is damaged');
    chunks.push({ type: named.subarray(0, 4).toString('latin1'), data: named.subarray(4) });
    at += 12 + length;
  }
  if (chunks.at(-1)?.type !== 'IEND') throw new PictureError('the PNG has no end');
  return chunks;
}

interface Head {
  width: number;
  height: number;
  depth: number;
  indexed: boolean;
  /** Bytes, with the filter's. */
  rowLength: number;
}

function headOf(head: Buffer, most: number): Head {
  if (head.length !== 13) throw new PictureError('the PNG is damaged');
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const [depth, type, interlace] = [head.readUInt8(8), head.readUInt8(9), head.readUInt8(12)];
  const kind = kinds[type];
  if (width < 1 || height < 1 || width > most || height > most)
    throw new PictureError(`the picture is ${width} x ${height} pixels; up to ${most} each way can be used`);
  if (!kind?.depths.includes(depth))
    throw new PictureError('the PNG has more than 8 bits a colour, or colours of an unknown kind');
  if (interlace !== 0) throw new PictureError('the PNG is interlaced; save it without');
  const rowLength = 1 + Math.ceil((width * kind.samples * depth) / 8);
  return { width, height, depth, indexed: type === 3, rowLength };
}

/** Colours of the palette, three bytes each. */
function paletteOf(chunks: Chunk[]): Buffer {
  const palette = chunks.find(({ type }) => type === 'PLTE')?.data;
  if (palette === undefined || palette.length < 3 || palette.length > 768 || palette.length % 3 !== 0)
    throw new PictureError('the PNG has no palette that can be used');
  return palette;
}

function demandRows(packed: Buffer, { height, rowLength }: Head): void {
  const expected = height * rowLength;
  let rows: Buffer;
  try {
    rows = inflateSync(packed, { maxOutputLength: expected });
  } catch (error) {
    throw new PictureError('the PNG unpacks to something else than its size says', { cause: error });
  }
  if (rows.length !== expected) throw new PictureError('the PNG has too few rows');
  for (let at = 0; at < rows.length; at += rowLength)
    if ((rows[at] ?? 0) > 4) throw new PictureError('the PNG is damaged');
}

/** A PNG that is whole down to its last row, with nothing left in it but the picture; or a PictureError. */
export function readPng(bytes: Buffer, most: number): Picture {
  const chunks = chunksOf(bytes);
  const [first] = chunks;
  if (first?.type !== 'IHDR') throw new PictureError('the PNG has no head');
  const head = headOf(first.data, most);
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  demandRows(packed, head);
  const kept: Chunk[] = [first];
  if (head.indexed) {
    const palette = paletteOf(chunks);
    kept.push({ type: 'PLTE', data: palette });
    const alpha = chunks.find(({ type }) => type === 'tRNS')?.data;
    if (alpha !== undefined && head.depth !== 8)
      throw new PictureError('the PNG has a see-through palette of less than 8 bits; save it with 8');
    if (alpha !== undefined) kept.push({ type: 'tRNS', data: alpha.subarray(0, palette.length / 3) });
  }
  kept.push({ type: 'IDAT', data: packed }, { type: 'IEND', data: Buffer.alloc(0) });
  return { bytes: pngOf(kept), width: head.width, height: head.height };
}
