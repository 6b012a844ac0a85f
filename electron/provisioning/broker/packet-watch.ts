/** Bytes of one packet that a broker may send; a unit's own messages stay far below. */
export const LONGEST_PACKET = 64 * 1024;

/**
 * Follows the packets of a stream by their headers alone (MQTT 3.1.1, 2.2.3). `next` returns false once a packet is
 * announced that is longer than allowed, or whose length cannot be: the parser would buffer up to 256 MB of it.
 */
export class PacketWatch {
  readonly #longest: number;
  #skip = 0;
  #length = 0;
  #digits = -1;

  constructor(longest: number) {
    this.#longest = longest;
  }

  next(bytes: Uint8Array): boolean {
    let at = 0;
    while (at < bytes.length) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, bytes.length - at);
        this.#skip -= skipped;
        at += skipped;
        continue;
      }
      if (!this.#header(bytes[at] ?? 0)) return false;
      at += 1;
    }
    return true;
  }

  /** One byte of a fixed header: the kind, then up to four digits of the length in base 128, lowest first. */
  #header(byte: number): boolean {
    if (this.#digits < 0) {
      this.#digits = 0;
      this.#length = 0;
      return true;
    }
    this.#length += (byte & 0x7f) * 128 ** this.#digits;
    this.#digits += 1;
    if (byte < 0x80) {
      this.#skip = this.#length;
      this.#digits = -1;
      return this.#length <= this.#longest;
    }
    return this.#digits < 4;
  }
}
