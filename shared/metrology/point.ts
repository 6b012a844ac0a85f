import type { PointResult, Reading, StabilityEvidence } from '../contract/calibrate.ts';
import { decimalPlaces } from '../units/units.ts';
import { add, fromDecimal, type Rational, subtract, toTrimmed } from './rational.ts';
import { mean } from './statistics.ts';
import { isWithinTolerance } from './tolerance.ts';

/** A mean is given to this many places more than its readings, where it does not end before. */
const morePlaces = 6;

export interface CapturedWindow {
  nominal: string;
  /** At least one. */
  readings: Reading[];
  stability: StabilityEvidence;
  override: string | null;
  tolerance: string;
  /** To be added to the mean of the reference; `0` where its certificate says nothing. */
  correction?: string;
}

/**
 * The result of one point. Means and error are computed from the readings as exact fractions; the decision is taken
 * on the fraction. The error's text is rounded away from zero, on a grid that holds the tolerance: so the printed
 * error compared with the tolerance gives the same decision.
 */
export function pointResult({
  nominal,
  readings,
  stability,
  override,
  tolerance,
  correction = '0',
}: CapturedWindow): PointResult {
  const reference = mean(readings.map((reading) => fromDecimal(reading.reference)));
  const unit = mean(readings.map((reading) => fromDecimal(reading.unit)));
  if (reference === null || unit === null) throw new RangeError('a point needs at least one reading');
  const shown = readings.flatMap((r) => [decimalPlaces(r.reference), decimalPlaces(r.unit)]);
  const least = Math.max(...shown, decimalPlaces(correction));
  const most = Math.max(least + morePlaces, decimalPlaces(tolerance));
  const text = (value: Rational): string => toTrimmed(value, least, most);
  const error = subtract(unit, add(reference, fromDecimal(correction)));
  return {
    nominal,
    readings,
    stability,
    override,
    meanReference: text(reference),
    meanUnit: text(unit),
    correction,
    error: toTrimmed(error, least, most, 'up'),
    withinTolerance: isWithinTolerance(error, tolerance),
  };
}
