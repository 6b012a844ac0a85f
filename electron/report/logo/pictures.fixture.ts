import { deflateSync } from 'node:zlib';
import { pngOf } from './png.ts';

interface Picture {
  width?: number;
  height?: number;
  depth?: number;
  /** Colour type: 2 RGB, 6 RGB with alpha. */
  type?: number;
  interlace?: number;
  /** Rows as they are, with their filter bytes. */
  rows?: Buffer;
  /** Before the picture's own. */
  chunks?: { type: string; data: Buffer }[];
}

/** A PNG of one colour. */
export function png({
  width = 30,
  height = 10,
  depth = 8,
  type = 2,
  interlace = 0,
  rows,
  chunks = [],
}: Picture = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, type, 0, 0, interlace], 8);
  const samples = type === 6 ? 4 : 3;
  const data = rows ?? Buffer.alloc(height * (1 + width * samples));
  return pngOf([
    { type: 'IHDR', data: head },
    ...chunks,
    { type: 'IDAT', data: deflateSync(data) },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}

/** The markers of a JPEG; its picture is empty. */
export function jpeg({
  width = 30,
  height = 10,
  colours = 3,
  frame = 0xc0,
  depth = 8,
  exif = '',
} = {}): Buffer {
  const size = Buffer.alloc(6 + 3 * colours);
  size.writeUInt8(depth, 0);
  size.writeUInt16BE(height, 1);
  size.writeUInt16BE(width, 3);
  size.writeUInt8(colours, 5);
  const segment = (marker: number, data: Buffer): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(data.length + 2);
    return Buffer.concat([Buffer.from([0xff, marker]), length, data]);
  };
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    segment(0xe0, Buffer.from('JFIF\0')),
    ...(exif ? [segment(0xe1, Buffer.from(`Exif\0\0${exif}`))] : []),
    segment(frame, size),
    Buffer.from('ffda0002ffd9', 'hex'),
  ]);
}
