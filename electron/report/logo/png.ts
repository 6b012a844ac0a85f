import { crc32, inflateSync } from 'node:zlib';
import { PictureError } from './picture-error.ts';

const signature = '89504e470d0a1a0a';
/** Samples of a pixel by colour type: grey, RGB, palette, grey with alpha, RGB with alpha. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The chunks of a PNG (W3C PNG, 5.3), each with its checksum. */
function chunksOf(bytes: Buffer): { type: string; data: Buffer }[] {
  if (bytes.subarray(0, 8).toString('hex') !== signature)
    throw new PictureError('it is neither a PNG nor a JPEG');
  const chunks: { type: string; data: Buffer }[] = [];
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

function headOf(head: Buffer, most: number): { width: number; height: number; rowLength: number } {
  if (head.length !== 13) throw new PictureError('the PNG is damaged');
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const [depth, type, interlace] = [head.readUInt8(8), head.readUInt8(9), head.readUInt8(12)];
  const samples = samplesOf[type];
  if (width < 1 || height < 1 || width > most || height > most)
    throw new PictureError(`the picture is ${width} x ${height} pixels; up to ${most} each way can be used`);
  if (samples === undefined || depth > 8)
    throw new PictureError('the PNG has more than 8 bits a colour, or colours of an unknown kind');
  if (interlace !== 0) throw new PictureError('the PNG is interlaced; save it without');
  return { width, height, rowLength: 1 + Math.ceil((width * samples * depth) / 8) };
}

/** Pixels of a PNG that is whole down to its last row, or a PictureError with what is wrong. */
export function pngSize(bytes: Buffer, most: number): { width: number; height: number } {
  const chunks = chunksOf(bytes);
  const [first] = chunks;
  if (first?.type !== 'IHDR') throw new PictureError('the PNG has no head');
  const { width, height, rowLength } = headOf(first.data, most);
  if (first.data.readUInt8(9) === 3 && !chunks.some(({ type }) => type === 'PLTE'))
    throw new PictureError('the PNG has no palette');
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
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
  return { width, height };
}
