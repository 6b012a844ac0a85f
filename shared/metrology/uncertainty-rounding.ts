import type { Rounding } from '../units/units.ts';
import { fromDecimal, significantPlaces, toPlaces } from './rational.ts';

/**
 * A value and its uncertainty (> 0) as they are reported: the uncertainty to two significant digits, the value to
 * the same decimal place (JCGM 100:2008, 7.2.6; ILAC-P14, 6.3).
 * `mode` rounds the uncertainty; `up` never understates it.
 */
export function roundWithUncertainty(
  value: string,
  uncertainty: string,
  mode: Rounding = 'half-even',
): { value: string; uncertainty: string } {
  const u = fromDecimal(uncertainty);
  if (u.over <= 0n) throw new RangeError('an uncertainty must be above zero');
  const places = significantPlaces(u, 2, mode);
  return { value: toPlaces(fromDecimal(value), places), uncertainty: toPlaces(u, places, mode) };
}
