import { exponential } from './real/functions.ts';
import {
  compareReal,
  doubled,
  fromText,
  minus,
  nought,
  plus,
  type Real,
  realText,
  size,
  times,
} from './real/real.ts';
import { BeyondRange } from './sensor.ts';
import { solveMonotone } from './solve.ts';
import { type Piece, type ThermocoupleType, thermocouples } from './thermocouple-coefficients.ts';

export type { ThermocoupleType };
export const thermocoupleTypes = Object.keys(thermocouples) as [ThermocoupleType, ...ThermocoupleType[]];

interface LongPiece {
  from: Real;
  to: Real;
  coefficients: Real[];
  exponential: { a0: Real; a1: Real; a2: Real } | null;
}

const long = ({ from, to, coefficients, exponential: extra }: Piece): LongPiece => ({
  from: fromText(from),
  to: fromText(to),
  coefficients: coefficients.map(fromText),
  exponential: extra ? { a0: fromText(extra.a0), a1: fromText(extra.a1), a2: fromText(extra.a2) } : null,
});
const pieces = Object.fromEntries(
  Object.entries(thermocouples).map(([type, of]) => [type, of.map(long)]),
) as Record<ThermocoupleType, LongPiece[]>;

/** Below this type B has its voltages twice: they fall to 21 degC and are back at zero at 42.66 degC. */
const risingFrom = fromText('21.5');

/** A voltage in mV is that of the end of a piece, rounded, where it is so near: less than 1e-9 degC. */
const rounding = fromText('1E-12');

/** Lowest and highest temperature of a type, degC. */
function range(type: ThermocoupleType): { low: Real; high: Real } {
  const of = pieces[type];
  return { low: of[0]?.from ?? nought, high: of.at(-1)?.to ?? nought };
}

/** Where two pieces meet, the lower one counts: E(0 degC) is zero. */
function valueAt(type: ThermocoupleType, celsius: Real): Real {
  const of = pieces[type];
  const piece = of.find(({ to }) => compareReal(celsius, to) <= 0) ?? of.at(-1);
  return piece === undefined ? nought : pieceAt(piece, celsius).value;
}

function pieceAt(
  { coefficients, exponential: extra }: LongPiece,
  celsius: Real,
): { value: Real; slope: Real } {
  let [value, slope] = [nought, nought];
  for (const coefficient of coefficients.toReversed()) {
    slope = plus(times(slope, celsius), value);
    value = plus(times(value, celsius), coefficient);
  }
  if (extra === null) return { value, slope };
  const off = minus(celsius, extra.a2);
  const bell = times(extra.a0, exponential(times(extra.a1, times(off, off))));
  return { value: plus(value, bell), slope: plus(slope, doubled(times(times(extra.a1, off), bell), 1)) };
}

function inRangeOf(type: ThermocoupleType, celsius: Real, what: string): Real {
  const { low, high } = range(type);
  if (compareReal(celsius, low) < 0 || compareReal(celsius, high) > 0)
    throw new BeyondRange(
      `${what} lies outside type ${type}, which holds from ${realText(low, 8)} to ${realText(high, 8)} degC`,
    );
  return celsius;
}

/** Voltage in mV between a junction at `celsius` and one at `junction`: E(t) - E(junction). */
export function thermocoupleVoltage(type: ThermocoupleType, celsius: Real, junction: Real): Real {
  const cold = valueAt(type, inRangeOf(type, junction, 'the temperature of the reference junction'));
  return minus(valueAt(type, inRangeOf(type, celsius, 'the temperature')), cold);
}

/**
 * Temperature in degC of a measured voltage in mV, by solving the reference function itself: the published inverse
 * polynomials err by up to 0.05 degC.
 */
export function thermocoupleTemperature(type: ThermocoupleType, millivolts: Real, junction: Real): Real {
  const cold = valueAt(type, inRangeOf(type, junction, 'the temperature of the reference junction'));
  const voltage = plus(millivolts, cold);
  const { low, high } = range(type);
  if (type === 'B' && voltage.whole <= 0n)
    throw new BeyondRange(
      'type B has this voltage twice, between 0 and 42.66 degC, or never: the temperature is not known',
    );
  const found = solvePieces(type, voltage);
  if (found === null)
    throw new BeyondRange(
      `the voltage lies outside type ${type}, which holds from ${realText(low, 8)} to ${realText(high, 8)} degC`,
    );
  return found;
}

/** Pieces meet within 1e-7 mV: a voltage in the step belongs to where they meet. */
function solvePieces(type: ThermocoupleType, voltage: Real): Real | null {
  const of = pieces[type];
  for (const [k, piece] of of.entries()) {
    const from = type === 'B' && k === 0 ? risingFrom : piece.from;
    const below = minus(voltage, pieceAt(piece, from).value);
    const above = minus(voltage, pieceAt(piece, piece.to).value);
    if (compareReal(size(above), rounding) <= 0) return piece.to;
    if (above.whole > 0n) continue;
    if (below.whole >= 0n)
      return solveMonotone((celsius) => pieceAt(piece, celsius), voltage, from, piece.to);
    return k > 0 || compareReal(size(below), rounding) <= 0 ? from : null;
  }
  return null;
}
