import { absolute, fromDecimal, type Rational, subtract } from '../rational.ts';
import { mean } from '../statistics.ts';

export type Direction = 'up' | 'down';

/**
 * How each of the values was come to, in the order in which they were measured: from below or from above. A value
 * that repeats the one before was come to as that one was; the first belongs to the way that begins with it. Null
 * where all are the same.
 */
export function directions(nominals: readonly string[]): (Direction | null)[] {
  const values = nominals.map(fromDecimal);
  const found: (Direction | null)[] = [];
  values.forEach((value, i) => {
    const before = values[i - 1];
    const step = before === undefined ? 0n : subtract(value, before).over;
    if (step !== 0n) found.push(step > 0n ? 'up' : 'down');
    else found.push(found.at(-1) ?? null);
  });
  const first = found.find((direction) => direction !== null) ?? null;
  return found.map((direction) => direction ?? first);
}

/**
 * h = |mean error upward - mean error downward| at the same nominal value; errors instead of readings, so that what
 * the reference did between the two does not count. Null where it was not come to both ways. As a source of
 * uncertainty it is rectangular with half-width h/2 (DKD-R 6-1): the divisor of h is 2 sqrt(3).
 */
export function hysteresis(up: readonly Rational[], down: readonly Rational[]): Rational | null {
  const [upward, downward] = [mean(up), mean(down)];
  return upward && downward && absolute(subtract(upward, downward));
}
