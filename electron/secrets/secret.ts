import { inspect } from 'node:util';

const redacted = '«redacted»';

/**
 * Bytes that nobody may see: a password, a private key. Whatever prints it, writes it as JSON or looks into it gets
 * «redacted»; `reveal` is for the one place where the bytes leave.
 */
export class Secret {
  readonly #bytes: Buffer;
  #disposed = false;

  /** Takes a copy; wiping the original is the caller's. Text is kept as UTF-8. */
  constructor(value: string | Uint8Array) {
    this.#bytes = Buffer.from(typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
  }

  /** The bytes themselves, not a copy: they are zero after `dispose`. */
  reveal(): Uint8Array {
    if (this.#disposed) throw new Error('this secret was wiped already');
    return this.#bytes;
  }

  /** As text, for interfaces that take nothing else. Such a copy cannot be wiped. */
  revealText(): string {
    return Buffer.from(this.reveal()).toString('utf8');
  }

  dispose(): void {
    this.#bytes.fill(0);
    this.#disposed = true;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [Symbol.toPrimitive](): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
