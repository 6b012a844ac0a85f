import type { CalibrationPlan, LineFit } from '../../shared/contract/calibrate.ts';
import type { ReferenceIdentity } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReferenceStandard } from '../../shared/contract/standards.ts';
import { compareDecimal, roundDecimal } from '../../shared/units/units.ts';

/** A reference that reads in another unit than the channel would adjust the unit to nonsense. */
export function demandUnit(
  port: string,
  reference: ReferenceIdentity | null,
  units: readonly string[],
): void {
  if (reference && units.includes(reference.unit)) return;
  const detail = `it reads in ${reference?.unit ?? 'no unit'}, and ${units.join(' or ')} is needed; set its unit first`;
  throw new Failure('REFERENCE_UNREADABLE', { port, detail });
}

/** An entry of the register speaks for one instrument: the one with its maker, model and serial number. */
export function demandStandard(
  port: string,
  reference: ReferenceIdentity,
  standard: ReferenceStandard | null,
): void {
  const named = ({ maker, model, serial }: Pick<ReferenceIdentity, 'maker' | 'model' | 'serial'>): string =>
    `${maker} ${model} ${serial}`;
  if (standard === null || named(standard) === named(reference)) return;
  const detail = `the register's entry is of ${named(standard)}, and ${named(reference)} answered`;
  throw new Failure('REFERENCE_UNREADABLE', { port, detail });
}

/** All points of a calibration are of one reference standard. */
export function demandSame(port: string, found: ReferenceIdentity, chosen: ReferenceIdentity | null): void {
  const named = ({ maker, model, serial, unit }: ReferenceIdentity): string =>
    `${maker} ${model} ${serial} in ${unit}`;
  if (chosen && named(found) === named(chosen)) return;
  const detail = `expected ${chosen ? named(chosen) : 'a chosen instrument'}, found ${named(found)}`;
  throw new Failure('REFERENCE_UNREADABLE', { port, detail });
}

/**
 * A line that the readings do not follow within the tolerance is no calibration: unit and reference did not measure
 * the same thing, and nothing is written.
 */
export function demandLine({ residualStandardDeviation }: LineFit, { tolerance }: CalibrationPlan): void {
  if (compareDecimal(residualStandardDeviation, tolerance) <= 0) return;
  const scatter = roundDecimal(residualStandardDeviation, 4, 'up');
  const detail = `the readings scatter about it by ${scatter}, more than the tolerance ${tolerance}; unit and reference do not follow each other`;
  throw new Failure('FIT_IMPOSSIBLE', { detail });
}
