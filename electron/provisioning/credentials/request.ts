import { createHash } from 'node:crypto';
import type { UnitKey } from '../../drivers/driver.ts';

/** Whoever holds a P-256 key: a unit that made it, or the app. */
export interface RequestSigner {
  /** x and y, 32 bytes each. */
  publicKey: Uint8Array;
  /** ECDSA with SHA-256 over these bytes: r and s, 32 bytes each. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** The unit signs digests: what is signed need not travel. */
export const unitSigner = (key: UnitKey, signal?: AbortSignal): RequestSigner => ({
  publicKey: key.publicKey,
  sign: (bytes) => key.sign(createHash('sha256').update(bytes).digest(), signal ? { signal } : {}),
});

const tags = {
  integer: 0x02,
  bits: 0x03,
  oid: 0x06,
  text: 0x0c,
  sequence: 0x30,
  set: 0x31,
  attributes: 0xa0,
};
/** X.520 commonName, RFC 5480 id-ecPublicKey and secp256r1, RFC 5758 ecdsa-with-SHA256: their encoded bytes. */
const oids = {
  commonName: '550403',
  ecPublicKey: '2a8648ce3d0201',
  p256: '2a8648ce3d030107',
  ecdsaWithSha256: '2a8648ce3d040302',
};

/** Tag, length, content (X.690 §8.1); nothing here is longer than 64 KiB. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), body]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const oid = (name: keyof typeof oids): Buffer => der(tags.oid, Buffer.from(oids[name], 'hex'));
const bitString = (bytes: Uint8Array): Buffer => der(tags.bits, Buffer.from([0]), bytes);

/** Not negative: no leading zeros but one before a set top bit (X.690 §8.3). */
function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first === -1 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first));
  return der(tags.integer, ...((short[0] ?? 0) & 0x80 ? [Buffer.from([0])] : []), short);
}

/** r and s as X.509 has them (RFC 3279 §2.2.3). */
const signatureOf = (raw: Uint8Array): Buffer =>
  der(tags.sequence, integer(raw.subarray(0, 32)), integer(raw.subarray(32)));

const keyInfo = (point: Uint8Array): Buffer =>
  der(
    tags.sequence,
    der(tags.sequence, oid('ecPublicKey'), oid('p256')),
    bitString(Buffer.concat([Buffer.from([4]), point])),
  );

const nameOf = (commonName: string): Buffer =>
  der(
    tags.sequence,
    der(tags.set, der(tags.sequence, oid('commonName'), der(tags.text, Buffer.from(commonName, 'utf8')))),
  );

/**
 * A certificate request (PKCS #10, RFC 2986) in DER. It is put together here, because its key need not be: whoever
 * holds it signs only.
 */
export async function certificateRequest(commonName: string, signer: RequestSigner): Promise<Buffer> {
  const toBeSigned = der(
    tags.sequence,
    integer(Buffer.from([0])),
    nameOf(commonName),
    keyInfo(signer.publicKey),
    der(tags.attributes),
  );
  const signature = await signer.sign(toBeSigned);
  return der(
    tags.sequence,
    toBeSigned,
    der(tags.sequence, oid('ecdsaWithSha256')),
    bitString(signatureOf(signature)),
  );
}

/** RFC 7468. */
export function pemOf(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
