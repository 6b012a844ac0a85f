import { toNumber } from '../fit/text.ts';
import { divide, type Rational, subtract } from '../rational.ts';
import { normal } from '../statistics/normal.ts';
import type { Limits } from './limits.ts';

export interface Conformance {
  /** p_c: the true value lies within the tolerance limits. */
  readonly probability: number;
  /** 1 - p_c, with its own digits. */
  readonly risk: number;
}

/** Distances from the value to the lower and to the upper limit in standard uncertainties; infinite where open. */
export function conformance(below: number, above: number): Conformance {
  const risk = normal.upperTail(above) + normal.upperTail(below);
  // The tails on the side where they are small, so that no digits cancel.
  const probability =
    above < below
      ? normal.cumulative(above) - normal.cumulative(-below)
      : normal.upperTail(-below) - normal.upperTail(above);
  return { probability: Math.max(probability, 0), risk: Math.min(risk, 1) };
}

/**
 * Conformance probability of a value with standard uncertainty u (JCGM 106:2012, 7.2 and 9.3): normal distribution
 * about the value, nothing known before.
 */
export const conformanceOf = (value: Rational, { lower, upper }: Limits, u: Rational): Conformance =>
  conformance(
    lower === null ? Number.POSITIVE_INFINITY : toNumber(divide(subtract(value, lower), u)),
    upper === null ? Number.POSITIVE_INFINITY : toNumber(divide(subtract(upper, value), u)),
  );
