type Listener = (bytes: Uint8Array) => void;

/** What is kept for a listener that is not there yet; a boot text fits, a flood does not. */
const keptBytes = 64 * 1024;

/** Hands arriving bytes to every listener, and keeps what arrives before the first one. */
export class Inbox {
  readonly #listeners = new Set<Listener>();
  #kept: Uint8Array[] = [];
  #keptLength = 0;
  #claimed = false;

  deliver(bytes: Uint8Array): void {
    if (this.#claimed) {
      // A snapshot: a listener may put another one in its place.
      const listeners = Array.from(this.#listeners);
      for (const listener of listeners) listener(bytes);
      return;
    }
    this.#kept.push(bytes);
    this.#keptLength += bytes.length;
    while (this.#keptLength > keptBytes && this.#kept.length > 1) {
      this.#keptLength -= this.#kept.shift()?.length ?? 0;
    }
  }

  onData(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.#claimed) {
      this.#claimed = true;
      const kept = this.#kept;
      this.#kept = [];
      for (const bytes of kept) listener(bytes);
    }
    return () => this.#listeners.delete(listener);
  }
}
