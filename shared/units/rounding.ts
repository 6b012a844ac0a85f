/**
 * - `half-even`: nearest, a tie to the even digit (ISO 80000-1 rule A, IEEE 754 default; adds no bias to a mean)
 * - `half-up`: nearest, a tie away from zero (ISO 80000-1 rule B, what a person does on paper)
 * - `up`: away from zero, for a limit or an uncertainty that must not be understated
 */
export type Rounding = 'half-even' | 'half-up' | 'up';

/** 10^exponent, exponent >= 0. */
export const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent);

/** numerator / denominator as a whole number; denominator > 0. */
export function divideRounded(numerator: bigint, denominator: bigint, mode: Rounding): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = magnitude / denominator;
  const rest = magnitude % denominator;
  const rounded = goesUp(quotient, rest, denominator, mode) ? quotient + 1n : quotient;
  return numerator < 0n ? -rounded : rounded;
}

function goesUp(quotient: bigint, rest: bigint, denominator: bigint, mode: Rounding): boolean {
  if (mode === 'up') return rest > 0n;
  const doubled = 2n * rest;
  if (doubled !== denominator) return doubled > denominator;
  return mode === 'half-up' || quotient % 2n === 1n;
}

/** Largest whole number not above numerator / denominator; denominator > 0 (BigInt division truncates to zero). */
export function divideFloor(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}
