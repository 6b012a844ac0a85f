import { add, compare, divide, type Rational, square, zero } from '../rational.ts';
import type { Correlations } from './correlations.ts';
import { combinedVariance } from './propagate.ts';
import type { Input } from './source.ts';

/** Null for infinitely many; `undefined` is told apart: Welch-Satterthwaite does not hold. */
export type Degrees = Rational | null | 'undefined';

/**
 * Welch and Satterthwaite's effective degrees of freedom (JCGM 100, G.4.1), exact. The formula is of independent
 * parts: inputs that are correlated with each other are one part. Where all of them were read together, pair by pair,
 * that part is one series of readings and has its n - 1 (JCGM 100, H.2, second approach); where only some of them have
 * finite degrees of freedom, or different ones, it has none.
 */
export function effectiveDegrees(
  sensitivities: readonly Rational[],
  inputs: readonly Input[],
  correlations: Correlations,
  combined: Rational,
): Degrees {
  let total = zero;
  for (const part of partsOf(sensitivities, correlations)) {
    const degrees = degreesOf(part.flatMap((i) => inputs[i] ?? []));
    if (degrees === 'undefined') return degrees;
    if (degrees === null) continue;
    const alone = sensitivities.map((slope, i) => (part.includes(i) ? slope : zero));
    total = add(total, divide(square(combinedVariance(alone, inputs, correlations)), degrees));
  }
  return total.over === 0n ? null : divide(square(combined), total);
}

/** The places of inputs that go into the result, those together that are tied by correlations. */
function partsOf(sensitivities: readonly Rational[], correlations: Correlations): number[][] {
  const left = new Set([...sensitivities.keys()].filter((i) => sensitivities[i]?.over !== 0n));
  const parts: number[][] = [];
  for (const first of left) {
    const part = [first];
    left.delete(first);
    for (const i of part) {
      const tied = [...left].filter((j) => correlations[i]?.[j]?.over !== 0n);
      for (const j of tied) left.delete(j);
      part.push(...tied);
    }
    parts.push(part);
  }
  return parts;
}

function degreesOf(part: readonly Input[]): Degrees {
  const [first, ...others] = part;
  if (!first || part.every(({ degrees }) => degrees === null)) return null;
  const isAlike = ({ degrees, readings }: Input): boolean =>
    degrees !== null &&
    first.degrees !== null &&
    compare(degrees, first.degrees) === 0 &&
    readings !== null &&
    readings.length === first.readings?.length;
  return others.every(isAlike) ? first.degrees : 'undefined';
}
