import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { fingerprintOf, type KeyKind } from '../../../shared/dossier/dossier.ts';

/** Signs dossiers. Its secret part does not leave it. */
export interface SigningKey {
  kind: KeyKind;
  /** Hex of the 32 bytes (RFC 8032 5.1.5). */
  publicKey: string;
  fingerprint: string;
  sign(message: Uint8Array): Uint8Array;
}

/** PKCS#8 and X.509 wrappings of the bare 32 bytes (RFC 8410 §7 and §4). */
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

export const seedBytes = 32;
export const newSeed = (): Buffer => randomBytes(seedBytes);

/** The key of a seed, of which it keeps no copy that can be read. */
export function signingKeyOf(seed: Uint8Array, kind: KeyKind): SigningKey {
  const der = Buffer.concat([privateHead, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  const publicKey = rawOf(createPublicKey(key));
  return {
    kind,
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign: (message) => sign(null, message, key),
  };
}

const rawOf = (key: KeyObject): string =>
  key.export({ format: 'der', type: 'spki' }).subarray(publicHead.length).toString('hex');

/** As OpenSSL reads it: whoever doubts us checks the signature with that. */
export const publicPem = (publicKey: string): string =>
  `-----BEGIN PUBLIC KEY-----\n${Buffer.concat([publicHead, Buffer.from(publicKey, 'hex')]).toString('base64')}\n-----END PUBLIC KEY-----\n`;
