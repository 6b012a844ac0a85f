import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { Failure } from '../../../shared/contract/failure.ts';
import { blake2b } from './blake2b.ts';
import { bytesOf, keyLine, legacy, NotMinisign, untrusted } from './minisign-lines.ts';
import { type Limits, masked, maskOf, sensitive } from './passphrase.ts';
import { type PublicKey, publicKeyOf, rawPublicKey } from './public-key.ts';

/** A key that signs. The passphrase and the bytes of the file are not kept. */
export interface SecretKey {
  keyId: Uint8Array;
  key: KeyObject;
}

// minisign.h, SeckeyStruct: algorithm 2, key derivation 2, checksum 2, salt 32, operations 8, memory 8; then what the
// passphrase hides: key id 8, seed 32, public key 32, checksum 32.
const headLength = 54;
const hiddenLength = 104;
const encrypted = 'Sc';
const plain = '\0\0';
const checksum = 'B2';

/** RFC 8410 §7: what stands before the 32 bytes of the seed in PKCS #8. */
const derHead = Buffer.from('302e020100300506032b657004220420', 'hex');

export function generateKey(): SecretKey {
  const seed = randomBytes(32);
  try {
    return { keyId: randomBytes(8), key: keyOf(seed) };
  } finally {
    seed.fill(0);
  }
}

export const publicPart = ({ keyId, key }: SecretKey): PublicKey =>
  publicKeyOf(keyId, rawPublicKey(createPublicKey(key)));

const isEncrypted = (bytes: Buffer): boolean => bytes.toString('latin1', 2, 4) === encrypted;

/** Whether `parseSecretKey` needs a passphrase for this file. KEY_INVALID. */
export function needsPassphrase(text: string, name: string): boolean {
  try {
    return isEncrypted(headOf(text));
  } catch (thrown) {
    return refuse(name, thrown);
  }
}

/**
 * A secret key file of minisign. `name` is what a failure calls it. Takes seconds and up to 1 GiB where there is a
 * passphrase: that is what makes guessing it dear. KEY_INVALID, also for a wrong passphrase.
 */
export async function parseSecretKey(
  text: string,
  name: string,
  passphrase: Uint8Array | null,
): Promise<SecretKey> {
  try {
    const bytes = headOf(text);
    try {
      if (isEncrypted(bytes)) await unmask(bytes, passphrase);
      return opened(bytes);
    } finally {
      bytes.fill(0);
    }
  } catch (thrown) {
    return refuse(name, thrown);
  }
}

function refuse(name: string, thrown: unknown): never {
  if (!(thrown instanceof NotMinisign)) throw thrown;
  throw new Failure('KEY_INVALID', { key: name, detail: thrown.message }, { cause: thrown });
}

async function unmask(bytes: Buffer, passphrase: Uint8Array | null): Promise<void> {
  if (!passphrase) throw new NotMinisign('it needs a passphrase');
  const limits = { operations: bytes.readBigUInt64LE(38), memory: bytes.readBigUInt64LE(46) };
  masked(bytes.subarray(headLength), await maskOf(passphrase, bytes.subarray(6, 38), limits, hiddenLength));
}

function headOf(text: string): Buffer {
  const bytes = bytesOf(keyLine(text), headLength + hiddenLength, 'the secret key');
  const kinds = bytes.toString('latin1', 0, 6);
  if (![encrypted, plain].some((kind) => kinds === legacy + kind + checksum)) {
    throw new NotMinisign('it is of a kind that is not known here');
  }
  return bytes;
}

function opened(bytes: Buffer): SecretKey {
  const wasEncrypted = isEncrypted(bytes);
  const hidden = bytes.subarray(headLength);
  const [keyId, seed, raw, sum] = [
    hidden.subarray(0, 8),
    hidden.subarray(8, 40),
    hidden.subarray(40, 72),
    hidden.subarray(72),
  ];
  // minisign 0.11 leaves the checksum of a key without passphrase empty.
  const isEmpty = !wasEncrypted && sum.every((byte) => byte === 0);
  if (!isEmpty && !sum.equals(checksumOf(hidden))) {
    throw new NotMinisign(wasEncrypted ? 'the passphrase is wrong, or the file is damaged' : 'it is damaged');
  }
  const key = keyOf(seed);
  if (!rawPublicKey(createPublicKey(key)).equals(raw))
    throw new NotMinisign('its two halves do not belong together');
  return { keyId: Buffer.from(keyId), key };
}

/** The file's text; with a passphrase its secret part is masked, without one anybody who reads the file can sign. */
export async function formatSecretKey(
  { keyId, key }: SecretKey,
  passphrase: Uint8Array | null,
  limits: Limits = sensitive,
): Promise<string> {
  const bytes = Buffer.alloc(headLength + hiddenLength);
  const hidden = bytes.subarray(headLength);
  const seed = key.export({ format: 'der', type: 'pkcs8' }).subarray(derHead.length);
  hidden.set(keyId, 0);
  hidden.set(seed, 8);
  hidden.set(rawPublicKey(createPublicKey(key)), 40);
  seed.fill(0);
  try {
    bytes.write(legacy + (passphrase ? encrypted : plain) + checksum, 0, 'latin1');
    if (passphrase) {
      hidden.set(checksumOf(hidden), 72);
      randomBytes(32).copy(bytes, 6);
      bytes.writeBigUInt64LE(limits.operations, 38);
      bytes.writeBigUInt64LE(limits.memory, 46);
      masked(hidden, await maskOf(passphrase, bytes.subarray(6, 38), limits, hiddenLength));
    }
    const kind = passphrase ? 'encrypted secret key' : 'unencrypted secret key';
    return `${untrusted}minisign ${kind}\n${bytes.toString('base64')}\n`;
  } finally {
    bytes.fill(0);
  }
}

/** Over the algorithm, the key id and both halves of the key. */
const checksumOf = (hidden: Buffer): Buffer =>
  blake2b(Buffer.concat([Buffer.from(legacy), hidden.subarray(0, 72)]), 32);

function keyOf(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([derHead, seed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}
