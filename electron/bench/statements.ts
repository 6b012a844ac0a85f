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
  #quote = '';
  #escaped = false;
  #comment = false;
  #depth = 0;

  /** Adds one character; gives the statements before the logical line that it completed, where a new one begins there. */
  add(character: string): string | null {
    this.#line += character;
    if (this.#quote !== '') this.#inString(character);
    else this.#inCode(character);
    const ended = character === '\n' && this.#quote === '' && this.#depth <= 0 && !this.#escaped;
    if (character !== '\\') this.#escaped = false;
    return ended ? this.#endLine() : null;
  }

  #inString(character: string): void {
    if (this.#escaped) return;
    if (character === '\\') this.#escaped = true;
    else if (this.#line.endsWith(this.#quote)) this.#quote = '';
    // A single-quoted string that is not closed on its line is an error; the compiler will say so.
    else if (character === '\n' && this.#quote.length === 1) this.#quote = '';
  }

  #inCode(character: string): void {
    if (character === '\n') this.#comment = false;
    else if (this.#comment) return;
    else if (character === '#') this.#comment = true;
    else if (character === '\\') this.#escaped = true;
    else if ('([{'.includes(character)) this.#depth += 1;
    else if (')]}'.includes(character)) this.#depth -= 1;
    else if (character === '"' || character === "'") this.#quote = character;
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
