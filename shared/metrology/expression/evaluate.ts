import type { Rational } from '../rational.ts';
import type { FunctionName } from './functions.ts';
import type { Node } from './node.ts';

/** What a formula is evaluated over: floats, exact fractions, either with slopes, truncated power series. */
export interface Arithmetic<T> {
  number(exact: Rational, float: number): T;
  pi(): T;
  negate(a: T): T;
  add(a: T, b: T): T;
  subtract(a: T, b: T): T;
  multiply(a: T, b: T): T;
  divide(a: T, b: T): T;
  power(a: T, b: T): T;
  call(name: FunctionName, a: T): T;
}

/** The value of a formula. `named` gives the value of a name. */
export function evaluate<T>(node: Node, arithmetic: Arithmetic<T>, named: (name: string) => T): T {
  const value = (of: Node): T => evaluate(of, arithmetic, named);
  switch (node.kind) {
    case 'number':
      return arithmetic.number(node.exact, node.float);
    case 'pi':
      return arithmetic.pi();
    case 'name':
      return named(node.name);
    case 'negate':
      return arithmetic.negate(value(node.of));
    case 'call':
      return arithmetic.call(node.name, value(node.of));
    default:
      return arithmetic[node.kind](value(node.left), value(node.right));
  }
}
