import type { AuthorCondition } from '../contract/author.ts';
import { compareDecimal, nearestQuanta, unitSymbol } from '../units/units.ts';
import type { Possible, Range } from './compile-possible.ts';
import type { Scope } from './compile-scope.ts';
import { type Measured, quantaOf } from './compile-source.ts';

type Side = 'above' | 'below';

export const rangeOf = ({ min, max, quantum }: Pick<Measured, 'min' | 'max' | 'quantum'>): Range => ({
  min: min === undefined ? Number.NEGATIVE_INFINITY : nearestQuanta(min, quantum),
  max: max === undefined ? Number.POSITIVE_INFINITY : nearestQuanta(max, quantum),
});

function outOfRange(text: string, { min, max, unit }: Measured): string | null {
  const below = min !== undefined && compareDecimal(text, min) < 0;
  const above = max !== undefined && compareDecimal(text, max) > 0;
  if (!below && !above) return null;
  return `is outside the sensor's range, ${min ?? '…'} to ${max ?? '…'} ${unitSymbol(unit)}`.trim();
}

/** A width in the signal's quanta: not negative. */
export function widthOf(text: string, measured: Measured, path: string, scope: Scope): number | null {
  const width = quantaOf(text, measured, path, scope);
  return width !== null && width < 0 ? scope.refuse(path, 'must not be negative') : width;
}

function limitOf(text: string, measured: Measured, path: string, scope: Scope): number | null {
  const limit = quantaOf(text, measured, path, scope);
  const wrong = limit === null ? null : outOfRange(text, measured);
  return wrong === null ? limit : scope.refuse(path, wrong);
}

const judges = {
  above: (limit: number, band: number) => (x: number) => ({ hold: x >= limit - band, fail: x < limit }),
  below: (limit: number, band: number) => (x: number) => ({ hold: x <= limit + band, fail: x > limit }),
} as const;

/** Threshold on one side: its condition, and what it can be. */
export function compileLevel(
  when: AuthorCondition,
  side: Side,
  measured: Measured,
  path: string,
  scope: Scope,
): { index: number; possible: Possible } | null {
  const limit = limitOf(when[side] ?? '0', measured, `${path}.${side}`, scope);
  const band = widthOf(when.deadband ?? '0', measured, `${path}.deadband`, scope);
  if (limit === null || band === null) return null;
  const { signal } = measured;
  const range = rangeOf(measured);
  const back = side === 'above' ? limit - band : limit + band;
  // Where a condition ends to hold must be a value that the sensor can show, else it never does.
  if (side === 'above' ? back <= range.min : back >= range.max) {
    return scope.refuse(`${path}.${side}`, 'leaves no value within the sensor’s range on its other side');
  }
  const index = scope.add('cond', [side === 'above' ? 'hi' : 'lo', signal, limit, band], path);
  if (index === null) return null;
  const judge = judges[side](limit, band);
  return { index, possible: { kind: 'level', signal, cuts: [limit, back], judge, range } };
}

/** Below the one or above the other; the dead-band lies inside. */
export function compileOutside(
  when: AuthorCondition,
  measured: Measured,
  path: string,
  scope: Scope,
): { index: number; possible: Possible } | null {
  const [lowText, highText] = when.outside ?? ['0', '0'];
  const low = limitOf(lowText, measured, `${path}.outside.0`, scope);
  const high = limitOf(highText, measured, `${path}.outside.1`, scope);
  const band = widthOf(when.deadband ?? '0', measured, `${path}.deadband`, scope);
  if (low === null || high === null || band === null) return null;
  if (low > high) return scope.refuse(`${path}.outside`, 'must name the lower limit first');
  if (low + band > high - band) {
    return scope.refuse(`${path}.deadband`, 'is too wide: between the limits no value is left that clears');
  }
  const range = rangeOf(measured);
  if (low <= range.min && high >= range.max) {
    return scope.refuse(`${path}.outside`, 'is the whole range of the sensor: it never fires');
  }
  const { signal } = measured;
  const index = scope.add('cond', ['out', signal, low, high, band], path);
  if (index === null) return null;
  const judge = (x: number) => ({
    hold: x < low + band || x > high - band,
    fail: x >= low && x <= high,
  });
  const cuts = [low, high, low + band, high - band];
  return { index, possible: { kind: 'level', signal, cuts, judge, range } };
}
