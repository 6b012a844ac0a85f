import { StatementSplitter } from './statements.ts';

/**
 * The front end of a board's REPL: it follows which mode the interpreter's own REPL is in and does
 * raw-paste mode itself, because the WebAssembly build hangs in its own (it defines mp_hal_stdin_rx_chr()
 * as 0). Protocol: MicroPython docs/reference/repl.rst and shared/runtime/pyexec.c (do_reader_stdin).
 */
export type ReplAction =
  /** One byte for the interpreter's REPL. */
  | { kind: 'engine'; byte: number }
  /** Bytes for the line. */
  | { kind: 'send'; bytes: number[] }
  /** Complete statements have arrived: call `abort` if they do not compile. */
  | { kind: 'check'; source: string; line: number }
  /** Run this source in the raw REPL, without its `OK`. */
  | { kind: 'run'; source: Uint8Array };

export const window = 128;
/** More than this in one paste is more than the heap of a small board holds. */
export const longestPaste = 64 * 1024;

const ctrlA = 0x01;
const ctrlB = 0x02;
const ctrlC = 0x03;
const ctrlD = 0x04;
const ctrlE = 0x05;
const letterA = 0x41;
const prompt = 0x3e;
const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];

interface Paste {
  received: number[];
  credit: number;
  splitter: StatementSplitter;
  decoder: InstanceType<typeof TextDecoder>;
  checkedLines: number;
  unchecked: string;
  /** Set once the paste was given up: what follows the host's Ctrl-D. */
  aborted: ReplAction | null;
}

export class ReplFrontEnd {
  mode: 'friendly' | 'raw' | 'paste' = 'friendly';
  /** The raw REPL's line as far as it matters: its first two bytes and its length. */
  #line: number[] = [];
  #paste: Paste | null = null;

  /** The interpreter said that it is in raw mode now. */
  enterRaw(): void {
    this.mode = 'raw';
    this.#line = [];
  }

  feed(byte: number): ReplAction[] {
    if (this.mode === 'paste' && this.#paste) return this.#pasted(this.#paste, byte);
    if (this.mode === 'raw') return this.#raw(byte);
    return [{ kind: 'engine', byte }];
  }

  #raw(byte: number): ReplAction[] {
    const [first, command] = this.#line;
    const asked = byte === ctrlA && this.#line.length === 2 && first === ctrlE;
    if (byte > ctrlD || byte === 0) {
      if (this.#line.length < 3) this.#line.push(byte);
      return [{ kind: 'engine', byte }];
    }
    this.#line = [];
    if (asked) return [{ kind: 'engine', byte: ctrlC }, ...this.#startPaste(command === letterA)];
    if (byte === ctrlB) this.mode = 'friendly';
    return [{ kind: 'engine', byte }];
  }

  #startPaste(known: boolean): ReplAction[] {
    if (!known) return [{ kind: 'send', bytes: [0x52, 0x00, prompt] }];
    this.mode = 'paste';
    this.#paste = {
      received: [],
      credit: window,
      splitter: new StatementSplitter(),
      decoder: new TextDecoder(),
      checkedLines: 0,
      unchecked: '',
      aborted: null,
    };
    return [{ kind: 'send', bytes: [0x52, 0x01, window & 0xff, window >> 8, 0x01] }];
  }

  #pasted(paste: Paste, byte: number): ReplAction[] {
    if (byte === ctrlC || byte === ctrlD) {
      this.#endPaste();
      if (paste.aborted) return [paste.aborted];
      const acknowledged: ReplAction = { kind: 'send', bytes: [ctrlD] };
      if (byte === ctrlD) return [acknowledged, { kind: 'run', source: Uint8Array.from(paste.received) }];
      return [acknowledged, errorReply('KeyboardInterrupt: ')];
    }
    if (paste.aborted) return [];
    paste.received.push(byte);
    const actions: ReplAction[] = [];
    paste.credit -= 1;
    if (paste.credit === 0) {
      paste.credit = window;
      actions.push({ kind: 'send', bytes: [0x01] });
    }
    if (paste.received.length > longestPaste) {
      paste.aborted = errorReply(
        `MemoryError: memory allocation failed, allocating ${2 * longestPaste} bytes`,
      );
      return [...actions, { kind: 'send', bytes: [ctrlD] }];
    }
    const complete = completeStatements(paste, byte);
    return complete ? [...actions, complete] : actions;
  }

  /** What was handed out by `check` does not compile: tell the host to stop, and run it once it has. */
  abort(check: { source: string; line: number }): ReplAction[] {
    if (!this.#paste) return [];
    const padded = `${'\n'.repeat(check.line)}${check.source}`;
    this.#paste.aborted = { kind: 'run', source: new TextEncoder().encode(padded) };
    return [{ kind: 'send', bytes: [ctrlD] }];
  }

  #endPaste(): void {
    this.mode = 'raw';
    this.#line = [];
    this.#paste = null;
  }
}

function completeStatements(paste: Paste, byte: number): ReplAction | null {
  for (const character of paste.decoder.decode(Uint8Array.of(byte), { stream: true })) {
    paste.unchecked += paste.splitter.add(character) ?? '';
  }
  if (paste.unchecked.length < window) return null;
  const source = paste.unchecked;
  const line = paste.checkedLines;
  paste.unchecked = '';
  paste.checkedLines += source.split('\n').length - 1;
  return { kind: 'check', source, line };
}

/** The two fields of a command that printed nothing and failed, and the prompt. */
const errorReply = (text: string): ReplAction => ({
  kind: 'send',
  bytes: [ctrlD, ...ascii(`${text}\r\n`), ctrlD, prompt],
});
