import { formsOf } from './forms.ts';
import { markPacked, packedReach } from './packed.ts';
import type { Secret } from './secret.ts';

export const redactedText = '«redacted»';

/** What is shorter cannot be told from other text: every third word would be taken for it. */
const shortest = 4;
/** A secret that a text was cut through is found by pieces of this length. */
const pieceOfText = 8;
/** On the wire programs cut it themselves, block by block; fewer characters than this may be left at each cut. */
const pieceOnWire = 6;

/** Pieces by their length. */
type Pieces = Map<number, Set<string>>;

function enter(pieces: Pieces, form: string, length: number): void {
  if (form.length < shortest) return;
  const size = Math.min(length, form.length);
  const set = pieces.get(size) ?? new Set();
  pieces.set(size, set);
  for (let at = 0; at + size <= form.length; at += 1) set.add(form.slice(at, at + size));
}

/** Marks what must not be shown. */
function marks(text: string, pieces: Pieces): Uint8Array {
  const marked = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    for (const [size, set] of pieces) {
      if (at + size <= text.length && set.has(text.slice(at, at + size))) marked.fill(1, at, at + size);
    }
  }
  return marked;
}

/**
 * Takes every known secret out of text that leaves the host: logs, journals, failures, the trace of a line. It knows
 * the secrets in all their forms for as long as the program runs: what was forgotten may still be in a late message.
 */
export class Redactor {
  readonly #text: Pieces = new Map();
  readonly #wire: Pieces = new Map();

  add(secret: Secret): void {
    const bytes = secret.reveal();
    if (bytes.length < shortest) return;
    for (const form of formsOf(bytes)) {
      enter(this.#text, form, pieceOfText);
      enter(this.#wire, Buffer.from(form, 'utf8').toString('latin1'), pieceOnWire);
    }
  }

  redact(text: string): string {
    if (this.#text.size === 0) return text;
    const marked = marks(text, this.#text);
    return marked.includes(1) ? shown(text, marked, false) : text;
  }

  /** Every text in a JSON value, keys too, as it is journalled or crosses a door. */
  redactValue<T>(value: T): T {
    if (this.#text.size === 0) return value;
    return this.#walk(value) as T;
  }

  /** A line of the log: JSON stays JSON. */
  redactLine(line: string): string {
    if (this.#text.size === 0) return line;
    try {
      return `${JSON.stringify(this.#walk(JSON.parse(line)))}\n`;
    } catch {
      // Whatever else writes there.
      return this.redact(line);
    }
  }

  /** For bytes that come in any pieces, one for each direction. */
  stream(): RedactingStream {
    return new RedactingStream(this.#wire);
  }

  #walk(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (Array.isArray(value)) return value.map((entry) => this.#walk(entry));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [this.redact(name), this.#walk(entry)]),
    );
  }
}

function shown(text: string, marked: Uint8Array, alreadyMarked: boolean): string {
  let result = '';
  let before = alreadyMarked;
  for (let at = 0; at < text.length; at += 1) {
    const hidden = marked[at] === 1;
    if (!hidden) result += text[at];
    else if (!before) result += redactedText;
    before = hidden;
  }
  return result;
}

/** Bytes as Latin-1 text, without secrets (also across the border of two pieces) and without what is packed. */
export class RedactingStream {
  readonly #pieces: Pieces;
  /** The last characters: what follows them may make a secret of them. */
  #held = '';
  #heldMarks = new Uint8Array();
  #endedMarked = false;

  constructor(pieces: Pieces) {
    this.#pieces = pieces;
  }

  push(bytes: Uint8Array): string {
    return this.#take(Buffer.from(bytes).toString('latin1'), packedReach);
  }

  /** What was held back; the line is quiet, or has ended. */
  end(): string {
    return this.#take('', 0);
  }

  #take(more: string, hold: number): string {
    const text = this.#held + more;
    const marked = marks(text, this.#pieces);
    markPacked(text, marked);
    marked.set(this.#heldMarks.map((mark, at) => mark | (marked[at] ?? 0)));
    const cut = Math.max(0, text.length - hold);
    const result = shown(text.slice(0, cut), marked.subarray(0, cut), this.#endedMarked);
    if (cut > 0) this.#endedMarked = marked[cut - 1] === 1;
    this.#held = text.slice(cut);
    this.#heldMarks = marked.slice(cut);
    return result;
  }
}
