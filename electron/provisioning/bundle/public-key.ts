import { createPublicKey, type KeyObject } from 'node:crypto';
import { Failure } from '../../../shared/contract/failure.ts';
import { bytesOf, keyIdText, keyLine, legacy, NotMinisign, untrusted } from './minisign-lines.ts';

/** A key that signatures are checked with. */
export interface PublicKey {
  /** 16 upper-case hexadecimal digits, as minisign prints it. */
  id: string;
  key: KeyObject;
}

/** RFC 8410 §4: what stands before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo. */
const derHead = Buffer.from('302a300506032b6570032100', 'hex');

export const publicKeyOf = (keyId: Uint8Array, raw: Uint8Array): PublicKey => ({
  id: keyIdText(keyId),
  key: createPublicKey({ key: Buffer.concat([derHead, raw]), format: 'der', type: 'spki' }),
});

export const rawPublicKey = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: 'spki' }).subarray(derHead.length);

/** A public key file of minisign, or its base64 line alone. `name` is what a failure calls it. KEY_INVALID. */
export function parsePublicKey(text: string, name: string): PublicKey {
  try {
    const line = text.startsWith(untrusted) ? keyLine(text) : text.trim();
    const bytes = bytesOf(line, 2 + 8 + 32, 'the public key');
    // The key's own letters are always these; which of the two ways it signed is said by the signature.
    if (bytes.toString('latin1', 0, 2) !== legacy) throw new NotMinisign('it is not an Ed25519 key');
    return publicKeyOf(bytes.subarray(2, 10), bytes.subarray(10));
  } catch (cause) {
    const detail = cause instanceof NotMinisign ? cause.message : 'it is no public key';
    throw new Failure('KEY_INVALID', { key: name, detail }, { cause });
  }
}

export function formatPublicKey({ id, key }: PublicKey): string {
  const bytes = Buffer.concat([Buffer.from(legacy), Buffer.from(id, 'hex').reverse(), rawPublicKey(key)]);
  return `${untrusted}minisign public key ${id}\n${bytes.toString('base64')}\n`;
}
