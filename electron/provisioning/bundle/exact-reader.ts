import { invalid } from './archive.ts';

/** A bundle in memory, or as it comes: the chunks of a file's stream. */
export type BundleSource = Uint8Array | AsyncIterable<Uint8Array>;

/** Hands out exactly as many bytes as are asked for. Holds them and one chunk of the source, never more. */
export class ExactReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(source: BundleSource) {
    this.#chunks = source instanceof Uint8Array ? once(source) : source[Symbol.asyncIterator]();
  }

  /** The caller has checked `count` against a limit. BUNDLE_INVALID when the source ends before. */
  async take(count: number): Promise<Buffer> {
    const taken = Buffer.alloc(count);
    for (let filled = 0; filled < count; ) {
      if (this.#rest.length === 0 && !(await this.#next())) throw invalid('it ends too early');
      const part = this.#rest.subarray(0, count - filled);
      taken.set(part, filled);
      this.#rest = this.#rest.subarray(part.length);
      filled += part.length;
    }
    return taken;
  }

  /** BUNDLE_INVALID when anything follows. */
  async end(): Promise<void> {
    if (this.#rest.length > 0 || (await this.#next())) throw invalid('something follows after its end');
  }

  /** Lets go of the source, also in the middle. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** The next chunk that is not empty. */
  async #next(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#rest = value;
      if (value.length > 0) return true;
    }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
