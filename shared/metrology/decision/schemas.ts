import { parseDecimal } from '../../units/units.ts';
import { decimal, notNegative, positive } from '../request.ts';

// What is computed in doubles as well must not leave their range, nor may squares of it.
const most = 1e100;
const inRange = (text: string): boolean => {
  const size = Math.abs(Number(text));
  // What is too small for a double reads as zero there, and is none.
  if (size === 0) return !decimal.safeParse(text).success || parseDecimal(text).digits === 0n;
  return !(size > most) && !(size < 1 / most);
};
const range = 'must be between 1e-100 and 1e100 in size';

export const amount = decimal.refine(inRange, range);
export const positiveAmount = positive.refine(inRange, range);
export const notNegativeAmount = notNegative.refine(inRange, range);

/** A probability that is neither nothing nor certain. */
export const share = decimal.refine(
  (text) => Number(text) > 0 && Number(text) < 1,
  'must be between 0 and 1, such as "0.95"',
);
