// What the three kinds of minisign file share (jedisct1.github.io/minisign, "Signature format"): lines of comment, and
// lines of base64 of a fixed length. Nothing here is a Failure: only the reader knows which file it was.

export const untrusted = 'untrusted comment: ';
export const trusted = 'trusted comment: ';

/** Ed25519 over the message itself, as minisign signed before 0.6. */
export const legacy = 'Ed';
/** Ed25519 over the message's BLAKE2b-512. */
export const prehashed = 'ED';

export class NotMinisign extends Error {}

/** Bytes of a base64 line, in the one form that minisign writes: a changed letter is never the same bytes. */
export function bytesOf(line: string | undefined, length: number, what: string): Buffer {
  const bytes = Buffer.from(line ?? '', 'base64');
  if (bytes.length !== length || bytes.toString('base64') !== line) {
    throw new NotMinisign(`${what} is not ${length} bytes of base64`);
  }
  return bytes;
}

/** The second line of a key file that a person may have copied: other line ends and no line end are taken too. */
export function keyLine(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length !== 2 || !lines[0]?.startsWith(untrusted)) {
    throw new NotMinisign('it is not a comment line and one line of base64');
  }
  return lines[1];
}

/** As minisign prints it: the eight bytes as one little-endian number. */
export const keyIdText = (keyId: Uint8Array): string =>
  Buffer.from(keyId).reverse().toString('hex').toUpperCase();
