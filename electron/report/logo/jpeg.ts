import { type Picture, PictureError } from './picture.ts';

/** Baseline, extended and progressive, all Huffman-coded: what PDF's DCTDecode knows (ISO 32000-1, 7.4.8). */
const frames = new Set([0xc0, 0xc1, 0xc2]);
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Begins the picture itself. */
const scan = 0xda;
/** Cameras, editors and people leave these: places, previews, remarks; Adobe's own tells how colours are coded. */
const isMetadata = (marker: number): boolean =>
  (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;

/** A JPEG (ITU-T T.81, annex B) without what it says of itself, or a PictureError with what is wrong. */
export function readJpeg(bytes: Buffer, most: number): Picture {
  if (bytes.subarray(-2).toString('hex') !== 'ffd9') throw new PictureError('the JPEG has no end');
  const kept = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === scan && size !== null)
      return { bytes: Buffer.concat([...kept, bytes.subarray(at)]), ...size };
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (isFrame(marker)) size = frameSize(bytes.subarray(at + 4, end), marker, most);
    if (!isMetadata(marker)) kept.push(bytes.subarray(at, end));
    at = end;
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
