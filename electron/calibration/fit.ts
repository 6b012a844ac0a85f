import type { LineFit, PointResult } from '../../shared/contract/calibrate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { type ChannelScale, fitLine, integerLine, toTrimmed } from '../../shared/metrology/metrology.ts';
import { compareDecimal, decimalPlaces } from '../../shared/units/units.ts';

/** Far finer than any quantum, and short enough for contract text. */
const OFFSET_PLACES = 30;
const DIGITS = 30;
const RESIDUAL_PLACES = 6;

/**
 * The straight line reference = offset + gain x raw through every single captured pair of readings, not through the
 * point means: a mean would hide the scatter that the uncertainties come from. Pairs of one point share what the
 * bath did, so the standard uncertainties are of the scatter alone and the degrees of freedom count readings.
 * Residuals are reference - line, in the order of the points and their readings.
 *
 * Raw counts and reference digits go in as they were read; the coefficients are exact, their text is rounded.
 * Fails with FIT_IMPOSSIBLE where fewer than two different points or raw counts are there.
 */
export function fitPoints(points: readonly PointResult[], channel: ChannelScale): LineFit {
  const [first, ...others] = points;
  if (!first || others.every(({ nominal }) => compareDecimal(nominal, first.nominal) === 0)) {
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'all readings are at one point' });
  }
  const readings = points.flatMap((point) => point.readings);
  const fit = fitLine(
    readings.map(({ raw }) => String(raw)),
    readings.map(({ reference }) => reference),
    DIGITS,
  );
  const [offset, gain] = fit.exact.parameters;
  if (!offset || !gain || !fit.standardUncertainties || fit.residualStandardDeviation === null) {
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'two readings leave nothing to judge the line by' });
  }
  const [offsetStandardUncertainty = '', gainStandardUncertainty = ''] = fit.standardUncertainties;
  const places = RESIDUAL_PLACES + Math.max(...readings.map(({ reference }) => decimalPlaces(reference)));
  return {
    offset: toTrimmed(offset, 0, OFFSET_PLACES),
    gain: fit.parameters[1] ?? '',
    offsetStandardUncertainty,
    gainStandardUncertainty,
    residualStandardDeviation: fit.residualStandardDeviation,
    degreesOfFreedom: fit.degreesOfFreedom,
    residuals: fit.exact.residuals.map((residual) => toTrimmed(residual, 0, places)),
    ...integerLine({ offset, gain }, channel),
  };
}
