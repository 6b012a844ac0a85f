import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export const signedAt = Date.UTC(2026, 5, 1, 12);

const pairOf = (bits: number) =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
/** Made once: a key takes a while. */
const usual = pairOf(2048);
const other = pairOf(2048);

export interface KeyFileOptions {
  passphrase?: string;
  notBefore?: Date;
  notAfter?: Date;
  bits?: number;
  /** Not in the file; there is the certificate of another key then. */
  without?: 'certificate' | 'key';
  algorithm?: 'aes256' | '3des';
}

/** A PKCS#12 file as an engineer has one, its certificate signed by itself. */
export function keyFile({
  passphrase = 'correct horse',
  notBefore = new Date(Date.UTC(2026, 0, 1)),
  notAfter = new Date(Date.UTC(2027, 0, 1)),
  bits = 2048,
  without,
  algorithm = 'aes256',
}: KeyFileOptions = {}): Uint8Array {
  const pair = bits === 2048 ? usual : pairOf(bits);
  const key = forge.pki.privateKeyFromPem(pair.privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem((without === 'certificate' ? other : pair).publicKey);
  certificate.serialNumber = '0a';
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = notAfter;
  const names = [{ name: 'commonName', value: 'Ada Engineer' }];
  certificate.setSubject(names);
  certificate.setIssuer(names);
  certificate.sign(key, forge.md.sha256.create());
  const asn1 = forge.pkcs12.toPkcs12Asn1(without === 'key' ? null : key, [certificate], passphrase, {
    algorithm,
    count: 100,
  });
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}
