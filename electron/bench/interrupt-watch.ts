/** A board answers a Ctrl-C at once; a thread of this computer may be kept waiting for a while. */
const patienceMs = 2000;

export interface WatchedBoard {
  /** How far the board has looked at its input, as a place of the input ring. */
  seen(): number;
  /** Why it need not have looked: `later` where it will, `never` where it must not. */
  excuse(): 'later' | 'never' | null;
  /** It will never look. */
  giveUp(): void;
}

/**
 * Notices a Ctrl-C that a board does not look at. This build cannot be interrupted in a loop that does nothing
 * with the world outside, as a board can; without this, only a power cycle would bring it back.
 */
export class InterruptWatch {
  readonly #board: WatchedBoard;
  #timer: NodeJS.Timeout | null = null;
  #wanted = 0;
  #latest = 0;

  constructor(board: WatchedBoard) {
    this.#board = board;
  }

  /** A Ctrl-C stands in the input ring, or waits for room in it, and the ring is filled up to `head`. */
  expect(head: number): void {
    this.#latest = head;
    if (this.#timer) return;
    this.#wanted = head;
    this.#wait();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(): void {
    this.#timer = setTimeout(() => this.#check(), patienceMs).unref();
  }

  #check(): void {
    this.#timer = null;
    const excuse = this.#board.excuse();
    if (excuse === 'never') return;
    if (excuse === 'later') this.#wait();
    else if (!this.#reached(this.#wanted)) this.#board.giveUp();
    else if (!this.#reached(this.#latest)) this.expect(this.#latest);
  }

  /** Places only ever grow, modulo 2^32. */
  #reached(place: number): boolean {
    return ((this.#board.seen() - place) | 0) >= 0;
  }
}
