import type { StandardPoint } from '../../contract/standards.ts';
import { decimalPlaces } from '../../units/units.ts';
import {
  add,
  compare,
  divide,
  fromDecimal,
  multiply,
  type Rational,
  subtract,
  toTrimmed,
} from '../rational.ts';

/** Finer than any certificate states, so that what is rounded away is nothing beside U. */
const morePlaces = 4;

/** What is to be added to the standard's reading at `value`: exact line between the neighbouring points of its certificate. */
function interpolated(points: readonly StandardPoint[], value: Rational): Rational {
  const known = points.map((point) => ({
    at: fromDecimal(point.value),
    correction: fromDecimal(point.correction),
  }));
  const above = known.findIndex(({ at }) => compare(at, value) >= 0);
  const [low, high] = [
    known[above < 0 ? known.length - 1 : above - 1],
    known[above < 0 ? known.length - 1 : above],
  ];
  if (!high) throw new RangeError('a certificate without a point');
  // Beyond its ends the nearest point counts; whether that is allowed is decided elsewhere (out of range).
  if (!low || low === high) return high.correction;
  const share = divide(subtract(value, low.at), subtract(high.at, low.at));
  return add(low.correction, multiply(share, subtract(high.correction, low.correction)));
}

/** The standard's correction at a reading, as decimal text a little finer than its certificate; both in its unit. */
export function correctionAt(points: readonly StandardPoint[], value: string): string {
  const places = Math.max(...points.map(({ correction }) => decimalPlaces(correction)), decimalPlaces(value));
  return toTrimmed(interpolated(points, fromDecimal(value)), 0, places + morePlaces);
}
