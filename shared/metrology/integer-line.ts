import { Failure } from '../contract/failure.ts';
import { divideRounded } from '../units/units.ts';
import {
  absolute,
  add,
  divide,
  fromDecimal,
  larger,
  multiply,
  type Rational,
  rational,
  subtract,
  toTrimmed,
} from './rational.ts';

/** value = offset + gain x raw, exact, in the channel's unit. */
export interface Line {
  offset: Rational;
  gain: Rational;
}

/** The step of the channel's values in its unit, and the largest raw count that its converter can give. */
export interface ChannelScale {
  quantum: string;
  rawMax: number;
}

/** value in quanta = floor((raw x mul + add) / 2^shift). */
export interface ScaledLine {
  mul: number;
  add: number;
  shift: number;
  /** Largest difference from the exact line over raw 0..rawMax, before the step to whole quanta, in the unit. */
  integerError: string;
}

// The unit's integers stay below 2^52: a browser's double, a 64-bit host and the unit then all hold them exactly.
const limit = 2n ** 52n;
// `IntegerLine` in the contract ends there; finer would gain nothing.
const largestShift = 40;

/**
 * The line as the unit's integers, with the largest shift that fits. Half a quantum is in `add`, so that the unit's
 * floor rounds to the nearest quantum. Fails with FIT_IMPOSSIBLE where even the coarsest integers do not fit.
 */
export function integerLine(line: Line, { quantum, rawMax }: ChannelScale): ScaledLine {
  const step = fromDecimal(quantum);
  const inQuanta = { offset: divide(line.offset, step), gain: divide(line.gain, step) };
  for (let shift = largestShift; shift >= 1; shift -= 1) {
    const scaled = scale(inQuanta, BigInt(shift));
    if (!fits(scaled, BigInt(rawMax))) continue;
    const error = multiply(largestError(inQuanta, scaled, BigInt(shift), BigInt(rawMax)), step);
    const integerError = toTrimmed(error, 0, errorPlaces, 'up');
    return { mul: Number(scaled.mul), add: Number(scaled.add), shift, integerError };
  }
  throw new Failure('FIT_IMPOSSIBLE', { detail: 'the line does not fit the integers of the unit' });
}

// Far below any quantum, and the text stays short; rounded up, so that the error is never understated.
const errorPlaces = 18;

interface Scaled {
  mul: bigint;
  add: bigint;
}

function scale({ offset, gain }: Line, shift: bigint): Scaled {
  const whole = (a: Rational): bigint => divideRounded(a.over << shift, a.under, 'half-even');
  return { mul: whole(gain), add: whole(offset) + (1n << (shift - 1n)) };
}

/** Linear in raw, so the largest magnitude is at an end of the range. */
function fits({ mul, add: constant }: Scaled, rawMax: bigint): boolean {
  const largest = [mul, constant, rawMax * mul + constant].map((value) => (value < 0n ? -value : value));
  return largest.every((value) => value < limit);
}

/** In quanta; the difference of two lines is largest at an end of the range. */
function largestError(line: Line, { mul, add: constant }: Scaled, shift: bigint, rawMax: bigint): Rational {
  const at = (raw: bigint): Rational => {
    const integers = rational(raw * mul + constant - (1n << (shift - 1n)), 1n << shift);
    const exact = add(line.offset, multiply(line.gain, rational(raw)));
    return absolute(subtract(integers, exact));
  };
  return larger(at(0n), at(rawMax));
}
