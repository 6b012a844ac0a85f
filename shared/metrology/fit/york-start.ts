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

/** A line, and the sum of its weighted squares. */
export interface StartLine {
  offset: Rational;
  gain: Rational;
  chiSquared: number;
}

/**
 * A line near the least chi-squared, in doubles: over every direction first, because there may be several minima (York's
 * own iteration ends in any of them), then narrowed down. Readings are first brought about zero and to the size of
 * one, so that neither large offsets nor small units lose digits. Null where no direction has a chi-squared.
 */
export function yorkStart(points: readonly LinePoint[]): StartLine | null {
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
  const line = through(scaled, Math.tan(bestAngle(scaled)));
  if (!Number.isFinite(line.chiSquared)) return null;
  const gain = divide(multiply(fraction(line.gain), sizeY), sizeX);
  const offset = subtract(add(centreY, multiply(fraction(line.offset), sizeY)), multiply(gain, centreX));
  return { offset, gain, chiSquared: line.chiSquared };
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

/** Tried over the half circle: fewer for thousands of readings, whose chi-squared is smooth. */
const directionsOf = (readings: number): number =>
  Math.round(Math.min(720, Math.max(90, 360_000 / readings)));
const narrowings = 60;
const golden = (Math.sqrt(5) - 1) / 2;

/** The angle with the least chi-squared: the best of a fan, then golden sections between its neighbours. */
function bestAngle(points: readonly ScaledPoint[]): number {
  const directions = directionsOf(points.length);
  const step = Math.PI / directions;
  const chiSquared = (angle: number): number => through(points, Math.tan(angle)).chiSquared;
  // The line through readings without scatter may lie in a valley that is narrower than a step.
  const plain = total(points, ({ x, y }) => x * y) / total(points, ({ x }) => x * x);
  const fan = Array.from({ length: directions }, (_, k) => (k + 0.5) * step - Math.PI / 2);
  const tried = [Math.atan(plain), ...fan].map((angle) => ({ angle, value: chiSquared(angle) }));
  const { angle } = tried.reduce((best, each) =>
    each.value < best.value || Number.isNaN(best.value) ? each : best,
  );
  let [low, high] = [angle - step, angle + step];
  for (let narrowing = 0; narrowing < narrowings; narrowing += 1) {
    const inner = high - golden * (high - low);
    const outer = low + golden * (high - low);
    if (chiSquared(inner) < chiSquared(outer)) high = outer;
    else low = inner;
  }
  const middle = (low + high) / 2;
  return chiSquared(middle) <= chiSquared(angle) ? middle : angle;
}

/** The line of a gain through the weighted means, which is the best one of that gain. */
function through(
  points: readonly ScaledPoint[],
  gain: number,
): { offset: number; gain: number; chiSquared: number } {
  let [all, first, second] = [0, 0, 0];
  for (const p of points) {
    const w = weight(p, gain);
    all += w;
    first += w * (p.y - gain * p.x);
  }
  const offset = first / all;
  for (const p of points) second += weight(p, gain) * (p.y - gain * p.x - offset) ** 2;
  return { offset, gain, chiSquared: second };
}

const weight = ({ xx, yy, xy }: ScaledPoint, gain: number): number => 1 / (yy + gain * (gain * xx - 2 * xy));

const fraction = (value: number): Rational => {
  const [digits = '0', exponent = '0'] = value.toExponential(17).split('e');
  return multiply(
    rational(BigInt(digits.replace('.', '')), 10n ** BigInt(digits.split('.')[1]?.length ?? 0)),
    powerOfTenFraction(Number(exponent)),
  );
};
