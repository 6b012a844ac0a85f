import { type Decimal, formatDecimal, NumberError, parseDecimal } from './decimal.ts';
import { divideRounded, powerOfTen, type Rounding } from './rounding.ts';

/**
 * A unit on the edge counts in whole quanta (`0.001` degC), so that its decisions are integer arithmetic. Counts are
 * JavaScript numbers within the safe integers; everything between is exact.
 */

function step(quantum: string): Decimal {
  const parsed = parseDecimal(quantum);
  if (parsed.digits <= 0n) throw new NumberError(`the quantum ${quantum} is not above zero`);
  return parsed;
}

/** value / quantum as a fraction of whole numbers. */
function ratio(value: string, quantum: string): { over: bigint; under: bigint } {
  const v = parseDecimal(value);
  const q = step(quantum);
  return { over: v.digits * powerOfTen(q.places), under: q.digits * powerOfTen(v.places) };
}

function safeCount(count: bigint): number {
  const number = Number(count);
  if (!Number.isSafeInteger(number)) throw new NumberError(`${count} quanta are too many to count exactly`);
  return number;
}

/** How many quanta the value is. Throws NumberError where it is not a whole number of them. */
export function toQuanta(value: string, quantum: string): number {
  const { over, under } = ratio(value, quantum);
  if (over % under !== 0n) throw new NumberError(`${value} is not a whole number of steps of ${quantum}`);
  return safeCount(over / under);
}

/** The whole number of quanta that is nearest to the value. */
export function nearestQuanta(value: string, quantum: string, mode: Rounding = 'half-even'): number {
  const { over, under } = ratio(value, quantum);
  return safeCount(divideRounded(over, under, mode));
}

/** `count` quanta as decimal text with as many places as the quantum: 23512 of `0.001` is `23.512`. */
export function fromQuanta(count: number, quantum: string): string {
  if (!Number.isSafeInteger(count)) throw new NumberError(`${count} is not a whole count`);
  const { digits, places } = step(quantum);
  return formatDecimal({ digits: BigInt(count) * digits, places });
}

/** Decimal places of a number's text: 3 for `0.001`. */
export const decimalPlaces = (text: string): number => parseDecimal(text).places;
