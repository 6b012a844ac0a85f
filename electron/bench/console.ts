import { type ByteRing, control } from './byte-ring.ts';

const ctrlC = 0x03;
const newLine = 0x0a;
const carriageReturn = 0x0d;
/** Questions after the time or for input in a row, from which on they are a program that waits. */
const spinLimit = 24;
const spinPauseMs = 2;

export interface ConsoleOptions {
  words: Int32Array<SharedArrayBuffer>;
  input: ByteRing;
  output: ByteRing;
  /** Tells the main thread that there is output, or room for input. */
  tell: (what: 'output' | 'room') => void;
}

/** The board's end of its serial line, in the thread of the interpreter. Every call may wait. */
export class BoardConsole {
  readonly #options: ConsoleOptions;
  #lastSent = 0;
  #spins = 0;
  #scanned = 0;
  /** A KeyboardInterrupt was scheduled and may not have been raised yet. */
  #pending = false;
  /** True while Ctrl-C is to end the running program (the interpreter's interrupt character is set). */
  interruptible: () => boolean = () => false;
  /** Raises KeyboardInterrupt in the interpreter at its next chance. */
  interrupt: () => void = () => {};
  /** Told at each use of the line, the clock or the hardware. */
  onUse: () => void = () => {};

  constructor(options: ConsoleOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#options.input.length;
  }

  /** Sends bytes as they are; waits while the line is full. */
  send(bytes: Uint8Array): void {
    const { output, words, tell } = this.#options;
    for (let at = 0; at < bytes.length; ) {
      const tail = output.tail;
      const written = output.write(bytes.subarray(at));
      at += written;
      if (Atomics.exchange(words, control.outTold, 1) === 0) tell('output');
      if (written === 0) output.waitForTail(tail);
      this.#look();
    }
    this.#lastSent = bytes.at(-1) ?? this.#lastSent;
  }

  /**
   * Sends text with line ends as boards do: CR before every LF of a program, whatever stands before it
   * (shared/runtime/stdout_helpers.c, mp_hal_stdout_tx_strn_cooked). The REPL's own lines end in CR LF already.
   */
  print(bytes: Uint8Array): void {
    const cooked: number[] = [];
    const always = this.interruptible();
    let last = this.#lastSent;
    for (const byte of bytes) {
      if (byte === newLine && (always || last !== carriageReturn)) cooked.push(carriageReturn);
      cooked.push(byte);
      last = byte;
    }
    this.send(Uint8Array.from(cooked));
    this.poll();
  }

  /**
   * Takes a Ctrl-C out of the input if one is there and a program runs. As on boards it also throws away
   * what came before it (shared/tinyusb/mp_usbd_cdc.c clears the ring buffer).
   */
  poll(): boolean {
    this.#look();
    this.onUse();
    this.#spins = 0;
    return this.#takeInterrupt();
  }

  #takeInterrupt(): boolean {
    const { input } = this.#options;
    const head = input.head;
    if (head === this.#scanned || !this.interruptible()) return false;
    this.#scanned = head;
    const length = input.lengthThrough(ctrlC);
    if (length === 0) return false;
    this.#take(length);
    this.#scanned = input.tail;
    this.#pending = true;
    this.interrupt();
    return true;
  }

  /** Called at each look at the clock or for input: lets a program that only waits sleep instead of spin. */
  spin(): void {
    this.#look();
    this.onUse();
    this.#spins += 1;
    if (this.#takeInterrupt() || this.#spins < spinLimit) return;
    const { input } = this.#options;
    input.waitForHead(input.head, spinPauseMs);
    this.#takeInterrupt();
  }

  /**
   * True where a wait must give the interpreter a chance to raise. The virtual machine looks only at jumps,
   * so a Ctrl-C that came during a print would otherwise be slept over. Once too often does no harm: the
   * callers ask again.
   */
  #mustRaise(): boolean {
    const due = this.poll() || this.#pending;
    this.#pending = false;
    return due;
  }

  /** Waits; true where a Ctrl-C ended it. */
  sleep(milliseconds: number): boolean {
    const { input } = this.#options;
    const end = performance.now() + milliseconds;
    for (;;) {
      const head = input.head;
      if (this.#mustRaise()) return true;
      const left = end - performance.now();
      if (left <= 0) return false;
      input.waitForHead(head, left);
    }
  }

  /** At least one byte, at most `limit`; null where a Ctrl-C came instead. */
  read(limit: number): Uint8Array | null {
    const { input } = this.#options;
    for (;;) {
      const head = input.head;
      if (this.#mustRaise()) return null;
      if (input.length > 0) return this.#take(limit);
      input.waitForHead(head);
    }
  }

  #take(limit: number): Uint8Array {
    const { input, words, tell } = this.#options;
    const taken = input.read(limit);
    if (Atomics.exchange(words, control.inWaiting, 0) === 1) tell('room');
    return taken;
  }

  /** Looks at the line. A wedged board never comes back: only the end of this thread helps. */
  #look(): void {
    const { input, words } = this.#options;
    while (Atomics.load(words, control.wedged) === 1) Atomics.wait(words, control.wedged, 1);
    Atomics.store(words, control.seen, input.head);
  }
}
