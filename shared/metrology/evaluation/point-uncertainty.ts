import type { Laboratory } from '../../contract/certificate.ts';
import type { BudgetLine } from '../../contract/evaluation.ts';
import type { PointSource } from '../characteristics/characteristics.ts';
import {
  add,
  compare,
  divide,
  fromDecimal,
  multiply,
  type Rational,
  rational,
  significantPlaces,
  square,
  toPlaces,
  toSignificant,
  zero,
} from '../rational.ts';
import { squareRootText } from '../square-root.ts';
import { studentT } from '../statistics/student-t.ts';

/** Figures of a budget are printed to so many digits; nothing is computed from them. */
const shownDigits = 6;
const digits = 15;

export interface PointUncertainty {
  budget: BudgetLine[];
  standardUncertainty: string;
  /** Null: infinite. */
  effectiveDegreesOfFreedom: string | null;
  coverageFactor: string;
  /** Unrounded, and rounded to two significant digits. */
  expanded: Rational;
  expandedUncertainty: string;
  /** Decimal places of the rounded U; the value ends there too. Negative: tens. */
  places: number;
}

interface Line {
  source: PointSource;
  squared: Rational;
  amount: string;
  divisor: string;
  degrees: Rational | null;
}

/** The square of what a half-width is divided by (JCGM 100, 4.3; table of distributions). */
const divisorSquared: Partial<Record<PointSource['distribution'], bigint>> = {
  rectangular: 3n,
  triangular: 6n,
  'u-shaped': 2n,
};

function lineOf(source: PointSource): Line {
  const degrees = source.degreesOfFreedom === undefined ? null : fromDecimal(source.degreesOfFreedom);
  if (source.halfWidth !== undefined) {
    const by = rational(divisorSquared[source.distribution] ?? 1n);
    const squared = divide(square(fromDecimal(source.halfWidth)), by);
    return { source, squared, amount: source.halfWidth, divisor: squareRootText(by, 5), degrees };
  }
  if (source.expanded !== undefined) {
    const k = source.k ?? '2';
    const squared = square(divide(fromDecimal(source.expanded), fromDecimal(k)));
    return { source, squared, amount: source.expanded, divisor: k, degrees };
  }
  const amount = source.standardUncertainty ?? '0';
  return { source, squared: square(fromDecimal(amount)), amount, divisor: '1', degrees };
}

/**
 * Combines independent sources of an error whose sensitivities are +1 and -1 (JCGM 100, 5.1.2), with effective degrees
 * of freedom (G.4, cut to a whole number for k), k for the probability, and U not below the laboratory's floor (CMC).
 */
export function combine(
  sources: readonly PointSource[],
  probability: string,
  { rounding, floor }: { rounding: Laboratory['rounding']; floor: string | null },
): PointUncertainty {
  const lines = sources.map(lineOf);
  const variance = lines.reduce((sum, { squared }) => add(sum, squared), zero);
  const degrees = effectiveDegrees(lines, variance);
  const factor = studentT
    .coverageFactor(Number(probability), degrees ?? Number.POSITIVE_INFINITY)
    .toPrecision(digits);
  const own = multiply(fromDecimal(squareRootText(variance, digits, 'up')), fromDecimal(factor));
  const least = fromDecimal(floor ?? '0');
  const expanded = compare(own, least) < 0 ? least : own;
  const { text, places } = roundedUncertainty(expanded, rounding);
  return {
    budget: lines.map((line) => shown(line, variance)),
    standardUncertainty: squareRootText(variance, shownDigits, 'up'),
    effectiveDegreesOfFreedom: degrees === null ? null : String(degrees),
    coverageFactor: toPlaces(fromDecimal(factor), 4),
    expanded,
    expandedUncertainty: text,
    places,
  };
}

function shown({ source, squared, amount, divisor, degrees }: Line, variance: Rational): BudgetLine {
  const u = squareRootText(squared, shownDigits, 'up');
  const share = variance.over === 0n ? zero : divide(multiply(squared, rational(100n)), variance);
  return {
    name: source.name,
    distribution: source.distribution,
    amount,
    divisor,
    standardUncertainty: u,
    degreesOfFreedom: degrees && toPlaces(degrees, 1),
    sensitivity: source.sensitivity,
    contribution: u,
    share: toPlaces(share, 1),
  };
}

/** Welch-Satterthwaite, cut to a whole number (G.4.1, note 1 of G.6.4), at least 1; null: infinite. */
function effectiveDegrees(lines: readonly Line[], variance: Rational): number | null {
  const under = lines.reduce(
    (sum, { squared, degrees }) => (degrees === null ? sum : add(sum, divide(square(squared), degrees))),
    zero,
  );
  if (under.over === 0n) return null;
  const { over, under: whole } = divide(square(variance), under);
  return Math.max(1, Number(over / whole));
}

/** Two significant digits; `five-percent` goes down where that loses no more than 5 % (EA-4/02). */
function roundedUncertainty(u: Rational, rounding: Laboratory['rounding']): { text: string; places: number } {
  if (u.over === 0n) return { text: '0', places: 0 };
  const mode = rounding === 'nearest' ? 'half-up' : 'up';
  const up = { text: toSignificant(u, 2, mode), places: significantPlaces(u, 2, mode) };
  if (rounding !== 'five-percent') return up;
  const nearest = toSignificant(u, 2, 'half-up');
  const lost = divide(fromDecimal(nearest), u);
  return compare(lost, rational(95n, 100n)) < 0
    ? up
    : { text: nearest, places: significantPlaces(u, 2, 'half-up') };
}
