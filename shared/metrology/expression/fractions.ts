import { absolute, add, divide, multiply, negate, type Rational, rational, subtract } from '../rational.ts';
import type { Arithmetic } from './evaluate.ts';

/** What has no exact fraction: an irrational function, pi, a power that is not whole, a number of absurd size. */
export class NotAFraction extends Error {
  override readonly name = 'NotAFraction';
}

const largestPower = 64n;
// A chain of powers or fractions may double its digits at every step; floats take over before that costs seconds.
const longestDigits = 1n << 4096n;

export function kept(a: Rational): Rational {
  if (a.under > longestDigits || a.over > longestDigits || -a.over > longestDigits) throw new NotAFraction();
  return a;
}

/** a^n for a whole n of modest size. */
export function wholePower(a: Rational, n: bigint): Rational {
  const size = n < 0n ? -n : n;
  if (size > largestPower) throw new NotAFraction();
  const raised = rational(a.over ** size, a.under ** size);
  return kept(n < 0n ? divide(rational(1n), raised) : raised);
}

export const fractions: Arithmetic<Rational> = {
  number: (exact) => exact,
  pi: () => {
    throw new NotAFraction();
  },
  negate,
  add: (a, b) => kept(add(a, b)),
  subtract: (a, b) => kept(subtract(a, b)),
  multiply: (a, b) => kept(multiply(a, b)),
  divide: (a, b) => kept(divide(a, b)),
  power: (a, b) => {
    if (b.under !== 1n) throw new NotAFraction();
    return wholePower(a, b.over);
  },
  call: (name, a) => {
    if (name !== 'abs') throw new NotAFraction();
    return absolute(a);
  },
};
