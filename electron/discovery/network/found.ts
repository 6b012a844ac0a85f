import type { NetworkCandidate } from '../../../shared/contract/devices.ts';

/** More than any plant shows at once; what comes after is not looked at. */
const MOST = 500;
/** Notices are gathered for so long: a broker hands out its kept messages in one burst. */
const GATHER_MS = 100;

/** What was found so far, the likeliest first, and a notice when it changes. */
export class Found {
  readonly #candidates = new Map<string, NetworkCandidate>();
  readonly #changed: (list: NetworkCandidate[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #told = '';

  constructor(changed: (list: NetworkCandidate[]) => void) {
    this.#changed = changed;
  }

  put(candidate: NetworkCandidate): void {
    if (!this.#candidates.has(candidate.id) && this.#candidates.size >= MOST) return;
    this.#candidates.set(candidate.id, candidate);
    this.#soon();
  }

  remove(id: string): void {
    if (this.#candidates.delete(id)) this.#soon();
  }

  list(): NetworkCandidate[] {
    return [...this.#candidates.values()].sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const list = this.list();
      const now = JSON.stringify(list);
      if (now === this.#told) return;
      this.#told = now;
      this.#changed(list);
    }, GATHER_MS);
  }
}
