/** A word, a mark, or text in quotation marks, and where it stands. */
export interface Token {
  kind: 'word' | 'mark' | 'text' | 'end';
  text: string;
  line: number;
  column: number;
}

/** What is wrong with the text view of rules, and where. */
export class TextError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, { line, column }: Pick<Token, 'line' | 'column'>) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

const shapes = /(?<space>\s+|#[^\n]*)|(?<text>"(?:[^"\\\n]|\\.)*")|(?<mark>[(),])|(?<word>[^\s(),"#]+)/y;

const readText = (quoted: string): string | null => {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return null;
  }
};

/** The tokens of a text; `#` begins a remark to the end of the line. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;
  const place = () => ({ line, column: at - lineStart + 1 });
  while (at < text.length) {
    shapes.lastIndex = at;
    const match = shapes.exec(text);
    const { space, text: quoted, mark, word } = match?.groups ?? {};
    if (match === null) throw new TextError('a quotation mark is not closed', place());
    const said = quoted === undefined ? (mark ?? word ?? '') : readText(quoted);
    if (said === null) throw new TextError('this text in quotation marks cannot be read', place());
    const kind = quoted === undefined ? (mark === undefined ? 'word' : 'mark') : 'text';
    if (space === undefined) tokens.push({ kind, text: said, ...place() });
    for (let i = at; i < shapes.lastIndex; i += 1) {
      if (text[i] !== '\n') continue;
      line += 1;
      lineStart = i + 1;
    }
    at = shapes.lastIndex;
  }
  tokens.push({ kind: 'end', text: '', ...place() });
  return tokens;
}

/** Reads tokens one after another. */
export interface Reader {
  /** The next token is this word or mark: takes it. */
  take(...words: string[]): boolean;
  /** Looks, and takes nothing. */
  sees(...words: string[]): boolean;
  /** Takes these words or complains. */
  demand(...words: string[]): void;
  /** Takes any word, or text in quotation marks where that may stand there. */
  word(what: string): string;
  /** Takes text in quotation marks where there is some. */
  text(): string | undefined;
  whole(what: string): number;
  fail(message: string): never;
  /** What stands there, in words. */
  here(): string;
  /** A whole number stands there, and then this word. */
  number(then: string): boolean;
  /** What is read, or null and nothing taken where it does not fit. */
  attempt<T>(reading: () => T): T | null;
  readonly ended: boolean;
  /** How many tokens are taken. */
  readonly at: number;
}

export function readerOf(tokens: readonly Token[]): Reader {
  let next = 0;
  const token = (offset = 0): Token => {
    const found = tokens[Math.min(next + offset, tokens.length - 1)];
    return found ?? { kind: 'end', text: '', line: 1, column: 1 };
  };
  const fail = (message: string): never => {
    throw new TextError(message, token());
  };
  const here = (): string => (token().kind === 'end' ? 'the text ends' : `here stands "${token().text}"`);
  const sees = (...words: string[]): boolean =>
    words.every((word, n) => {
      const { kind, text } = token(n);
      return (kind === 'word' || kind === 'mark') && text === word;
    });
  const take = (...words: string[]): boolean => {
    if (!sees(...words)) return false;
    next += words.length;
    return true;
  };
  const word = (what: string): string => {
    const { kind, text } = token();
    if (kind !== 'word' && kind !== 'text') fail(`${what} is missing: ${here()}`);
    next += 1;
    return text;
  };
  return {
    take,
    sees,
    fail,
    word,
    demand(...words) {
      if (!take(...words)) fail(`"${words.join(' ')}" is missing: ${here()}`);
    },
    here,
    number: (then) => /^\d+$/.test(token().text) && token(1).text === then,
    attempt(reading) {
      const from = next;
      try {
        return reading();
      } catch (thrown) {
        if (!(thrown instanceof TextError)) throw thrown;
        next = from;
        return null;
      }
    },
    text: () => (token().kind === 'text' ? word('a text') : undefined),
    whole(what) {
      const said = /^\d{1,6}$/.test(token().text) ? word(what) : fail(`${what} is missing: ${here()}`);
      return Number(said);
    },
    get at() {
      return next;
    },
    get ended() {
      return token().kind === 'end';
    },
  };
}
