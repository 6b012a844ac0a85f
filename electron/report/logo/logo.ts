import { Failure } from '../../../shared/contract/failure.ts';
import { readJpeg } from './jpeg.ts';
import { type Picture, PictureError } from './picture.ts';
import { readPng } from './png.ts';

/** Wider or higher is a poster: it would be unpacked whole to be drawn at the size of a stamp. */
const mostPixels = 3000;

function pictureIn(bytes: Buffer): Picture {
  const jpeg = bytes.subarray(0, 3).toString('hex') === 'ffd8ff';
  return jpeg ? readJpeg(bytes, mostPixels) : readPng(bytes, mostPixels);
}

/**
 * A laboratory's logo, PNG or JPEG, as base64: untrusted, and checked as far as it is going to be read. What else the
 * file says, such as where a photograph was taken, is left out.
 * @throws Failure FILE_UNREADABLE, saying what is wrong with it.
 */
export function readLogo(base64: string): Picture {
  const bytes = Buffer.from(base64, 'base64');
  try {
    return pictureIn(bytes);
  } catch (error) {
    const detail = error instanceof PictureError ? error.message : 'the picture is damaged';
    throw new Failure('FILE_UNREADABLE', { path: 'of the logo', detail }, { cause: error });
  }
}
