import { createHash } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';

/*
 * What goes over the line in a transfer: the files one after the other, cut into blocks. A block is a row of segments
 * `<bytes of path><bytes of data><path><data>` (1 and 2 bytes, little-endian); a segment with a path begins a file,
 * one without goes on with it, and 255 bytes of path say that nothing follows.
 */

export interface BlockFile {
  path: string;
  bytes: Uint8Array;
}

/** How far a transfer has come: the next byte to send. */
export interface Position {
  file: number;
  offset: number;
}

export interface Block {
  /** `0`: as it is. Otherwise deflated, and the window is 2 to this power (hexadecimal). */
  kind: string;
  body: Buffer;
  /** Bytes of files in it. */
  payload: number;
  /** Where the next block begins. */
  next: Position;
  last: boolean;
}

const headerBytes = 3;
const endMark = 255;
const smallestWindow = 9;
const largestWindow = 13;
export const longestBlock = 1 << largestWindow;
/** Room for a header, the longest path and some data: blocks are never smaller. */
export const shortestBlock = 256;

const longestPath = endMark - 1;

function header(path: Buffer | number, count: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.writeUInt8(typeof path === 'number' ? path : path.length, 0);
  bytes.writeUInt16LE(count, 1);
  return typeof path === 'number' ? bytes : Buffer.concat([bytes, path]);
}

interface Cut {
  raw: Buffer;
  payload: number;
  next: Position;
  last: boolean;
}

/** The segments from `at` on that fit into `limit` bytes; with the end mark where they reach the end. */
function cut(files: readonly BlockFile[], at: Position, limit: number): Cut {
  const parts: Buffer[] = [];
  let left = limit - headerBytes;
  let payload = 0;
  let { file, offset } = at;
  for (let now = files[file]; now; now = files[file]) {
    const path = offset === 0 ? Buffer.from(now.path) : Buffer.alloc(0);
    if (path.length > longestPath) throw new RangeError(`a path of ${path.length} bytes`);
    const room = left - headerBytes - path.length;
    if (room <= 0 && parts.length > 0) break;
    const data = now.bytes.subarray(offset, offset + Math.max(1, room));
    parts.push(header(path, data.length), Buffer.from(data));
    payload += data.length;
    left = room - data.length;
    offset += data.length;
    if (offset < now.bytes.length) break;
    file += 1;
    offset = 0;
  }
  const last = file >= files.length;
  if (last) parts.push(header(endMark, 0));
  return { raw: Buffer.concat(parts), payload, next: { file, offset }, last };
}

/** Deflated with the smallest window that sees all of it, where that makes it smaller. */
function pack(raw: Buffer, inflates: boolean): { kind: string; body: Buffer } {
  if (!inflates) return { kind: '0', body: raw };
  const windowBits = Math.min(largestWindow, Math.max(smallestWindow, Math.ceil(Math.log2(raw.length))));
  const body = deflateRawSync(raw, { windowBits, level: constants.Z_BEST_COMPRESSION, memLevel: 9 });
  return body.length < raw.length ? { kind: windowBits.toString(16), body } : { kind: '0', body: raw };
}

export interface BlockLimits {
  /** Bytes before they are packed. */
  raw: number;
  /** Bytes as they travel, before anything is escaped. */
  packed: number;
  /** The unit can inflate. */
  inflates: boolean;
}

/** The next block from `at` on. */
export function nextBlock(files: readonly BlockFile[], at: Position, limits: BlockLimits): Block {
  for (let raw = limits.raw; ; raw = Math.max(shortestBlock, raw >> 1)) {
    const made = cut(files, at, raw);
    const packed = pack(made.raw, limits.inflates);
    if (packed.body.length > limits.packed && raw > shortestBlock) continue;
    return { ...packed, payload: made.payload, next: made.next, last: made.last };
  }
}

/**
 * Eight hexadecimal digits of the SHA-256 over the word of the transfer, number, kind and body. Every unit has SHA-256;
 * and a receiving program on another unit, which was given another word, takes nothing of it.
 */
export const checkOf = (
  word: string,
  sequence: number,
  { kind, body }: Pick<Block, 'kind' | 'body'>,
): string =>
  createHash('sha256')
    .update(`${word}${hex4(sequence)}${kind}`)
    .update(body)
    .digest('hex')
    .slice(0, 8);

export const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

const escapeByte = 0x1b;
/**
 * The bytes that a REPL listens to: Ctrl-A to Ctrl-E and the ends of lines. Ctrl-C keeps its meaning, so that a transfer
 * can always be interrupted; and what still arrives when the program on the unit has ended, or arrives at another unit,
 * cannot run, leave or reset anything.
 */
const commands: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 10, 13]);

/** Without any byte of a REPL's: ESC and a letter for each, ESC `[` for ESC. */
export function escaped(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(2 * bytes.length);
  let length = 0;
  for (const byte of bytes) {
    const code = byte === escapeByte ? 0x5b : commands.has(byte) ? 0x40 | byte : undefined;
    if (code !== undefined) out[length++] = escapeByte;
    out[length++] = code ?? byte;
  }
  return out.subarray(0, length);
}

/** `word` is that of the transfer. Number, length and kind, the check, then the escaped body. */
export function frameOf(word: string, sequence: number, block: Block): Buffer {
  const body = escaped(block.body);
  const head = `${hex4(sequence)}${hex4(body.length)}${block.kind}${checkOf(word, sequence, block)}`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
