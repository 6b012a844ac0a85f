/** A formula that cannot be read; `position` counts characters from 0. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly position: number;
}

const longest = 5000;
const shapes: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy],
  ['sign', /\*\*|[-+*/^(),\u2212\u00b7\u22c5\u00d7\u00f7]/y],
];

/** Signs as documents set them, and as they are read: minus, dots and cross of a product, division. */
const otherSigns: ReadonlyMap<string, string> = new Map([
  ['**', '^'],
  ['\u2212', '-'],
  ['\u00b7', '*'],
  ['\u22c5', '*'],
  ['\u00d7', '*'],
  ['\u00f7', '/'],
]);

/** The tokens of a formula, the last one being its end. `**` reads as `^`. */
export function tokens(text: string): Token[] {
  if (text.length > longest)
    throw new ExpressionError(`a formula has at most ${longest} characters`, longest);
  const found: Token[] = [];
  let position = skipBlanks(text, 0);
  while (position < text.length) {
    const token = tokenAt(text, position);
    found.push({ ...token, text: otherSigns.get(token.text) ?? token.text });
    position = skipBlanks(text, position + token.text.length);
  }
  return [...found, { kind: 'end', text: '', position }];
}

function tokenAt(text: string, position: number): Token {
  for (const [kind, shape] of shapes) {
    shape.lastIndex = position;
    const match = shape.exec(text)?.[0];
    if (match !== undefined) return { kind, text: match, position };
  }
  const odd = String.fromCodePoint(text.codePointAt(position) ?? 0);
  throw new ExpressionError(`${JSON.stringify(odd)} has no meaning in a formula`, position);
}

function skipBlanks(text: string, from: number): number {
  let position = from;
  while (/\s/.test(text.charAt(position))) position += 1;
  return position;
}
