import { absolute, fromDecimal, isAtMost, type Rational } from './rational.ts';

/**
 * Simple acceptance (ILAC-G8:09/2019, 4.2.1): within tolerance where |error| <= tolerance, the limit included, no
 * guard band. Exact: an error of 0.0500000001 is not within 0.05.
 */
export const isWithinTolerance = (error: Rational, tolerance: string): boolean =>
  isAtMost(absolute(error), fromDecimal(tolerance));
