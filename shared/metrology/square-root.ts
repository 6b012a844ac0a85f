import { formatDecimal, powerOfTen, type Rounding } from '../units/units.ts';
import { decimalExponent, type Rational, rational, toSignificant } from './rational.ts';

/** Largest whole number whose square is not above n (>= 0): Newton's iteration from above, in whole numbers. */
export function integerSquareRoot(n: bigint): bigint {
  if (n < 0n) throw new RangeError('square root of a negative number');
  if (n < 2n) return n;
  const bits = n.toString(16).length * 4;
  let root = 1n << BigInt(bits / 2 + 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** sqrt(a) x 10^places as a whole number, rounded from the exact value; places may be negative. */
function scaledRoot(a: Rational, places: number, mode: Rounding): bigint {
  const over = places >= 0 ? a.over * powerOfTen(2 * places) : a.over;
  const under = places >= 0 ? a.under : a.under * powerOfTen(-2 * places);
  const floor = integerSquareRoot(over / under);
  const exact = floor * floor * under === over;
  if (mode === 'up') return exact ? floor : floor + 1n;
  // Nearest: above the middle where (floor + 1/2)^2 < over/under, that is (2 floor + 1)^2 under < 4 over.
  const middle = (2n * floor + 1n) ** 2n * under;
  const tie = middle === 4n * over;
  const goesUp = tie ? mode === 'half-up' || floor % 2n === 1n : middle < 4n * over;
  return goesUp ? floor + 1n : floor;
}

/** The square root of a (>= 0) with exactly `places` decimal places, correctly rounded. */
export const squareRootToPlaces = (a: Rational, places: number, mode: Rounding = 'half-even'): string =>
  formatDecimal({ digits: scaledRoot(a, places, mode), places });

/** The square root of a (>= 0) as text of `digits` significant digits, correctly rounded; the root of zero is `0`. */
export function squareRootText(a: Rational, digits: number, mode: Rounding = 'half-even'): string {
  if (a.over === 0n) return '0';
  const places = digits - 1 - Math.floor(decimalExponent(a) / 2);
  const whole = scaledRoot(a, places, mode);
  // Rounding may carry into the next power of ten; toSignificant drops the digit too many, which is a zero.
  const root = places >= 0 ? rational(whole, powerOfTen(places)) : rational(whole * powerOfTen(-places));
  return toSignificant(root, digits);
}
