import { Failure } from '../../../shared/contract/failure.ts';
import { jpegSize } from './jpeg.ts';
import { PictureError } from './picture-error.ts';
import { pngSize } from './png.ts';

export interface Logo {
  bytes: Buffer;
  /** Pixels. */
  width: number;
  height: number;
}

/** Wider or higher is a poster: it would be unpacked whole to be drawn at the size of a stamp. */
const mostPixels = 3000;

function sizeOf(bytes: Buffer): { width: number; height: number } {
  const jpeg = bytes.subarray(0, 3).toString('hex') === 'ffd8ff';
  return jpeg ? jpegSize(bytes, mostPixels) : pngSize(bytes, mostPixels);
}

/**
 * A laboratory's logo, PNG or JPEG, as base64: untrusted, and checked as far as it is going to be read.
 * @throws Failure FILE_UNREADABLE, saying what is wrong with it.
 */
export function readLogo(base64: string): Logo {
  const bytes = Buffer.from(base64, 'base64');
  try {
    return { bytes, ...sizeOf(bytes) };
  } catch (error) {
    const detail = error instanceof PictureError ? error.message : 'the picture is damaged';
    throw new Failure('FILE_UNREADABLE', { path: 'of the logo', detail }, { cause: error });
  }
}
