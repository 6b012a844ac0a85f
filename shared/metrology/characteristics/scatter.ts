import { add, divide, multiply, type Rational, rational, subtract } from '../rational.ts';
import { mean, variance } from '../statistics.ts';

export interface Scatter {
  /** s^2, exact. */
  readonly variance: Rational;
  readonly degreesOfFreedom: number;
}

const none = rational(0n);

/**
 * Repeatability: the pooled variance of repeats under the same conditions (JCGM 100, 4.2.4), each group about its own
 * mean, weighted by its n - 1. Null where no group has two values.
 */
export function repeatability(groups: readonly (readonly Rational[])[]): Scatter | null {
  const freedoms = groups.map((group) => Math.max(group.length - 1, 0));
  const degreesOfFreedom = freedoms.reduce((total, each) => total + each, 0);
  if (degreesOfFreedom === 0) return null;
  const squares = groups.reduce(
    (total, group, i) => add(total, multiply(variance(group) ?? none, rational(BigInt(freedoms[i] ?? 0)))),
    none,
  );
  return { variance: divide(squares, rational(BigInt(degreesOfFreedom))), degreesOfFreedom };
}

/**
 * Reproducibility b: largest minus least mean of the groups, each a mounting or another changed condition (ISO 376,
 * 0/120/240 degrees). Null for fewer than two groups with values.
 */
export function reproducibility(groups: readonly (readonly Rational[])[]): Rational | null {
  const means = groups.flatMap((group) => mean(group) ?? []);
  const [first, ...others] = means;
  if (first === undefined || others.length === 0) return null;
  return subtract(others.reduce(higher, first), others.reduce(lower, first));
}

const higher = (a: Rational, b: Rational): Rational => (subtract(a, b).over < 0n ? b : a);
const lower = (a: Rational, b: Rational): Rational => (subtract(a, b).over < 0n ? a : b);
