/** What the main process and the preload script agree on. */

/** The one address the window ever shows. */
export const pageOrigin = 'app://app';

/** Page to main: give me my channel. Main to page: here it is, with the nonce of the asking. */
export const connectMessage = 'plumbline:connect';
export const portMessage = 'plumbline:port';

/** A random value of the page's own making, by which it knows the port that it asked for. */
export const isNonce = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9-]{16,64}$/.test(value);
