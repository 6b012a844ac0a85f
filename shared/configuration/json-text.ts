// JSON as it stands in a file. JSON.parse would lose what a difference must show: a number's own digits (1, 1.0 and
// 1e0; 2^53 + 1) and a key that is there twice (RFC 8259 §4: what a reader makes of it "is unpredictable").

export type Json =
  | { readonly kind: 'word'; readonly text: 'null' | 'true' | 'false' }
  /** Its digits as they were written. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  /** In the order of the file. */
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Json> };

/** Why bytes cannot be compared value by value. */
export interface NotJson {
  readonly why: string;
}

/** A configuration is a few levels deep; what a unit holds may be anything. */
const deepest = 32;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const space = /[ \t\n\r]*/y;
const word = /null|true|false/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const string = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

export function parseJson(bytes: Uint8Array): Json | NotJson {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return { why: 'it is not UTF-8' };
  }
  if (text.startsWith('\u{feff}')) return { why: 'it begins with a byte order mark' };
  try {
    return new Reader(text).document();
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { why: thrown.message };
    throw thrown;
  }
}

export const isJson = (read: Json | NotJson): read is Json => 'kind' in read;

class Unreadable extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value(0);
    if (this.#at < this.#text.length) throw new Unreadable('something follows after its JSON');
    return value;
  }

  /** A value with the space around it. */
  #value(depth: number): Json {
    if (depth > deepest) throw new Unreadable('it is nested too deeply');
    this.#take(space);
    const value = this.#bare(depth);
    this.#take(space);
    return value;
  }

  #bare(depth: number): Json {
    const first = this.#text[this.#at];
    if (first === '{') return { kind: 'object', members: this.#members(depth) };
    if (first === '[') return { kind: 'list', items: this.#items(depth) };
    if (first === '"') return { kind: 'string', value: this.#string() };
    const name = this.#take(word);
    if (name !== null) return { kind: 'word', text: name as 'null' };
    const digits = this.#take(number);
    if (digits === null) throw new Unreadable('it is not JSON');
    return { kind: 'number', text: digits };
  }

  #items(depth: number): Json[] {
    const items: Json[] = [];
    this.#list(']', () => items.push(this.#value(depth + 1)));
    return items;
  }

  #members(depth: number): Map<string, Json> {
    const members = new Map<string, Json>();
    this.#list('}', () => {
      this.#take(space);
      const key = this.#string();
      if (members.has(key)) throw new Unreadable('it has the same key twice');
      this.#take(space);
      this.#expect(':');
      members.set(key, this.#value(depth + 1));
    });
    return members;
  }

  #list(end: string, entry: () => void): void {
    this.#at += 1;
    this.#take(space);
    if (this.#text[this.#at] !== end) {
      entry();
      while (this.#text[this.#at] === ',') {
        this.#at += 1;
        entry();
      }
    }
    this.#expect(end);
  }

  #string(): string {
    const quoted = this.#take(string);
    if (quoted === null) throw new Unreadable('it is not JSON');
    try {
      return JSON.parse(quoted) as string;
    } catch {
      throw new Unreadable('it holds a control character');
    }
  }

  #expect(letter: string): void {
    if (this.#text[this.#at] !== letter) throw new Unreadable('it is not JSON');
    this.#at += 1;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }
}

/** One text for one value: keys in order, no space, numbers as they were written. Equal texts are equal values. */
export function canonicalText(value: Json): string {
  return written(value, (members) => members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A file of this value, its keys in their own order. */
export const fileOf = (value: Json): Uint8Array =>
  new TextEncoder().encode(written(value, (members) => members));

type Members = [key: string, value: Json][];

function written(value: Json, order: (members: Members) => Members): string {
  switch (value.kind) {
    case 'word':
    case 'number':
      return value.text;
    case 'string':
      return JSON.stringify(value.value);
    case 'list':
      return `[${value.items.map((item) => written(item, order)).join(',')}]`;
    case 'object': {
      const members = order([...value.members]);
      return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${written(member, order)}`).join(',')}}`;
    }
  }
}
