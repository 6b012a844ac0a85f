import { generateKeyPairSync, sign } from 'node:crypto';
import { Secret } from '../../secrets/secrets.ts';
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
