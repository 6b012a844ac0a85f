import { divide, multiply, type Rational, rational, square } from '../rational.ts';
import { sum as total, wholeColumn } from '../whole-column.ts';

/**
 * Variances of the Allan family at one averaging time (NIST SP 1065, 5.2), exact; null where the record is too short.
 * `time` is the square of a time, the others are of the unit of frequency squared.
 */
export interface AllanVariances {
  allan: Rational | null;
  overlapping: Rational | null;
  modified: Rational | null;
  time: Rational | null;
  hadamard: Rational | null;
  overlappingHadamard: Rational | null;
  total: Rational | null;
}

/** Phase readings x at steps of tau0, as whole numbers over a scale. */
export interface Phase {
  readonly whole: readonly bigint[];
  readonly scale: bigint;
  readonly tau0: Rational;
}

export const phaseOf = (readings: readonly Rational[], tau0: Rational): Phase => ({
  ...wholeColumn(readings),
  tau0,
});

/** The phase that average frequencies y, each over tau0, add up to; it starts at zero. */
export function phaseOfFrequency(readings: readonly Rational[], tau0: Rational): Phase {
  const { whole, scale } = wholeColumn(readings.map((y) => multiply(y, tau0)));
  const phase = [0n];
  for (const step of whole) phase.push((phase.at(-1) ?? 0n) + step);
  return { whole: phase, scale, tau0 };
}

/** The variances at m tau0, m >= 1. */
export function allanVariances({ whole, scale, tau0 }: Phase, m: number): AllanVariances {
  const tau = multiply(tau0, rational(BigInt(m)));
  const unit = multiply(square(tau), square(rational(scale)));
  const variance = (differences: readonly bigint[], factor: bigint): Rational | null =>
    differences.length === 0
      ? null
      : divide(rational(total(differences.map((d) => d * d)), factor * BigInt(differences.length)), unit);
  const modified = variance(sliding(second(whole, m, 1), m), 2n * BigInt(m) ** 2n);
  return {
    allan: variance(second(whole, m, m), 2n),
    overlapping: variance(second(whole, m, 1), 2n),
    modified,
    time: modified && multiply(modified, divide(square(tau), rational(3n))),
    hadamard: variance(third(whole, m, m), 6n),
    overlappingHadamard: variance(third(whole, m, 1), 6n),
    total: variance(reflected(whole, m), 2n),
  };
}

/** x(i+2m) - 2 x(i+m) + x(i), i in steps. */
function second(x: readonly bigint[], m: number, step: number): bigint[] {
  const found: bigint[] = [];
  for (let i = 0; i + 2 * m < x.length; i += step) {
    found.push(at(x, i + 2 * m) - 2n * at(x, i + m) + at(x, i));
  }
  return found;
}

/** x(i+3m) - 3 x(i+2m) + 3 x(i+m) - x(i), i in steps. */
function third(x: readonly bigint[], m: number, step: number): bigint[] {
  const found: bigint[] = [];
  for (let i = 0; i + 3 * m < x.length; i += step) {
    found.push(at(x, i + 3 * m) - 3n * (at(x, i + 2 * m) - at(x, i + m)) - at(x, i));
  }
  return found;
}

/** Sums over every m neighbours. */
function sliding(values: readonly bigint[], m: number): bigint[] {
  if (values.length < m) return [];
  let window = total(values.slice(0, m));
  const found = [window];
  for (let i = m; i < values.length; i += 1) {
    window += at(values, i) - at(values, i - m);
    found.push(window);
  }
  return found;
}

/** Second differences about each inner reading of the record, which is continued beyond its ends by reflection. */
function reflected(x: readonly bigint[], m: number): bigint[] {
  const last = x.length - 1;
  // Reflected once at most: m beyond the record has nothing to reflect.
  if (last < 2 || m > last) return [];
  const continued = (i: number): bigint => {
    if (i < 0) return 2n * at(x, 0) - at(x, -i);
    return i > last ? 2n * at(x, last) - at(x, 2 * last - i) : at(x, i);
  };
  const found: bigint[] = [];
  for (let i = 1; i < last; i += 1) found.push(continued(i - m) - 2n * at(x, i) + continued(i + m));
  return found;
}

const at = (x: readonly bigint[], i: number): bigint => x[i] ?? 0n;
