import { createPublicKey } from 'node:crypto';
import { Failure } from '../../../shared/contract/failure.ts';
import { deviceText } from '../device-text.ts';
import type { UnitKey } from '../driver.ts';
import { deviceFailure, lastLine } from './device-error.ts';
import {
  beginSignature,
  canMakeKeys,
  curve,
  drawKey,
  endSignature,
  forgetKey,
  multiply,
  writeKey,
} from './key-programs.ts';
import type { ExecOptions, RawRepl } from './raw-repl.ts';

export interface KeyOptions {
  port: string;
  signal?: AbortSignal | undefined;
  /** A unit that would take longer for one scalar multiplication gets its key from the app. */
  limitMs?: number;
}

/** Nobody waits longer for a key (or a signature); boards with a Cortex-M0+ take a few seconds. */
const patienceMs = 60_000;
/** One program on the unit, far below the deadline for it. */
const stepMs = 3000;
const bitsOfScalar = 256;
/** Enough to tell how fast it is. */
const firstBits = 8;

const unreadable = (port: string, during: string, output: string): Failure =>
  new Failure('REPLY_UNREADABLE', { port, during, detail: `"${deviceText(output, 60)}"` });

/**
 * Makes a P-256 key on the unit, which writes it to a file and says its public point, size and hash; nothing else
 * leaves it. Null where the firmware cannot, or would take too long. The REPL must have been entered.
 * @throws REPLY_UNREADABLE, UNIT_REFUSED, NO_SPACE, and as the line fails
 */
export async function makeUnitKey(
  repl: RawRepl,
  mixedIn: Uint8Array,
  { port, signal, limitMs = patienceMs }: KeyOptions,
): Promise<Omit<UnitKey, 'sign'> | null> {
  const options = { during: 'making the key on the unit', signal };
  const can = (await repl.exec(canMakeKeys, options)).trim();
  if (can === 'no') return null;
  if (can !== 'yes') throw unreadable(port, options.during, can);
  await repl.exec(curve, options);
  await repl.exec(drawKey(mixedIn), options);
  if (!(await multiplied(repl, port, options, limitMs))) {
    await repl.exec(forgetKey, options);
    return null;
  }
  const answer = await repl.exec(writeKey, options);
  const match = /^([0-9a-f]{128}) (\d{1,4}) ([0-9a-f]{64})$/.exec(answer.trim());
  if (!match) throw unreadable(port, options.during, answer);
  const publicKey = Buffer.from(match[1] ?? '', 'hex');
  demandOnCurve(publicKey, port, options.during);
  return { publicKey, size: Number(match[2]), sha256: match[3] ?? '' };
}

/**
 * ECDSA over a SHA-256 digest with the key that it made: r and s, 32 bytes each. The REPL must have been entered.
 * UNIT_REFUSED where the key is not there any more, or the unit is too slow all of a sudden.
 */
export async function signOnUnit(
  repl: RawRepl,
  digest: Uint8Array,
  { port, signal, limitMs = patienceMs }: KeyOptions,
): Promise<Uint8Array> {
  const options = { during: 'signing on the unit', signal };
  await repl.exec(curve, options);
  await repl.exec(beginSignature(digest), options);
  if (!(await multiplied(repl, port, options, limitMs))) {
    await repl.exec(forgetKey, options);
    const detail = `it would take longer than ${Math.round(limitMs / 1000)} s`;
    throw new Failure('UNIT_REFUSED', { during: options.during, detail });
  }
  const answer = (await repl.exec(endSignature, options)).trim();
  if (!/^[0-9a-f]{128}$/.test(answer)) throw unreadable(port, options.during, answer);
  return Buffer.from(answer, 'hex');
}

/**
 * Step by step: every program has its deadline, and the work can be cancelled between two. A step that runs out of
 * memory has changed nothing (some firmware frees memory between programs only) and is done again in smaller ones.
 * False: too slow.
 */
async function multiplied(
  repl: RawRepl,
  port: string,
  options: ExecOptions,
  limitMs: number,
): Promise<boolean> {
  const start = performance.now();
  let left = bitsOfScalar;
  let bits = firstBits;
  let mostBits = bitsOfScalar;
  while (left > 0) {
    const before = performance.now();
    const { output, error } = await repl.run(multiply(bits), options);
    if (lastLine(error).startsWith('MemoryError') && bits > 1) {
      bits = mostBits = bits >> 1;
      continue;
    }
    if (error !== '') throw deviceFailure(error, options);
    const expected = Math.max(0, left - bits);
    if (output.trim() !== String(expected)) throw unreadable(port, options.during, output);
    const now = performance.now();
    const perBit = (now - before) / (left - expected);
    left = expected;
    if (now - start + perBit * left > limitMs) return false;
    bits = Math.min(mostBits, Math.max(1, Math.floor(stepMs / Math.max(perBit, 0.001))));
  }
  return true;
}

/** The REPL has no checksums: a point that is not on the curve is none of this key. */
function demandOnCurve(point: Buffer, port: string, during: string): void {
  const [x = '', y = ''] = [point.subarray(0, 32), point.subarray(32)].map((half) =>
    half.toString('base64url'),
  );
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  } catch {
    throw unreadable(port, during, 'a point that is not on the curve');
  }
}
