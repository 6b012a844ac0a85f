import type { CalibrationPlan, PointResult } from '../../contract/calibrate.ts';
import type { ModelComparison } from '../../contract/evaluation.ts';
import { fromQuanta } from '../../units/units.ts';
import { toNumber } from '../fit/text.ts';
import { polynomial } from '../fit.ts';
import type { Line } from '../integer-line.ts';
import { type LeastSquares, leastSquares } from '../least-squares.ts';
import {
  absolute,
  add,
  compare,
  divide,
  fromDecimal,
  larger,
  multiply,
  one,
  type Rational,
  rational,
  square,
  subtract,
  toSignificant,
  zero,
} from '../rational.ts';
import { squareRootText } from '../square-root.ts';
import { fisherF } from '../statistics/fisher-f.ts';
import { mean } from '../statistics.ts';

/** What is laid side by side: station means of the unit's count and of the corrected reference. */
interface Station {
  nominal: string;
  raw: Rational;
  reference: Rational;
}

interface Candidate {
  model: ModelComparison['model'];
  adjustable: boolean;
  terms(raw: Rational): Rational[];
  /** What the terms explain. */
  explained(station: Station): Rational;
}

/** A larger F than this share of the time by chance: the simpler model does as well. */
const significance = 0.05;
const digits = 12;

const powers =
  (degree: number) =>
  (raw: Rational): Rational[] =>
    polynomial(degree).terms(raw);

const candidates = (present: Line): Candidate[] => [
  {
    model: 'offset',
    adjustable: true,
    terms: () => [one],
    explained: ({ raw, reference }) => subtract(reference, add(present.offset, multiply(present.gain, raw))),
  },
  { model: 'line', adjustable: true, terms: powers(1), explained: ({ reference }) => reference },
  {
    model: 'polynomial-2',
    adjustable: false,
    terms: powers(2),
    explained: ({ reference }) => reference,
  },
  {
    model: 'polynomial-3',
    adjustable: false,
    terms: powers(3),
    explained: ({ reference }) => reference,
  },
];

/**
 * The models for an adjustment side by side, on the means of the stations: the readings within one window follow each
 * other and would make every lack of fit look significant. Lack of fit is told where a value was measured more than
 * once (up and down, cycles). `wanted` `best` takes the line where it is better than an offset by an F test at 95 %;
 * a polynomial is never chosen, because the unit cannot hold it: what it would gain is to be seen all the same.
 * Models for which there are too few stations are left out. Residuals are in the channel's unit.
 */
export function compareAdjustments(
  points: readonly PointResult[],
  present: Line,
  wanted: CalibrationPlan['model'],
): ModelComparison[] {
  const stations = points.map(stationOf);
  const fitted = candidates(present).flatMap((candidate) => {
    const fit = leastSquares(
      stations.map(({ raw }) => candidate.terms(raw)),
      stations.map((station) => candidate.explained(station)),
      { constant: true },
    );
    return fit === null || fit.degreesOfFreedom < 1 ? [] : [{ candidate, fit }];
  });
  const chosen = wanted === 'best' ? bestOf(fitted) : wanted;
  return fitted.map(({ candidate: { model, adjustable }, fit }) => ({
    model,
    residualStandardDeviation: squareRootText(fit.residualVariance ?? zero, digits),
    degreesOfFreedom: fit.degreesOfFreedom,
    lackOfFit: lackOfFit(stations, fit),
    largestResidual: toSignificant(
      fit.residuals.reduce((most, residual) => larger(most, absolute(residual)), zero),
      digits,
      'up',
    ),
    adjustable,
    chosen: model === chosen,
  }));
}

function stationOf({ nominal, readings, correction }: PointResult): Station {
  const raw = mean(readings.map((reading) => rational(BigInt(reading.raw))));
  const reference = mean(readings.map((reading) => fromDecimal(reading.reference)));
  if (raw === null || reference === null) throw new RangeError('a point needs at least one reading');
  return { nominal, raw, reference: add(reference, fromDecimal(correction)) };
}

function bestOf(fitted: readonly { candidate: Candidate; fit: LeastSquares }[]): 'offset' | 'line' {
  const [offset, line] = (['offset', 'line'] as const).map(
    (model) => fitted.find(({ candidate }) => candidate.model === model)?.fit,
  );
  if (!line) return 'offset';
  if (!offset) return 'line';
  const gained = subtract(offset.residualSumOfSquares, line.residualSumOfSquares);
  if (line.residualSumOfSquares.over === 0n) return gained.over > 0n ? 'line' : 'offset';
  const f = divide(gained, divide(line.residualSumOfSquares, rational(BigInt(line.degreesOfFreedom))));
  return fisherF.upperTail(toNumber(f), 1, line.degreesOfFreedom) < significance ? 'line' : 'offset';
}

/** F of the lack of fit against the scatter of repeated values (pure error), and how often chance gives a larger one. */
function lackOfFit(stations: readonly Station[], fit: LeastSquares): ModelComparison['lackOfFit'] {
  const groups = new Map<string, Rational[]>();
  stations.forEach(({ nominal }, i) => {
    groups.set(nominal, [...(groups.get(nominal) ?? []), fit.residuals[i] ?? zero]);
  });
  const pureDegrees = stations.length - groups.size;
  const lackDegrees = fit.degreesOfFreedom - pureDegrees;
  if (pureDegrees < 1 || lackDegrees < 1) return null;
  const pure = [...groups.values()].map(squaresAboutMean).reduce(add, zero);
  if (pure.over === 0n) return null;
  const lack = subtract(fit.residualSumOfSquares, pure);
  // Counts differ a little within a group, so that rounding may leave nothing, or less, for the lack of fit.
  const f =
    compare(lack, zero) <= 0
      ? zero
      : divide(divide(lack, whole(lackDegrees)), divide(pure, whole(pureDegrees)));
  const p = fisherF.upperTail(toNumber(f), lackDegrees, pureDegrees);
  return { f: toSignificant(f, 6), p: p.toFixed(6) };
}

const whole = (count: number): Rational => rational(BigInt(count));

function squaresAboutMean(values: readonly Rational[]): Rational {
  const average = mean(values) ?? zero;
  return values.map((value) => square(subtract(value, average))).reduce(add, zero);
}

/** The line that a unit's integers stand for: `add` holds the half quantum that makes its floor a rounding. */
export function lineOf(
  { mul, add: constant, shift }: { mul: number; add: number; shift: number },
  quantum: string,
): Line {
  const step = fromDecimal(fromQuanta(1, quantum));
  const scale = 1n << BigInt(shift);
  const half = shift === 0 ? 0n : scale / 2n;
  return {
    gain: multiply(rational(BigInt(mul), scale), step),
    offset: multiply(rational(BigInt(constant) - half, scale), step),
  };
}
