import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { type Redactor, Secret } from '../../secrets/secrets.ts';
import type { RequestSigner } from './request.ts';

/** A P-256 key made by the app, for whoever cannot make its own. */
export interface AppKey extends RequestSigner {
  /** PKCS #8 in PEM, as mbedTLS and OpenSSL take it. */
  pem: Secret;
}

export function makeAppKey(): AppKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return {
    pem: new Secret(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    publicKey: Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]),
    sign: (bytes) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

/**
 * Has a P-256 key file (PKCS #8 in PEM) recognized wherever it turns up, by its private number only: the rest of it is
 * the curve's name and the public key, which stand in every certificate as well.
 */
export function hideKey(redactor: Redactor, pem: Secret): void {
  const { d = '' } = createPrivateKey(pem.revealText()).export({ format: 'jwk' });
  const number = Buffer.from(d, 'base64url');
  // In the file it begins at byte 36, and a line takes 48: so it is cut. The last character is mixed with what follows.
  const text = number.toString('base64');
  for (const part of [number, text.slice(0, 16), text.slice(16, 42)]) redactor.add(new Secret(part));
}
