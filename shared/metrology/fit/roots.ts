import {
  absolute,
  add,
  divide,
  isAtMost,
  larger,
  multiply,
  negate,
  one,
  type Rational,
  rational,
  subtract,
  toSignificant,
  zero,
} from '../rational.ts';
import { fromPlain } from './text.ts';

/** Coefficients of a polynomial, from the constant upwards. */
export type Polynomial = readonly Rational[];

export const polynomialValue = (polynomial: Polynomial, x: Rational): Rational =>
  polynomial.reduceRight((sum, coefficient) => add(multiply(sum, x), coefficient), zero);

export const derivativeOf = (polynomial: Polynomial): Rational[] =>
  polynomial.slice(1).map((coefficient, k) => multiply(coefficient, rational(BigInt(k + 1))));

/** `digits` significant digits of a value: what is iterated must not grow. */
export const shortened = (value: Rational, digits: number): Rational =>
  fromPlain(toSignificant(value, digits));

const trimmed = (polynomial: Polynomial): Rational[] => {
  const last = polynomial.findLastIndex(({ over }) => over !== 0n);
  return polynomial.slice(0, last + 1);
};

/** a = quotient b + rest. */
function division(a: Polynomial, b: Polynomial): { quotient: Rational[]; rest: Rational[] } {
  let rest = trimmed(a);
  const quotient: Rational[] = [];
  const lead = b.at(-1) ?? one;
  for (let shift = rest.length - b.length; shift >= 0; shift -= 1) {
    const factor = divide(rest[shift + b.length - 1] ?? zero, lead);
    quotient.unshift(factor);
    rest = rest.map((value, k) => subtract(value, multiply(factor, b[k - shift] ?? zero)));
  }
  return { quotient, rest: trimmed(rest) };
}

/** Only signs matter to Sturm's theorem: the leading coefficient is brought to +-1, so that nothing grows. */
function sized(polynomial: Polynomial): Rational[] {
  const lead = absolute(polynomial.at(-1) ?? one);
  return polynomial.map((value) => divide(value, lead));
}

/** How many different roots a polynomial has in (from, to]: Sturm's theorem, exact. */
export function countRoots(polynomial: Polynomial, from: Rational, to: Rational): number {
  const first = trimmed(polynomial);
  const chain = [first];
  for (let next = trimmed(derivativeOf(first)); next.length > 0; ) {
    const before = chain.at(-1) ?? [];
    chain.push(next);
    next = sized(division(before, next).rest.map(negate));
  }
  // Roots that occur more than once are common to the whole chain; where one is an end of the range, nothing counts.
  const common = chain.at(-1) ?? [];
  if (common.length > 1) return countRoots(division(first, common).quotient, from, to);
  const changes = (x: Rational): number => {
    const signs = chain.map((each) => polynomialValue(each, x).over).filter((over) => over !== 0n);
    return signs.filter((over, at) => at > 0 && over < 0n !== (signs[at - 1] ?? over) < 0n).length;
  };
  return changes(from) - changes(to);
}

const mostSteps = 2000;

/**
 * The one root between two places where the polynomial has different signs: Newton's steps, or halves where those
 * leave the bracket, until a step is below `digits` digits of the range.
 */
export function rootBetween(polynomial: Polynomial, from: Rational, to: Rational, digits: number): Rational {
  let [low, high] = polynomialValue(polynomial, from).over < 0n ? [from, to] : [to, from];
  const slope = derivativeOf(polynomial);
  const kept = digits + 10;
  const enough = divide(larger(absolute(from), absolute(to)), rational(10n ** BigInt(digits + 5)));
  let x = shortened(divide(add(low, high), rational(2n)), kept);
  for (let step = 0; step < mostSteps; step += 1) {
    const value = polynomialValue(polynomial, x);
    if (value.over === 0n) return x;
    if (value.over < 0n) low = x;
    else high = x;
    const steepness = polynomialValue(slope, x);
    const newton = steepness.over === 0n ? null : subtract(x, divide(value, steepness));
    const inside = newton !== null && isBetween(newton, low, high);
    const next = shortened(inside ? newton : divide(add(low, high), rational(2n)), kept);
    if (isAtMost(absolute(subtract(next, x)), enough)) return exactly(polynomial, next, digits);
    x = next;
  }
  return x;
}

/** A root that is a short decimal is found as that. */
function exactly(polynomial: Polynomial, x: Rational, digits: number): Rational {
  const short = shortened(x, Math.min(digits, 12));
  return polynomialValue(polynomial, short).over === 0n ? short : x;
}

const isBetween = (x: Rational, a: Rational, b: Rational): boolean =>
  (isAtMost(a, x) && isAtMost(x, b)) || (isAtMost(b, x) && isAtMost(x, a));
