import { fromNumber, toNumber } from '../fit/text.ts';
import { divide, fromDecimal, multiply, type Rational, square, zero } from '../rational.ts';
import { normal } from '../statistics/normal.ts';
import { studentT } from '../statistics/student-t.ts';
import { type Convolution, halfWidthFor } from './convolution.ts';
import type { Correlations } from './correlations.ts';
import { rectangularNames } from './distributions.ts';
import { isCorrelated } from './propagate.ts';
import type { Input } from './source.ts';

export type CoverageMethod = 'given' | 'normal' | 'student-t' | 'rectangular' | 'trapezoidal' | 'convolution';

/** How the coverage factor was found. */
export interface Coverage {
  readonly k: Rational;
  readonly method: CoverageMethod;
  /** Those of the t distribution that k was taken from: a whole number where there is one at all. */
  readonly degreesUsed: string | null;
  /** Names of the rectangular sources that rule the shape. */
  readonly dominant: readonly string[];
  /** The factor of the shape itself, where a simpler rule was used. */
  readonly shapeFactor: number | null;
}

export interface CoverageQuestion {
  readonly probability: string;
  readonly given: string | undefined;
  readonly inputs: readonly Input[];
  readonly sensitivities: readonly Rational[];
  readonly correlations: Correlations;
  /** Of the combined variance. */
  readonly combined: Rational;
  /** Null: infinitely many, or none where inputs are correlated. */
  readonly degrees: Rational | null;
}

const plain = { degreesUsed: null, dominant: [], shapeFactor: null };

export function coverageOf(question: CoverageQuestion): Coverage {
  const { given, degrees } = question;
  if (given !== undefined) return { ...plain, k: fromDecimal(given), method: 'given' };
  const p = Number(question.probability);
  const shaped = isCorrelated(question.correlations) ? null : byShape(p, question);
  if (shaped !== null) return shaped;
  if (degrees === null) return { ...plain, k: fromNumber(normal.coverageFactor(p)), method: 'normal' };
  const { used, text } = truncated(degrees);
  const k = fromNumber(studentT.coverageFactor(p, used));
  return { ...plain, k, method: 'student-t', degreesUsed: text };
}

/** The table of t knows whole degrees: the next lower ones are used (JCGM 100, G.4.1). Below one they stay. */
function truncated(degrees: Rational): { used: number; text: string } {
  const whole = degrees.over / degrees.under;
  const used = whole > 0n ? Number(whole) : toNumber(degrees);
  return { used, text: whole > 0n ? String(whole) : String(used) };
}

interface Term {
  readonly name: string;
  /** |c| u over the combined uncertainty: a share, whatever the size of the numbers. */
  readonly u: number;
  /** |c| a over the same, of a rectangular one; else null. */
  readonly halfWidth: number | null;
}

/** A rectangular term above this share of u_c rules the shape of the result. */
const ruling = 0.7;
/** EA-4/02, S9: up to this ratio of all else to the ruling terms, the result has their shape. */
const negligible = 0.3;

function byShape(p: number, question: CoverageQuestion): Coverage | null {
  const all = question.inputs.map((input, i) =>
    termOf(input, question.sensitivities[i] ?? zero, question.combined),
  );
  const [first, second] = all
    .filter(({ halfWidth }) => halfWidth !== null && halfWidth > 0)
    .sort((a, b) => b.u - a.u);
  if (first?.halfWidth == null || !(first.u > ruling)) return null;
  const restOf = (...ruled: readonly Term[]): number =>
    Math.hypot(...all.filter((term) => !ruled.includes(term)).map(({ u }) => u));
  const two = second?.halfWidth != null && second.halfWidth > 1e-3 * first.halfWidth;
  const ruled = two && second ? [first, second] : [first];
  const rest = restOf(...ruled);
  const shape: Convolution = {
    halfWidths: two && second?.halfWidth != null ? [first.halfWidth, second.halfWidth] : [first.halfWidth],
    sigma: rest * inflation(p, ruled, question),
  };
  const shapeFactor = halfWidthFor(p, shape);
  if (restOf(first) <= negligible * first.u) {
    const k = p * Math.sqrt(3);
    return { ...plain, k: fromNumber(k), method: 'rectangular', dominant: [first.name], shapeFactor };
  }
  const dominant = ruled.map(({ name }) => name);
  if (two && second && rest <= negligible * Math.hypot(first.u, second.u)) {
    const k = trapezoidFactor(p, first.halfWidth, second.halfWidth ?? 0);
    return { ...plain, k: fromNumber(k), method: 'trapezoidal', dominant, shapeFactor };
  }
  return { ...plain, k: fromNumber(shapeFactor), method: 'convolution', dominant, shapeFactor: null };
}

function termOf({ name, variance, shape }: Input, sensitivity: Rational, combined: Rational): Term {
  const u = Math.sqrt(toNumber(divide(multiply(square(sensitivity), variance), combined)));
  const rectangular = typeof shape.kind === 'object' && rectangularNames.includes(shape.kind.name);
  return { name, u, halfWidth: rectangular ? u * Math.sqrt(3) : null };
}

/** The rest is taken as normal; what few degrees of freedom it has widens it as its own t factor does. */
function inflation(p: number, ruled: readonly Term[], question: CoverageQuestion): number {
  const { inputs, sensitivities, combined } = question;
  let [squares, fourths] = [0, 0];
  inputs.forEach((input, i) => {
    if (ruled.some(({ name }) => name === input.name)) return;
    const { u } = termOf(input, sensitivities[i] ?? zero, combined);
    squares += u ** 2;
    if (input.degrees !== null) fourths += u ** 4 / toNumber(input.degrees);
  });
  if (fourths === 0) return 1;
  return studentT.coverageFactor(p, squares ** 2 / fourths) / normal.coverageFactor(p);
}

/** k of two rectangular distributions together (EA-4/02, S10.13): half-widths a >= b make a trapezoid. */
export function trapezoidFactor(p: number, a: number, b: number): number {
  const beta = (a - b) / (a + b);
  const deviation = Math.sqrt((1 + beta * beta) / 6);
  // The flat top holds 2 beta/(1 + beta); a smaller share lies within it.
  if (p * (1 + beta) < 2 * beta) return (p * (1 + beta)) / 2 / deviation;
  return (1 - Math.sqrt((1 - p) * (1 - beta * beta))) / deviation;
}
