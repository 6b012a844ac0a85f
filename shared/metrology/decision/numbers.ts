import { decimalPlaces, powerOfTen } from '../../units/units.ts';
import { fromDecimal, type Rational, rational, significantPlaces, toPlaces, toTrimmed } from '../rational.ts';
import { finite } from '../request.ts';
import { squareRootToPlaces } from '../square-root.ts';

/** Places of figures that are computed in doubles: a probability of 1e-30 is still told from none. */
const mostPlaces = 30;

/** A double as decimal text of at most `digits` significant digits, without an exponent. */
export function numberText(value: number, digits = 10): string {
  const exact = fromDecimal(finite(value).toExponential(digits - 1));
  if (exact.over === 0n) return '0';
  return toTrimmed(exact, 0, Math.min(Math.max(significantPlaces(exact, digits), 0), mostPlaces));
}

/** A probability of what one is sure to be: 1 - value keeps its digits where value is near to nothing. */
export const complementText = (value: number): string => {
  const exact = fromDecimal(numberText(value, 10));
  return toTrimmed(rational(exact.under - exact.over, exact.under), 0, mostPlaces);
};

/** All digits of a fraction that ends; null for one that does not. */
export function exactText(value: Rational): string | null {
  let [rest, places] = [value.under, 0];
  for (const step of [10n, 5n, 2n]) {
    for (; rest % step === 0n; places += 1) rest /= step;
  }
  return rest === 1n ? toTrimmed(value, 0, places) : null;
}

/** Digits of a guard band that does not end. */
const guardDigits = 12;

/** The fraction itself where it ends, else rounded away from zero: a guard band is never made narrower. */
export const endedUp = (value: Rational): Rational =>
  exactText(value) === null
    ? fromDecimal(toPlaces(value, significantPlaces(value, guardDigits, 'up'), 'up'))
    : value;

/** The square root, not above it, with `guardDigits` digits or more of what `beside` shows. */
export function rootNotAbove(value: Rational, beside: Rational): Rational {
  const places = Math.max(significantPlaces(beside, guardDigits), 0);
  const above = squareRootToPlaces(value, places, 'up');
  const root = fromDecimal(above);
  const exact = root.over * root.over * value.under === value.over * root.under * root.under;
  return exact ? root : fromDecimalStep(root, decimalPlaces(above));
}
const fromDecimalStep = (root: Rational, places: number): Rational =>
  rational(root.over * powerOfTen(places) - root.under, root.under * powerOfTen(places));
