import { hashes, verify } from '@noble/ed25519';
import { sha256 as sha256Of, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

hashes.sha512 = sha512;

export const signatureBytes = 64;

/** SHA-256 of bytes, lower-case hex. The host hands in the native one; the page has this. */
export type Sha256Of = (bytes: Uint8Array) => string;
export const plainSha256: Sha256Of = (bytes) => bytesToHex(sha256Of(bytes));

/** The SHA-256 over the raw public key, lower-case hex: short enough to be compared over the telephone. */
export const fingerprintOf = (publicKey: string): string => plainSha256(hexToBytes(publicKey));

/** RFC 8032 5.1.7, cofactorless: of one message and key there is one signature that passes for each signing. */
export function isSignedBy(publicKey: string, signature: Uint8Array, message: Uint8Array): boolean {
  try {
    return verify(signature, message, hexToBytes(publicKey), { zip215: false });
  } catch {
    // A key or a signature that is no point of the curve signed nothing.
    return false;
  }
}
