import { valueText } from '../../fit/text.ts';
import { fromDecimal, type Rational, rational } from '../../rational.ts';

/**
 * A long binary number whole x 2^exponent with up to `precision` bits (about 77 decimal digits). Fits that are not
 * linear pass through exp, log and the like, where fractions cannot stay exact and doubles lose what is asked for
 * (NIST StRD Lanczos1, Bennett5); with these the rounding lies far behind the last digit that is shown.
 */
export interface Real {
  readonly whole: bigint;
  readonly exponent: number;
}

export const precision = 256;
/** Beyond this power of two a number is refused, so that shifts stay affordable. */
const exponentLimit = 2 ** 30;

export const nought: Real = { whole: 0n, exponent: 0 };

/** Bits of |n|, right to one. */
function bits(n: bigint): number {
  const size = Math.abs(Number(n));
  if (size < Number.POSITIVE_INFINITY) return size === 0 ? 0 : Math.floor(Math.log2(size)) + 1;
  return (n < 0n ? -n : n).toString(16).length * 4;
}

/** The number whole x 2^exponent, cut to `precision` bits. Throws RangeError where it is too large or too small. */
export function real(whole: bigint, exponent: number): Real {
  if (whole === 0n) return nought;
  const excess = bits(whole) - precision;
  const shift = Math.max(0, excess);
  if (Math.abs(exponent + shift) > exponentLimit) throw new RangeError('a number is out of range');
  return shift === 0 ? { whole, exponent } : { whole: whole >> BigInt(shift), exponent: exponent + shift };
}

/** Highest power of two in a, right to one. */
export const magnitude = (a: Real): number =>
  a.whole === 0n ? Number.NEGATIVE_INFINITY : a.exponent + bits(a.whole);

export const fromWhole = (whole: bigint | number): Real => real(BigInt(whole), 0);
export const unit: Real = fromWhole(1);

/** The exact value of a double. Throws RangeError for NaN and infinities. */
export function fromNumber(value: number): Real {
  if (!Number.isFinite(value)) throw new RangeError('a number is not finite');
  if (value === 0) return nought;
  let exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(value))) - 53);
  // 2^1074 is no double, so the smallest numbers are scaled in two steps.
  const half = Math.trunc(-exponent / 2);
  let scaled = value * 2 ** half * 2 ** (-exponent - half);
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent -= 1;
  }
  return real(BigInt(scaled), exponent);
}

export function fromRational({ over, under }: Rational): Real {
  if (over === 0n) return nought;
  const shift = Math.max(0, precision + 8 - bits(over) + bits(under));
  return real((over << BigInt(shift)) / under, -shift);
}

/** Decimal text, to the last bit. */
export const fromText = (text: string): Real => fromRational(fromDecimal(text));

export const toRational = ({ whole, exponent }: Real): Rational =>
  exponent >= 0 ? rational(whole << BigInt(exponent)) : rational(whole, 1n << BigInt(-exponent));

/** The nearest double, right to its last bit or so; infinite or zero beyond the range of doubles. */
export function toNumber({ whole, exponent }: Real): number {
  const shift = Math.max(0, bits(whole) - 64);
  const scale = exponent + shift;
  const half = Math.trunc(scale / 2);
  return Number(whole >> BigInt(shift)) * 2 ** half * 2 ** (scale - half);
}

export const negative = ({ whole, exponent }: Real): Real => ({ whole: -whole, exponent });
export const size = (a: Real): Real => (a.whole < 0n ? negative(a) : a);

export function plus(a: Real, b: Real): Real {
  if (a.whole === 0n) return b;
  if (b.whole === 0n) return a;
  const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a];
  const shift = high.exponent - low.exponent;
  if (shift > precision && magnitude(high) - magnitude(low) > precision + 8) return high;
  return real((high.whole << BigInt(shift)) + low.whole, low.exponent);
}
export const minus = (a: Real, b: Real): Real => plus(a, negative(b));
export const times = (a: Real, b: Real): Real => real(a.whole * b.whole, a.exponent + b.exponent);

/** a / b; throws RangeError where b is zero. */
export function over(a: Real, b: Real): Real {
  if (b.whole === 0n) throw new RangeError('division by zero');
  const shift = Math.max(0, precision + 8 - bits(a.whole) + bits(b.whole));
  return real((a.whole << BigInt(shift)) / b.whole, a.exponent - shift - b.exponent);
}

export const doubled = (a: Real, powers: number): Real => real(a.whole, a.exponent + powers);

export function compareReal(a: Real, b: Real): -1 | 0 | 1 {
  const { whole } = minus(a, b);
  if (whole === 0n) return 0;
  return whole < 0n ? -1 : 1;
}

/** The nearest whole number; halves away from zero. */
export function nearestWhole({ whole, exponent }: Real): bigint {
  if (exponent >= 0) return whole << BigInt(exponent);
  const half = 1n << BigInt(-exponent - 1);
  const rounded = ((whole < 0n ? -whole : whole) + half) >> BigInt(-exponent);
  return whole < 0n ? -rounded : rounded;
}

/** Text has this many places at most; what lies beyond is no result of a measurement. */
const textLimit = 1400;

/** Plain decimal text of at most `digits` significant digits. Throws RangeError far beyond the range of doubles. */
export function realText(a: Real, digits: number): string {
  if (a.whole !== 0n && Math.abs(magnitude(a)) > textLimit) throw new RangeError('a result is out of range');
  return valueText(toRational(a), digits);
}
