import type { CalibrationPlan, LineFit, PointResult } from '../../shared/contract/calibrate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { IntegerLine } from '../../shared/contract/profile.ts';
import { compareAdjustments, lineOf } from '../../shared/metrology/evaluation/compare-adjustments.ts';
import {
  add,
  type ChannelScale,
  type FitModel,
  fitLinear,
  fitModels,
  fromDecimal,
  integerLine,
  type Line,
  multiply,
  rational,
  subtract,
  toTrimmed,
} from '../../shared/metrology/metrology.ts';
import { one } from '../../shared/metrology/rational.ts';
import { addDecimal, compareDecimal, decimalPlaces } from '../../shared/units/units.ts';

/** Far finer than any quantum, and short enough for contract text. */
const OFFSET_PLACES = 30;
const DIGITS = 30;
const RESIDUAL_PLACES = 6;

export interface FitChannel extends ChannelScale {
  /** What the unit computes with now: what an offset is added to. */
  present: IntegerLine;
}

const offsetModel: FitModel = { parameters: ['offset'], terms: () => [one], constant: true };

/**
 * The adjustment: the straight line reference = offset + gain x raw, or the unit's present line moved by an offset,
 * through every single captured pair of readings, not through the point means: a mean would hide the scatter that the
 * uncertainties come from. Pairs of one point share what the bath did, so the standard uncertainties are of the
 * scatter alone and the degrees of freedom count readings. Residuals are reference - line, in the order of the points
 * and their readings. The reference is what it showed with its certificate's correction.
 *
 * Raw counts and reference digits go in as they were read; the coefficients are exact, their text is rounded.
 * Fails with FIT_IMPOSSIBLE where fewer than two different points or raw counts are there.
 */
export function fitPoints(
  points: readonly PointResult[],
  channel: FitChannel,
  wanted: CalibrationPlan['model'] = 'line',
): LineFit {
  const [first, ...others] = points;
  if (!first || others.every(({ nominal }) => compareDecimal(nominal, first.nominal) === 0)) {
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'all readings are at one point' });
  }
  const present = lineOf(channel.present, channel.quantum);
  const compared = compareAdjustments(points, present, wanted);
  const best = compared.find(({ chosen }) => chosen)?.model === 'offset' ? 'offset' : 'line';
  const model = wanted === 'best' ? best : wanted;
  const fitted = model === 'line' ? throughReadings(points) : movedBy(points, present);
  return { ...fitted.text, ...integerLine(fitted.line, channel), model, compared };
}

type LineText = Omit<LineFit, 'mul' | 'add' | 'shift' | 'integerError' | 'model' | 'compared'>;

const pairsOf = (points: readonly PointResult[]): { raw: number; reference: string }[] =>
  points.flatMap(({ readings, correction }) =>
    readings.map(({ raw, reference }) => ({ raw, reference: addDecimal(reference, correction) })),
  );

function throughReadings(points: readonly PointResult[]): { text: LineText; line: Line } {
  const pairs = pairsOf(points);
  const fit = fitLinear(
    fitModels.line,
    pairs.map(({ raw }) => String(raw)),
    pairs.map(({ reference }) => reference),
    { digits: DIGITS },
  );
  const [offset, gain] = fit.exact.parameters;
  if (!offset || !gain || !fit.standardUncertainties || fit.residualStandardDeviation === null) {
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'two readings leave nothing to judge the line by' });
  }
  const [offsetStandardUncertainty = '', gainStandardUncertainty = ''] = fit.standardUncertainties;
  const places = residualPlaces(pairs);
  return {
    line: { offset, gain },
    text: {
      offset: toTrimmed(offset, 0, OFFSET_PLACES),
      gain: fit.parameters[1] ?? '',
      offsetStandardUncertainty,
      gainStandardUncertainty,
      residualStandardDeviation: fit.residualStandardDeviation,
      degreesOfFreedom: fit.degreesOfFreedom,
      residuals: fit.exact.residuals.map((residual) => toTrimmed(residual, 0, places)),
    },
  };
}

const residualPlaces = (pairs: readonly { reference: string }[]): number =>
  RESIDUAL_PLACES + Math.max(...pairs.map(({ reference }) => decimalPlaces(reference)));

/** The unit's present line moved by the mean of what the reference differs from it; its gain stays to the last bit. */
function movedBy(points: readonly PointResult[], present: Line): { text: LineText; line: Line } {
  const pairs = pairsOf(points);
  // Powers of two under the line: as decimal text it ends, at most at `shift` + the quantum's places.
  const differences = pairs.map(({ raw, reference }) =>
    toTrimmed(
      subtract(fromDecimal(reference), add(present.offset, multiply(present.gain, rational(BigInt(raw))))),
      0,
      OFFSET_PLACES * 2,
    ),
  );
  const fit = fitLinear(offsetModel, differences, differences, { digits: DIGITS });
  const [moved] = fit.exact.parameters;
  if (!moved || !fit.standardUncertainties || fit.residualStandardDeviation === null) {
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'one reading leaves nothing to judge the offset by' });
  }
  const line = { offset: add(present.offset, moved), gain: present.gain };
  const places = residualPlaces(pairs);
  return {
    line,
    text: {
      offset: toTrimmed(line.offset, 0, OFFSET_PLACES),
      gain: toTrimmed(line.gain, 0, OFFSET_PLACES * 2),
      offsetStandardUncertainty: fit.standardUncertainties[0] ?? '',
      gainStandardUncertainty: '0',
      residualStandardDeviation: fit.residualStandardDeviation,
      degreesOfFreedom: fit.degreesOfFreedom,
      residuals: fit.exact.residuals.map((residual) => toTrimmed(residual, 0, places)),
    },
  };
}
