import { sign, verify } from 'node:crypto';
import { blake2b } from './blake2b.ts';
import { bytesOf, keyIdText, legacy, NotMinisign, prehashed, trusted, untrusted } from './minisign-lines.ts';
import type { PublicKey } from './public-key.ts';
import type { SecretKey } from './secret-key.ts';

/** A `.minisig` file, taken apart. Its first comment is signed by nobody; the trusted comment is. */
export interface Signature {
  algorithm: typeof legacy | typeof prehashed;
  keyId: Uint8Array;
  /** Over the message or its hash. */
  bytes: Uint8Array;
  trustedComment: string;
  /** Over `bytes` and the trusted comment. */
  global: Uint8Array;
}

/** What minisign 0.11 writes there, and nothing else is taken: a byte that no signature covers must not be free. */
const firstLine = `${untrusted}signature from minisign secret key`;

/** Throws `NotMinisign` for anything but the exact bytes that `formatSignature` makes. */
export function parseSignature(text: string): Signature {
  const lines = text.split('\n');
  const [first, main, comment, global, end] = lines;
  if (first !== firstLine) throw new NotMinisign(`its first line is not "${firstLine}"`);
  const bytes = bytesOf(main, 2 + 8 + 64, 'its second line');
  const algorithm = bytes.toString('latin1', 0, 2);
  if (algorithm !== legacy && algorithm !== prehashed) throw new NotMinisign('it is not of Ed25519');
  if (!comment?.startsWith(trusted)) throw new NotMinisign('it has no trusted comment');
  // It is shown on a terminal; minisign parts its fields with tabs.
  if (/[^\P{Cc}\t]/u.test(comment)) throw new NotMinisign('its trusted comment holds control characters');
  if (lines.length !== 5 || end !== '') throw new NotMinisign('it does not have four lines');
  return {
    algorithm,
    keyId: bytes.subarray(2, 10),
    bytes: bytes.subarray(10),
    trustedComment: comment.slice(trusted.length),
    global: bytesOf(global, 64, 'its last line'),
  };
}

export function formatSignature({ algorithm, keyId, bytes, trustedComment, global }: Signature): string {
  const main = Buffer.concat([Buffer.from(algorithm), keyId, bytes]).toString('base64');
  return `${firstLine}\n${main}\n${trusted}${trustedComment}\n${Buffer.from(global).toString('base64')}\n`;
}

export const signerOf = ({ keyId }: Signature): string => keyIdText(keyId);

const signedBytes = (algorithm: Signature['algorithm'], message: Uint8Array): Uint8Array =>
  algorithm === prehashed ? blake2b(message, 64) : message;

const globalBytes = (bytes: Uint8Array, comment: string): Uint8Array =>
  Buffer.concat([bytes, Buffer.from(comment, 'utf8')]);

/** Whether this key made the signature over the message, and over its trusted comment too. */
export function isSignedBy(key: PublicKey, signature: Signature, message: Uint8Array): boolean {
  const { algorithm, bytes, trustedComment, global } = signature;
  return (
    signerOf(signature) === key.id &&
    verify(null, signedBytes(algorithm, message), key.key, bytes) &&
    verify(null, globalBytes(bytes, trustedComment), key.key, global)
  );
}

/** Signs in minisign's present form. The same message, comment and key give the same bytes (RFC 8032). */
export function signMessage(
  message: Uint8Array,
  trustedComment: string,
  { keyId, key }: SecretKey,
): Signature {
  const bytes = sign(null, signedBytes(prehashed, message), key);
  const global = sign(null, globalBytes(bytes, trustedComment), key);
  return { algorithm: prehashed, keyId, bytes, trustedComment, global };
}
