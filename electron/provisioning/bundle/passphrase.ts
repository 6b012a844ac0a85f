import { type ScryptOptions, scrypt } from 'node:crypto';
import { NotMinisign } from './minisign-lines.ts';

/** How dear a guess of the passphrase is, as libsodium counts it. */
export interface Limits {
  operations: bigint;
  /** Bytes. */
  memory: bigint;
}

/** crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE and MEMLIMIT_SENSITIVE, which minisign uses. */
export const sensitive: Limits = { operations: 33_554_432n, memory: 1_073_741_824n };

/** A key file that asks for more than minisign ever writes would only keep the machine busy. */
const most: Limits = sensitive;

/** libsodium's pickparams() in pwhash_scryptsalsa208sha256.c: the limits as scrypt's own N, r and p. */
export function scryptCost({ operations, memory }: Limits): { N: number; r: number; p: number } {
  if (operations > most.operations || memory > most.memory) {
    throw new NotMinisign('its passphrase would take more memory or time than minisign ever asks for');
  }
  const r = 8n;
  const atLeast = operations < 32_768n ? 32_768n : operations;
  const byOperations = atLeast < memory / 32n;
  const mostN = byOperations ? atLeast / (r * 4n) : memory / (r * 128n);
  let log = 1n;
  while (log < 63n && 1n << log <= mostN / 2n) log += 1n;
  const N = 1n << log;
  const p = byOperations ? 1n : atLeast / 4n / N / r;
  return { N: Number(N), r: Number(r), p: Math.max(1, Number(p)) };
}

/** The bytes that hide a secret key; away from the thread that serves the page. */
export function maskOf(
  passphrase: Uint8Array,
  salt: Uint8Array,
  limits: Limits,
  length: number,
): Promise<Buffer> {
  const cost = scryptCost(limits);
  // OpenSSL counts a little more than the 128 N r that RFC 7914 names.
  const options: ScryptOptions = { ...cost, maxmem: 128 * cost.N * cost.r + 128 * cost.r * (cost.p + 4) };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, length, options, (error, mask) => (error ? reject(error) : resolve(mask)));
  });
}

/** Hides or shows the bytes in place. */
export function masked(bytes: Uint8Array, mask: Uint8Array): void {
  bytes.forEach((byte, index) => {
    bytes[index] = byte ^ (mask[index] ?? 0);
  });
  mask.fill(0);
}
