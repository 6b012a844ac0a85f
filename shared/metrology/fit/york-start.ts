import {
  absolute,
  add,
  decimalExponent,
  divide,
  larger,
  multiply,
  type Rational,
  rational,
  subtract,
  zero,
} from '../rational.ts';
import { mean } from '../statistics.ts';
import { powerOfTenFraction, toNumber } from './text.ts';

/** One reading of a line with uncertainty in x and y: variances and the covariance of its x with its y. */
export interface LinePoint {
  x: Rational;
  y: Rational;
  varianceX: Rational;
  varianceY: Rational;
  covariance: Rational;
}

const mostIterations = 500;

/**
 * A line near the solution, by York's iteration (D. York et al., Am. J. Phys. 72 (2004) 367) in doubles. Readings are
 * first brought about zero and to the size of one, so that neither large offsets nor small units lose digits.
 */
export function yorkStart(points: readonly LinePoint[]): { offset: Rational; gain: Rational } | null {
  const [centreX, centreY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  if (centreX === null || centreY === null) return null;
  const [sizeX, sizeY] = [
    size(points.map(({ x }) => subtract(x, centreX))),
    size(points.map(({ y }) => subtract(y, centreY))),
  ];
  const scaled = points.map((point) => ({
    x: toNumber(divide(subtract(point.x, centreX), sizeX)),
    y: toNumber(divide(subtract(point.y, centreY), sizeY)),
    xx: toNumber(divide(point.varianceX, multiply(sizeX, sizeX))),
    yy: toNumber(divide(point.varianceY, multiply(sizeY, sizeY))),
    xy: toNumber(divide(point.covariance, multiply(sizeX, sizeY))),
  }));
  let line = bestDirection(scaled);
  for (let iteration = 0; iteration < mostIterations; iteration += 1) {
    const next = improved(scaled, line.gain);
    if (!Number.isFinite(next.gain) || !Number.isFinite(next.offset)) return null;
    const settled = Math.abs(next.gain - line.gain) <= 1e-15 * Math.abs(next.gain);
    line = next;
    if (settled) break;
  }
  const gain = divide(multiply(fraction(line.gain), sizeY), sizeX);
  const offset = subtract(add(centreY, multiply(fraction(line.offset), sizeY)), multiply(gain, centreX));
  return { offset, gain };
}

interface ScaledPoint {
  x: number;
  y: number;
  xx: number;
  yy: number;
  xy: number;
}

/** The power of ten of the largest magnitude. */
function size(values: readonly Rational[]): Rational {
  const most = values.map(absolute).reduce(larger, zero);
  return most.over === 0n ? rational(1n) : powerOfTenFraction(decimalExponent(most));
}

const total = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/** So many directions are tried: chi-squared may have a second, lesser minimum. */
const directions = 180;

/** The line through the weighted means of the direction with the least chi-squared. */
function bestDirection(points: readonly ScaledPoint[]): { offset: number; gain: number } {
  const plain = total(points, ({ x, y }) => x * y) / total(points, ({ x }) => x * x);
  const gains = Array.from({ length: directions }, (_, k) =>
    Math.tan(((k + 0.5) / directions - 0.5) * Math.PI),
  );
  const tried = [plain, ...gains].filter(Number.isFinite).map((gain) => {
    const { offset, weighted } = through(points, gain);
    return { offset, gain, chiSquared: total(weighted, ({ w, x, y }) => w * (y - offset - gain * x) ** 2) };
  });
  const [first = { offset: 0, gain: 0, chiSquared: Number.NaN }] = tried;
  return tried.reduce((best, each) => (each.chiSquared < best.chiSquared ? each : best), first);
}

/** Weights at a gain, and the line of that gain through the weighted means. */
function through(points: readonly ScaledPoint[], gain: number) {
  const weighted = points.map((p) => ({ ...p, w: 1 / (p.yy + gain * gain * p.xx - 2 * gain * p.xy) }));
  const all = total(weighted, ({ w }) => w);
  const meanX = total(weighted, ({ w, x }) => w * x) / all;
  const meanY = total(weighted, ({ w, y }) => w * y) / all;
  return { weighted, meanX, meanY, offset: meanY - gain * meanX };
}

/** One step of York's iteration. */
function improved(points: readonly ScaledPoint[], gain: number): { offset: number; gain: number } {
  const { weighted, meanX, meanY } = through(points, gain);
  const terms = weighted.map((p) => {
    const [u, v] = [p.x - meanX, p.y - meanY];
    const beta = p.w * (u * p.yy + gain * v * p.xx - (gain * u + v) * p.xy);
    return { over: p.w * beta * v, under: p.w * beta * u };
  });
  const next = total(terms, ({ over }) => over) / total(terms, ({ under }) => under);
  return { gain: next, offset: meanY - next * meanX };
}

const fraction = (value: number): Rational => {
  const [digits = '0', exponent = '0'] = value.toExponential(17).split('e');
  return multiply(
    rational(BigInt(digits.replace('.', '')), 10n ** BigInt(digits.split('.')[1]?.length ?? 0)),
    powerOfTenFraction(Number(exponent)),
  );
};
