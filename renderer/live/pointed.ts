/** The time that is pointed at, for those who show it: it moves too often to go through the whole chart. */
export class Pointed {
  #t: number | null = null;
  readonly #listeners = new Set<() => void>();

  readonly get = (): number | null => this.#t;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(t: number | null): void {
    if (t === this.#t) return;
    this.#t = t;
    for (const listener of this.#listeners) listener();
  }
}
