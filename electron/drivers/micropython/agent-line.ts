import { crc16 } from './crc16.ts';

/** Longest line, checksum included; a longer one is dropped whole. */
const lineMax = 1300;
/** Longest body that may be sent. */
const bodyMax = 1200;
/** `*` and four hex digits. */
const trailer = 5;
/** A damaged line is searched for a good one behind the damage at this many places, so that a flood costs little. */
const rescueMax = 64;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const upperHex = /^[0-9A-F]{4}$/;
const digit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** A body of the line protocol as the bytes of its line. */
export function encodeLine(body: string): Uint8Array {
  const bytes = Buffer.from(body, 'latin1');
  if (bytes.length > bodyMax || /[^\x20-\x7e]/.test(body)) {
    throw new RangeError('a line holds at most 1200 printable ASCII characters');
  }
  const sum = crc16(bytes).toString(16).toUpperCase().padStart(4, '0');
  return Buffer.from(`${body}*${sum}\n`, 'latin1');
}

/** JSON with everything beyond printable ASCII escaped, as the line protocol carries it. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Bytes in, bodies with a good checksum out. Holds one line, never more, and counts what it leaves aside. A body is
 * printable ASCII only, so any other byte (0xFF of a dead line, ESC, ^D) breaks a line off.
 */
export class AgentLineReader {
  readonly #line = new Uint8Array(lineMax);
  #length = 0;
  #tooLong = false;
  /** Bytes that belonged to no good line. */
  strayBytes = 0;
  /** Lines that ended in a checksum, but not in theirs. */
  badChecksums = 0;
  readonly #onStray: ((text: string) => void) | undefined;

  /** `onStray` hears the text that is none of the protocol's: boot text, tracebacks, prompts, damaged lines. */
  constructor(onStray?: (text: string) => void) {
    this.#onStray = onStray;
  }

  feed(bytes: Uint8Array): string[] {
    const bodies: string[] = [];
    for (const byte of bytes) {
      if (byte === lineFeed || byte === carriageReturn) {
        const body = this.#finish();
        if (body !== undefined) bodies.push(body);
      } else if (byte < 0x20 || byte > 0x7e) {
        this.strayBytes += 1;
        this.#breakOff();
      } else if (this.#length === lineMax) {
        this.#tooLong = true;
        this.strayBytes += 1;
      } else {
        this.#line[this.#length] = byte;
        this.#length += 1;
      }
    }
    return bodies;
  }

  /** Text that has come without an end of line yet: a prompt, for one. */
  get unfinished(): string {
    return this.#text(0, this.#length);
  }

  #text(from: number, to: number): string {
    return Buffer.from(this.#line.buffer, from, to - from).toString('latin1');
  }

  #breakOff(): void {
    if (this.#length > 0) this.#onStray?.(this.#text(0, this.#length));
    this.strayBytes += this.#length;
    this.#length = 0;
    this.#tooLong = false;
  }

  #finish(): string | undefined {
    const end = this.#length - trailer;
    const start = this.#tooLong || end < 1 ? undefined : this.#goodStart(end);
    if (start === undefined) {
      this.#breakOff();
      return undefined;
    }
    const body = this.#text(start, end);
    if (start > 0) this.#onStray?.(this.#text(0, start));
    this.strayBytes += start;
    this.#length = 0;
    return body;
  }

  /** Where the body starts whose checksum the line ends in: its front, or behind noise that came without an end. */
  #goodStart(end: number): number | undefined {
    const sum = this.#text(end + 1, this.#length);
    if (this.#line[end] !== 0x2a || !upperHex.test(sum)) return undefined;
    const wanted = Number.parseInt(sum, 16);
    if (crc16(this.#line, 0, end) === wanted) return 0;
    for (let start = 1, tried = 0; start < end && tried < rescueMax; start += 1) {
      if (!this.#mayStart(start)) continue;
      tried += 1;
      if (crc16(this.#line, start, end) === wanted) return start;
    }
    this.badChecksums += 1;
    return undefined;
  }

  /** `?`, `=`, `~`, `!` stand before a digit, `#` before `{`. */
  #mayStart(at: number): boolean {
    const kind = this.#line[at];
    const next = this.#line[at + 1];
    if (kind === 0x23) return next === 0x7b;
    return digit(next) && (kind === 0x3f || kind === 0x3d || kind === 0x7e || kind === 0x21);
  }
}
