const continues = /^(elif|else|except|finally)\b/;

/**
 * Cuts Python source that arrives piece by piece into runs of complete top-level statements, so that each
 * can be compiled on its own while the rest is still on its way. It knows just enough of Python's lexis:
 * strings, comments, brackets and continued lines.
 */
export class StatementSplitter {
  /** The complete statements so far. */
  #whole = '';
  /** The logical line that is being read. */
  #line = '';
  /** The quote of the string that is being read; empty outside of strings. */
  #quote = '';
  /** How many quotes opened it, while it is not yet known whether they are one, two (an empty string) or three. */
  #opening = 0;
  /** How many quotes in a row close it, and how many of them have been seen. */
  #width = 1;
  #closing = 0;
  #escaped = false;
  #comment = false;
  #depth = 0;

  /** Adds one character; gives the statements before the logical line that it completed, where a new one begins there. */
  add(character: string): string | null {
    this.#line += character;
    const escaped = this.#escaped;
    this.#escaped = false;
    if (this.#quote !== '') this.#inString(character, escaped);
    else this.#inCode(character);
    const ended = character === '\n' && this.#quote === '' && this.#depth <= 0 && !escaped;
    return ended ? this.#endLine() : null;
  }

  #inString(character: string, escaped: boolean): void {
    if (this.#opening > 0) {
      this.#inOpening(character);
      return;
    }
    const closes = !escaped && character === this.#quote;
    this.#closing = closes ? this.#closing + 1 : 0;
    if (!escaped && character === '\\') this.#escaped = true;
    // A string in single quotes that is not closed on its line is an error; the compiler will say so.
    const broken = character === '\n' && !escaped && this.#width === 1;
    if (this.#closing === this.#width || broken) this.#quote = '';
  }

  #inOpening(character: string): void {
    if (character === this.#quote) {
      this.#opening += 1;
      if (this.#opening < 3) return;
      this.#width = 3;
      this.#opening = 0;
      return;
    }
    const empty = this.#opening === 2;
    this.#opening = 0;
    if (empty) {
      this.#quote = '';
      this.#inCode(character);
    } else this.#inString(character, false);
  }

  #inCode(character: string): void {
    if (character === '\n') this.#comment = false;
    else if (this.#comment) return;
    else if (character === '#') this.#comment = true;
    else if (character === '\\') this.#escaped = true;
    else if ('([{'.includes(character)) this.#depth += 1;
    else if (')]}'.includes(character)) this.#depth -= 1;
    else if (character === '"' || character === "'") {
      this.#quote = character;
      this.#opening = 1;
      this.#width = 1;
      this.#closing = 0;
    }
  }

  #endLine(): string | null {
    const line = this.#line;
    this.#line = '';
    this.#depth = 0;
    const begins = /^[^\s#]/.test(line) && !continues.test(line) && !/(^|\n)@[^\n]*\n$/.test(this.#whole);
    if (!begins || this.#whole.trim() === '') {
      this.#whole += line;
      return null;
    }
    const complete = this.#whole;
    this.#whole = line;
    return complete;
  }
}
