/** Why a picture cannot be used, in words. */
export class PictureError extends Error {}
