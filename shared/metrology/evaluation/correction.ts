import type { ReferenceStandard } from '../../contract/standards.ts';
import { decimalPlaces } from '../../units/units.ts';
import { presentCertificate, standardAt } from '../decision/standard-at.ts';
import { fromDecimal, toTrimmed } from '../rational.ts';

/** Finer than any certificate states, so that what is rounded away is nothing beside U. */
const morePlaces = 4;

/** What the standard's certificate adds to a reading of it: decimal text, a little finer than the certificate, in its unit. */
export function correctionAt(standard: ReferenceStandard, reading: string): string {
  const { points } = presentCertificate(standard);
  const places = Math.max(
    ...points.map(({ correction }) => decimalPlaces(correction)),
    decimalPlaces(reading),
  );
  return toTrimmed(standardAt(standard, fromDecimal(reading)).correction, 0, places + morePlaces);
}
