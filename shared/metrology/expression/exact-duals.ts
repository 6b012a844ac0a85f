import { add, divide, multiply, negate, type Rational, rational, subtract, zero } from '../rational.ts';
import type { Arithmetic } from './evaluate.ts';
import { fractions, kept, NotAFraction, wholePower } from './fractions.ts';

/** An exact value and its exact slope by each of the names, in their order. */
export interface ExactDual {
  readonly value: Rational;
  readonly by: readonly Rational[];
}

/** p a' + q b'; most slopes of a long formula are zero, and a factor of one needs no work. */
const mixed = (a: ExactDual, p: Rational, b: ExactDual, q: Rational): readonly Rational[] =>
  a.by.map((slope, i) => plain(times(slope, p), times(b.by[i] ?? zero, q)));
const times = (slope: Rational, factor: Rational): Rational =>
  slope.over === 0n || factor === plus ? slope : kept(multiply(slope, factor));
const plain = (x: Rational, y: Rational): Rational =>
  x.over === 0n ? y : y.over === 0n ? x : kept(add(x, y));
const plus = rational(1n);
const minus = rational(-1n);

/** Exact duals of `count` names; throws NotAFraction where `fractions` does, and where a slope is none. */
export function exactDuals(count: number): Arithmetic<ExactDual> {
  const still = Array.from({ length: count }, () => zero);
  return {
    number: (exact) => ({ value: exact, by: still }),
    pi: () => {
      throw new NotAFraction();
    },
    negate: (a) => ({ value: negate(a.value), by: a.by.map(negate) }),
    add: (a, b) => ({ value: fractions.add(a.value, b.value), by: mixed(a, plus, b, plus) }),
    subtract: (a, b) => ({ value: subtract(a.value, b.value), by: mixed(a, plus, b, minus) }),
    multiply: (a, b) => ({
      value: fractions.multiply(a.value, b.value),
      by: mixed(a, b.value, b, a.value),
    }),
    divide: (a, b) => {
      const value = fractions.divide(a.value, b.value);
      const each = divide(plus, b.value);
      return { value, by: mixed(a, each, b, negate(multiply(value, each))) };
    },
    power: (a, b) => {
      if (b.by.some((slope) => slope.over !== 0n)) throw new NotAFraction();
      const value = fractions.power(a.value, b.value);
      if (b.value.over === 0n) return { value, by: still };
      const slope = multiply(b.value, wholePower(a.value, b.value.over - 1n));
      return { value, by: a.by.map((by) => multiply(by, slope)) };
    },
    call: (name, a) => {
      const value = fractions.call(name, a.value);
      if (value.over === 0n) throw new NotAFraction();
      return { value, by: a.value.over < 0n ? a.by.map(negate) : a.by };
    },
  };
}
