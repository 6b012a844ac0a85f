import { normaliseDecimal, powerOfTen } from '../../units/units.ts';
import {
  add,
  fromDecimal,
  multiply,
  type Rational,
  rational,
  significantPlaces,
  subtract,
  toPlaces,
  toSignificant,
} from '../rational.ts';
import { finite } from '../request.ts';
import { squareRootText } from '../square-root.ts';

/** `0.00625000` is `0.00625`: the figures are exact or end at the asked digit, so closing zeros say nothing. */
export const dropZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** Plain decimal text of at most `digits` significant digits, never with an exponent. */
export const valueText = (value: Rational, digits: number): string => dropZeros(toSignificant(value, digits));

/** The square root of a value that is not negative, correctly rounded. */
export const rootText = (square: Rational, digits: number): string =>
  dropZeros(squareRootText(square, digits));

/** What was computed in floating point (quantiles, probabilities), to the digits that it is good for. */
export const floatText = (value: number, digits = 11): string =>
  dropZeros(normaliseDecimal(finite(value).toPrecision(digits)));

/** The nearest double; overflow is Infinity. */
export const toNumber = (value: Rational): number => Number(toSignificant(value, 20));

/** A double as the fraction of its shortest text. */
export const fromNumber = (value: number): Rational => fromDecimal(String(finite(value)));

/** The value of plain decimal text of our own, however long: `fromDecimal` caps what others send. */
export function fromPlain(text: string): Rational {
  const [whole = '', fraction = ''] = text.split('.');
  return rational(BigInt(whole + fraction), powerOfTen(fraction.length));
}

/** value - k u and value + k u, on the place of the tenth digit of k u: k is good for that. */
export function intervalText(value: Rational, k: number, u: string): { lower: string; upper: string } {
  const half = multiply(fromNumber(k), fromPlain(u));
  const places = half.over === 0n ? 30 : significantPlaces(half, 10);
  const text = (end: Rational): string => dropZeros(toPlaces(end, places));
  return { lower: text(subtract(value, half)), upper: text(add(value, half)) };
}

/** 10^exponent, exact. */
export const powerOfTenFraction = (exponent: number): Rational =>
  exponent >= 0 ? rational(powerOfTen(exponent)) : rational(1n, powerOfTen(-exponent));
