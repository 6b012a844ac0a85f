import { one, type Rational, zero } from '../rational.ts';
import { duals } from './duals.ts';
import { type Arithmetic, evaluate } from './evaluate.ts';
import { exactDuals } from './exact-duals.ts';
import { floats } from './floats.ts';
import { fractions, NotAFraction } from './fractions.ts';
import type { Node } from './node.ts';
import { parse } from './parse.ts';
import { ExpressionError } from './tokens.ts';

export { ExpressionError };

type At<T> = Readonly<Record<string, T>>;
export interface Gradient<T> {
  readonly value: T;
  /** The slope by each name of the formula. */
  readonly by: At<T>;
}

/**
 * A formula over names. Floats are NaN or infinite outside a function's domain; the exact forms are null where a
 * function, pi or a power that is not whole is in it. A name without a value is a RangeError, an exact division by
 * zero too.
 */
export interface Expression {
  /** The formula as it was written. */
  readonly text: string;
  /** The names in it, each once, in the order of the text. */
  readonly names: readonly string[];
  value(at: At<number>): number;
  gradient(at: At<number>): Gradient<number>;
  exact(at: At<Rational>): Rational | null;
  exactGradient(at: At<Rational>): Gradient<Rational> | null;
  over<T>(arithmetic: Arithmetic<T>, named: (name: string) => T): T;
}

/**
 * Reads a formula: + - * / ^ ( ), decimal numbers with an exponent, pi, pow(x, y) and the functions of
 * functions.ts. Nothing of it is ever run as a program. Throws ExpressionError.
 */
export function parseExpression(text: string): Expression {
  const node = parse(text);
  const names = namesIn(node);
  const over = <T>(arithmetic: Arithmetic<T>, named: (name: string) => T): T =>
    evaluate(node, arithmetic, named);
  /** A name as a value with slope 1 by itself. */
  const leaf =
    <T>(at: At<T>, nothing: T, unit: T) =>
    (name: string) => ({
      value: given(at, name),
      by: names.map((other) => (other === name ? unit : nothing)),
    });
  const named = <T>({ value, by }: { value: T; by: readonly T[] }): Gradient<T> => ({
    value,
    by: Object.fromEntries(names.flatMap((name, i) => (by[i] === undefined ? [] : [[name, by[i]]]))),
  });
  return {
    text,
    names,
    over,
    value: (at) => over(floats, (name) => given(at, name)),
    gradient: (at) => named(over(duals(names.length), leaf(at, 0, 1))),
    exact: (at) => orNull(() => over(fractions, (name) => given(at, name))),
    exactGradient: (at) => orNull(() => named(over(exactDuals(names.length), leaf(at, zero, one)))),
  };
}

function given<T>(at: At<T>, name: string): T {
  const value = Object.hasOwn(at, name) ? at[name] : undefined;
  if (value === undefined) throw new RangeError(`"${name}" has no value`);
  return value;
}

function orNull<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotAFraction) return null;
    throw error;
  }
}

function namesIn(node: Node): string[] {
  const found = new Set<string>();
  const visit = (at: Node): void => {
    if (at.kind === 'name') found.add(at.name);
    if ('of' in at) visit(at.of);
    if ('left' in at) {
      visit(at.left);
      visit(at.right);
    }
  };
  visit(node);
  return [...found];
}
