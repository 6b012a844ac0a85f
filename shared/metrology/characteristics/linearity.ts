import { leastSquares } from '../least-squares.ts';
import { absolute, add, compare, divide, multiply, one, type Rational, subtract } from '../rational.ts';

export interface Deviation {
  /** Largest |reading - line|, in the unit of the reading. */
  readonly largest: Rational;
  /** Index of the point where it is. */
  readonly at: number;
  /** Of the reading's span between the lowest and the highest point; null where the span is zero. */
  readonly shareOfSpan: Rational | null;
}

export interface NonLinearity {
  /** From the least-squares line through all points. */
  readonly bestFit: Deviation;
  /** From the line through the points with the lowest and with the highest x. */
  readonly terminal: Deviation;
}

/**
 * Non-linearity of y over x by both usual lines, exact. Null where x has no two different values. Of points that
 * share the lowest or the highest x the first one is an end of the terminal line.
 */
export function nonLinearity(x: readonly Rational[], y: readonly Rational[]): NonLinearity | null {
  const fit = leastSquares(
    x.map((value) => [one, value]),
    y,
    { constant: true },
  );
  const [offset, gain] = fit?.parameters ?? [];
  const low = indexOf(x, (a, b) => compare(a, b) < 0);
  const high = indexOf(x, (a, b) => compare(a, b) > 0);
  const [x0, x1, y0, y1] = [x[low], x[high], y[low], y[high]];
  if (!offset || !gain || !x0 || !x1 || !y0 || !y1) return null;
  const span = subtract(y1, y0);
  const slope = divide(span, subtract(x1, x0));
  return {
    bestFit: deviationFrom((value) => add(offset, multiply(gain, value)), { x, y, span }),
    terminal: deviationFrom((value) => add(y0, multiply(slope, subtract(value, x0))), { x, y, span }),
  };
}

const indexOf = (values: readonly Rational[], isBetter: (a: Rational, b: Rational) => boolean): number =>
  values.reduce((best, value, i) => (isBetter(value, values[best] ?? value) ? i : best), 0);

function deviationFrom(
  line: (x: Rational) => Rational,
  { x, y, span }: { x: readonly Rational[]; y: readonly Rational[]; span: Rational },
): Deviation {
  const sizes = y.map((value, i) => absolute(subtract(value, line(x[i] ?? one))));
  const at = indexOf(sizes, (a, b) => compare(a, b) > 0);
  const largest = sizes[at] ?? one;
  return { largest, at, shareOfSpan: span.over === 0n ? null : divide(largest, absolute(span)) };
}
