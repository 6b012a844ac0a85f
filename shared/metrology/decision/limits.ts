import { add, compare, divide, fromDecimal, negate, type Rational, rational, subtract } from '../rational.ts';
import { RequestError } from '../request.ts';

/** What the error may be: both sides alike, or each limit for itself; a limit that is null does not exist. */
export type Tolerance = { symmetric: string } | { lower: string | null; upper: string | null };

/** Exact tolerance limits of the error. At least one exists, lower is below upper. */
export interface Limits {
  readonly lower: Rational | null;
  readonly upper: Rational | null;
}

const two = rational(2n);

/** Throws RequestError for limits that leave no room between them, or where there is no limit at all. */
export function limitsOf(tolerance: Tolerance): Limits {
  if ('symmetric' in tolerance) {
    const upper = fromDecimal(tolerance.symmetric);
    if (upper.over <= 0n) throw new RequestError('tolerance.symmetric', 'must be above zero');
    return { lower: negate(upper), upper };
  }
  const lower = tolerance.lower === null ? null : fromDecimal(tolerance.lower);
  const upper = tolerance.upper === null ? null : fromDecimal(tolerance.upper);
  if (lower === null && upper === null) throw new RequestError('tolerance', 'has no limit');
  if (lower && upper && compare(lower, upper) >= 0) {
    throw new RequestError('tolerance.lower', 'must be below tolerance.upper');
  }
  return { lower, upper };
}

/** TL: half of the tolerance interval; null where it is open on one side. */
export const halfWidth = ({ lower, upper }: Limits): Rational | null =>
  lower && upper && divide(subtract(upper, lower), two);

/** Both limits moved inward by `guardBand` (outward where it is negative). They may cross: see `isEmpty`. */
export const movedInward = ({ lower, upper }: Limits, guardBand: Rational): Limits => ({
  lower: lower && add(lower, guardBand),
  upper: upper && subtract(upper, guardBand),
});

/** No value lies within: the limits have crossed. */
export const isEmpty = ({ lower, upper }: Limits): boolean =>
  lower !== null && upper !== null && compare(lower, upper) > 0;

/** Limits included: a value exactly on one lies within. Exact, no rounding takes part. */
export const liesWithin = (value: Rational, { lower, upper }: Limits): boolean =>
  (lower === null || compare(value, lower) >= 0) && (upper === null || compare(value, upper) <= 0);
