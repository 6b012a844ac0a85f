import type { Rational } from '../rational.ts';
import type { FunctionName } from './functions.ts';

/** A formula as a tree. A number keeps its exact value and the nearest float. */
export type Node =
  | { readonly kind: 'number'; readonly exact: Rational; readonly float: number }
  | { readonly kind: 'pi' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate'; readonly of: Node }
  | { readonly kind: Operation; readonly left: Node; readonly right: Node }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: Node };

export type Operation = 'add' | 'subtract' | 'multiply' | 'divide' | 'power';
