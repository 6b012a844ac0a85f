export interface Picture {
  /** A file with the picture and nothing else: no place, no camera, no comment. */
  bytes: Buffer;
  /** Pixels. */
  width: number;
  height: number;
}

/** Why a picture cannot be used, in words. */
export class PictureError extends Error {}
