import { fromDecimal } from '../rational.ts';
import { isFunction } from './functions.ts';
import type { Node, Operation } from './node.ts';
import { ExpressionError, type Token, tokens } from './tokens.ts';

const deepest = 200;
const sums: Readonly<Record<string, Operation>> = { '+': 'add', '-': 'subtract' };
const products: Readonly<Record<string, Operation>> = { '*': 'multiply', '/': 'divide' };

/** The tree of a formula. A power binds before a minus sign (-2^2 is -4) and from the right (2^3^2 is 2^9). */
export function parse(text: string): Node {
  const all = tokens(text);
  const reader: Reader = { all, at: 0, depth: 0 };
  const node = sum(reader);
  const rest = peek(reader);
  if (rest.kind === 'end') return node;
  throw new ExpressionError(unexpected(rest), rest.position);
}

interface Reader {
  readonly all: readonly Token[];
  at: number;
  depth: number;
}

const theEnd: Token = { kind: 'end', text: '', position: 0 };
const peek = (reader: Reader): Token => reader.all[reader.at] ?? reader.all.at(-1) ?? theEnd;

function take(reader: Reader): Token {
  const token = peek(reader);
  reader.at += 1;
  return token;
}

function unexpected({ kind, text }: Token): string {
  if (kind === 'end') return 'the formula ends too early';
  if (text === ',') return 'a comma stands only between the arguments of pow; decimals have a point';
  return `"${text}" is not expected here`;
}

function expectSign(reader: Reader, sign: string): void {
  const token = take(reader);
  if (token.kind !== 'sign' || token.text !== sign) {
    throw new ExpressionError(`"${sign}" is missing: ${unexpected(token)}`, token.position);
  }
}

/** Brackets, powers and signs nest; a formula of ten thousand brackets must not exhaust the stack. */
function nested(reader: Reader, read: (reader: Reader) => Node): Node {
  reader.depth += 1;
  if (reader.depth > deepest) {
    throw new ExpressionError(`nested deeper than ${deepest} levels`, peek(reader).position);
  }
  const node = read(reader);
  reader.depth -= 1;
  return node;
}

function chain(reader: Reader, signs: Readonly<Record<string, Operation>>, part: (r: Reader) => Node): Node {
  let left = part(reader);
  for (let kind = signOf(reader, signs); kind !== null; kind = signOf(reader, signs)) {
    reader.at += 1;
    left = { kind, left, right: part(reader) };
  }
  return left;
}

function signOf(reader: Reader, signs: Readonly<Record<string, Operation>>): Operation | null {
  const token = peek(reader);
  return token.kind === 'sign' ? (signs[token.text] ?? null) : null;
}

const sum = (reader: Reader): Node => chain(reader, sums, product);
const product = (reader: Reader): Node => chain(reader, products, signed);

function signed(reader: Reader): Node {
  const { kind, text } = peek(reader);
  if (kind !== 'sign' || (text !== '-' && text !== '+')) return power(reader);
  reader.at += 1;
  const of = nested(reader, signed);
  return text === '-' ? { kind: 'negate', of } : of;
}

function power(reader: Reader): Node {
  const left = operand(reader);
  const { kind, text } = peek(reader);
  if (kind !== 'sign' || text !== '^') return left;
  reader.at += 1;
  return { kind: 'power', left, right: nested(reader, signed) };
}

function operand(reader: Reader): Node {
  const token = take(reader);
  if (token.kind === 'number') return numberOf(token);
  if (token.kind === 'name') return named(reader, token);
  if (token.kind !== 'sign' || token.text !== '(')
    throw new ExpressionError(unexpected(token), token.position);
  const inside = nested(reader, sum);
  expectSign(reader, ')');
  return inside;
}

function numberOf({ text, position }: Token): Node {
  const float = Number(text);
  if (!Number.isFinite(float)) throw new ExpressionError(`${text} is too large`, position);
  try {
    return { kind: 'number', exact: fromDecimal(text), float };
  } catch (error) {
    if (error instanceof RangeError) throw new ExpressionError(`${text} cannot be read exactly`, position);
    throw error;
  }
}

function named(reader: Reader, { text, position }: Token): Node {
  const next = peek(reader);
  if (next.kind !== 'sign' || next.text !== '(')
    return text === 'pi' ? { kind: 'pi' } : { kind: 'name', name: text };
  if (text !== 'pow' && !isFunction(text))
    throw new ExpressionError(`there is no function "${text}"`, position);
  reader.at += 1;
  const of = nested(reader, sum);
  if (text === 'pow') expectSign(reader, ',');
  const node: Node =
    text === 'pow'
      ? { kind: 'power', left: of, right: nested(reader, sum) }
      : { kind: 'call', name: text, of };
  expectSign(reader, ')');
  return node;
}
