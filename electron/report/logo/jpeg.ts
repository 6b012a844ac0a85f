import { PictureError } from './picture-error.ts';

/** Baseline, extended and progressive, all Huffman-coded: what PDF's DCTDecode knows (ISO 32000-1, 7.4.8). */
const frames = new Set([0xc0, 0xc1, 0xc2]);
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Pixels of a JPEG (ITU-T T.81, annex B), or a PictureError with what is wrong. */
export function jpegSize(bytes: Buffer, most: number): { width: number; height: number } {
  if (bytes.subarray(-2).toString('hex') !== 'ffd9') throw new PictureError('the JPEG has no end');
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const length = bytes.readUInt16BE(at + 2);
    if (isFrame(marker)) return frameSize(bytes.subarray(at + 4, at + 2 + length), marker, most);
    at += 2 + length;
  }
  throw new PictureError('the JPEG holds no picture');
}

function frameSize(frame: Buffer, marker: number, most: number): { width: number; height: number } {
  if (!frames.has(marker))
    throw new PictureError('this kind of JPEG (lossless or arithmetic) cannot be used');
  const [height, width] = [frame.readUInt16BE(1), frame.readUInt16BE(3)];
  const [depth, colours] = [frame.readUInt8(0), frame.readUInt8(5)];
  if (depth !== 8) throw new PictureError('the JPEG has other than 8 bits a colour');
  // The pages' colours are sRGB throughout; inks of a printing machine have no meaning in it (ISO 19005-3, 6.2.4).
  if (colours !== 1 && colours !== 3) throw new PictureError('the JPEG is not in grey or RGB colours');
  if (width < 1 || height < 1 || width > most || height > most)
    throw new PictureError(`the picture is ${width} x ${height} pixels; up to ${most} each way can be used`);
  return { width, height };
}
