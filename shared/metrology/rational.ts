import {
  type Decimal,
  divideRounded,
  formatDecimal,
  parseDecimal,
  powerOfTen,
  type Rounding,
} from '../units/units.ts';
import { greatestCommonDivisor } from './divisor.ts';

/** An exact fraction in lowest terms, denominator above zero; so equal numbers are equal field by field. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

export const zero: Rational = { over: 0n, under: 1n };
export const one: Rational = { over: 1n, under: 1n };

/** over / under, reduced. Throws RangeError for a zero denominator. */
export function rational(over: bigint, under = 1n): Rational {
  if (under === 0n) throw new RangeError('division by zero');
  const divisor = greatestCommonDivisor(over, under) * (under < 0n ? -1n : 1n);
  return { over: over / divisor, under: under / divisor };
}

/** The exact value of decimal text (`parseDecimal`). */
export function fromDecimal(text: string): Rational {
  const { digits, places }: Decimal = parseDecimal(text);
  return rational(digits, powerOfTen(places));
}

export const add = (a: Rational, b: Rational): Rational =>
  rational(a.over * b.under + b.over * a.under, a.under * b.under);
export const negate = (a: Rational): Rational => ({ over: -a.over, under: a.under });
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));
export const multiply = (a: Rational, b: Rational): Rational => rational(a.over * b.over, a.under * b.under);
/** a / b; throws RangeError where b is zero. */
export const divide = (a: Rational, b: Rational): Rational => rational(a.over * b.under, a.under * b.over);
export const absolute = (a: Rational): Rational => (a.over < 0n ? negate(a) : a);
export const square = (a: Rational): Rational => multiply(a, a);

export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.over * b.under - b.over * a.under;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}
export const isAtMost = (a: Rational, b: Rational): boolean => compare(a, b) <= 0;
export const larger = (a: Rational, b: Rational): Rational => (compare(a, b) < 0 ? b : a);

/** a x 10^places, rounded to a whole number. */
const scaledWhole = (a: Rational, places: number, mode: Rounding): bigint =>
  places >= 0
    ? divideRounded(a.over * powerOfTen(places), a.under, mode)
    : divideRounded(a.over, a.under * powerOfTen(-places), mode);

/** The plain text of whole x 10^-places; negative places become zeros before the point. */
const shown = (whole: bigint, places: number): string =>
  places >= 0
    ? formatDecimal({ digits: whole, places })
    : formatDecimal({ digits: whole * powerOfTen(-places), places: 0 });

/** Decimal text rounded at `places` decimal places; -2 rounds to hundreds. */
export const toPlaces = (a: Rational, places: number, mode: Rounding = 'half-even'): string =>
  shown(scaledWhole(a, places, mode), places);

/** 10^n <= |a| < 10^(n+1); a is not zero. */
export function decimalExponent(a: Rational): number {
  const { over, under } = absolute(a);
  const reaches = (exponent: number): boolean =>
    exponent >= 0 ? over >= under * powerOfTen(exponent) : over * powerOfTen(-exponent) >= under;
  // From the lengths in hex, which cost far less to find than those in tens.
  const bits = 4 * (over.toString(16).length - under.toString(16).length);
  let exponent = Math.floor(bits * Math.LOG10E * Math.LN2);
  while (!reaches(exponent)) exponent -= 1;
  while (reaches(exponent + 1)) exponent += 1;
  return exponent;
}

/**
 * The decimal places at which a number that is not zero shows `digits` significant digits after rounding. Rounding
 * may carry into the next power of ten (0.9996 -> 1.00), which would otherwise show one digit too many.
 */
export function significantPlaces(a: Rational, digits: number, mode: Rounding = 'half-even'): number {
  const places = digits - 1 - decimalExponent(a);
  const whole = scaledWhole(absolute(a), places, mode);
  return whole === powerOfTen(digits) ? places - 1 : places;
}

/**
 * Decimal text with `digits` significant digits, no exponent: 2/3 to four is `0.6667`, 0.9996 to three is `1.00`,
 * 98765 to three is `98800`. Zero is `0`.
 */
export const toSignificant = (a: Rational, digits: number, mode: Rounding = 'half-even'): string =>
  a.over === 0n ? '0' : toPlaces(a, significantPlaces(a, digits, mode), mode);

/** Decimal text rounded to at most `most` places, with trailing zeros dropped down to `least` places. */
export function toTrimmed(a: Rational, least: number, most: number, mode: Rounding = 'half-even'): string {
  let places = most;
  let whole = scaledWhole(a, most, mode);
  while (places > least && whole % 10n === 0n) {
    whole /= 10n;
    places -= 1;
  }
  return formatDecimal({ digits: whole, places });
}
