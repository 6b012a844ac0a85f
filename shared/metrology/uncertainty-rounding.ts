import { divideRounded, powerOfTen, type Rounding } from '../units/units.ts';
import {
  compare,
  divide,
  fromDecimal,
  type Rational,
  rational,
  significantPlaces,
  subtract,
  toPlaces,
} from './rational.ts';

/**
 * How an uncertainty is rounded, the value always to the nearest:
 * - `nearest`: usual rounding, a tie to the even digit (ILAC-P14, 6.3)
 * - `up`: never understated (NIST GLP 9 offers it)
 * - `gum`: to the nearest, but up where that would take off more than 1 % (JCGM 100, 7.2.6 takes 10.47 up to 11 and
 *   28.05 down to 28; where between them the limit lies is this program's choice)
 */
export const roundingRules = ['nearest', 'up', 'gum'] as const;
export type RoundingRule = (typeof roundingRules)[number];

const mostLost = rational(1n, 100n);

/** u at the places, as a number of any size. */
const roundedAt = (u: Rational, places: number): Rational =>
  places >= 0
    ? rational(divideRounded(u.over * powerOfTen(places), u.under, 'half-even'), powerOfTen(places))
    : rational(divideRounded(u.over, u.under * powerOfTen(-places), 'half-even') * powerOfTen(-places));

/** The decimal places of u with `digits` significant digits, and the mode that the rule leads to. */
function placesOf(u: Rational, digits: number, rule: RoundingRule): { places: number; mode: Rounding } {
  const nearest = significantPlaces(u, digits);
  if (rule === 'nearest') return { places: nearest, mode: 'half-even' };
  const up = { places: significantPlaces(u, digits, 'up'), mode: 'up' } as const;
  if (rule === 'up') return up;
  const lost = divide(subtract(u, roundedAt(u, nearest)), u);
  return compare(lost, mostLost) > 0 ? up : { places: nearest, mode: 'half-even' };
}

/**
 * A value and its uncertainty (> 0) as they are reported: the uncertainty to at most two significant digits, the
 * value to the same decimal place (JCGM 100:2008, 7.2.6). Throws RangeError for an uncertainty that is not above
 * zero. The rules `half-even` and `half-up` are those of rounding itself.
 */
export function roundWithUncertainty(
  value: string,
  uncertainty: string,
  rule: RoundingRule | Rounding = 'nearest',
  digits: 1 | 2 = 2,
): { value: string; uncertainty: string } {
  return roundExact(fromDecimal(value), fromDecimal(uncertainty), rule, digits);
}

/** `roundWithUncertainty` of exact numbers. */
export function roundExact(
  value: Rational,
  u: Rational,
  rule: RoundingRule | Rounding = 'nearest',
  digits: 1 | 2 = 2,
): { value: string; uncertainty: string } {
  if (u.over <= 0n) throw new RangeError('an uncertainty must be above zero');
  const { places, mode } =
    rule === 'half-even' || rule === 'half-up'
      ? { places: significantPlaces(u, digits, rule), mode: rule }
      : placesOf(u, digits, rule);
  return { value: toPlaces(value, places), uncertainty: toPlaces(u, places, mode) };
}
