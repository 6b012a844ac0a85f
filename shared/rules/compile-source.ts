import type { AuthorSource } from '../contract/author.ts';
import {
  compareDecimal,
  NumberError,
  nearestQuanta,
  subtractDecimal,
  toQuanta,
  unitSymbol,
} from '../units/units.ts';
import type { CompileChannel } from './compile-channel.ts';
import type { Entry, Scope } from './compile-scope.ts';

/** A signal of the device form, and what its whole numbers mean. */
export interface Measured {
  /** Place among the signals. */
  signal: number;
  quantum: string;
  unit: string;
  /** Range that it can show, in `unit`. */
  min?: string;
  max?: string;
  /** Greatest magnitude, quanta. */
  top: number;
}

/** The greatest magnitude of an input (rule N3 of the model), and of what differences make of it (as in the engine). */
const inputTop = { full: 2 ** 31, small: 2 ** 21 } as const;
const signalTop = 2 ** 36;
const smallTop = 2 ** 30;
const powers = { light: 4, medium: 5, heavy: 6 } as const;
const usualSamples = 64;
const mostSamples = 256;

/** Samples that a window must keep: as many as come in its time, where the period is known. Null: too many. */
export function samplesFor(scope: Scope, span: number, path: string): number | null {
  if (scope.periodMs === null) return usualSamples;
  const count = Math.floor(span / scope.periodMs) + 2;
  if (count <= mostSamples) return count;
  return scope.refuse(
    path,
    `needs ${count} samples, and a unit keeps ${mostSamples}; smooth the sensor, or say how many samples it keeps`,
  );
}

/** Adds what the source needs to the tables. Null where something is wrong, which is then among the mistakes. */
export function compileSource(source: Partial<AuthorSource>, path: string, scope: Scope): Measured | null {
  const first = operand(source.sensor, source.stale, `${path}.sensor`, scope);
  const second = source.minus === undefined ? null : operand(source.minus, undefined, `${path}.minus`, scope);
  if (first === null || (source.minus !== undefined && second === null)) return null;
  const base = second === null ? first : difference(first, second, path, scope);
  return base === null ? null : smoothed(base, source, path, scope);
}

function operand(
  sensor: string | AuthorSource | undefined,
  stale: string | undefined,
  path: string,
  scope: Scope,
): Measured | null {
  if (typeof sensor === 'object') return compileSource(sensor, path, scope);
  const channel = scope.channels.find(({ id }) => id === sensor);
  if (!channel) {
    const known = scope.channels.map(({ id }) => id).join(', ');
    return scope.refuse(path, `is not a channel of the unit; it has: ${known}`);
  }
  const own = stale === undefined ? channel.staleMs : scope.span(stale, path.replace(/sensor$/, 'stale'));
  if (own === null) return null;
  const input = scope.add('in', [channel.id, own], path);
  const signal = input === null ? null : scope.add('sig', ['in', input], path);
  if (signal === null) return null;
  const { quantum, unit, min, max } = channel;
  const measured: Measured = {
    signal,
    quantum,
    unit,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    top: topOf(channel, scope.small),
  };
  return scope.small && measured.top > inputTop.small
    ? scope.refuse(path, 'must have a range of at most 2^21 steps on a small board; choose a larger quantum')
    : measured;
}

/** Greatest magnitude of a channel, quanta; on a small board its range must say it. */
function topOf({ min, max, quantum }: CompileChannel, small: boolean): number {
  if (!small) return inputTop.full;
  if (min === undefined || max === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(...[min, max].map((end) => Math.abs(nearestQuanta(end, quantum, 'up'))));
}

function difference(a: Measured, b: Measured, path: string, scope: Scope): Measured | null {
  if (compareDecimal(a.quantum, b.quantum) !== 0 || a.unit !== b.unit) {
    const said = ({ quantum, unit }: Measured): string => `${quantum} ${unitSymbol(unit)}`.trim();
    return scope.refuse(`${path}.minus`, `must count in the same steps: ${said(b)} is not ${said(a)}`);
  }
  const top = a.top + b.top;
  if (top > (scope.small ? inputTop.small : signalTop)) {
    return scope.refuse(`${path}.minus`, 'is a difference of too many differences');
  }
  const signal = scope.add('sig', ['diff', a.signal, b.signal], path);
  if (signal === null) return null;
  const { quantum, unit } = a;
  const min = a.min !== undefined && b.max !== undefined ? { min: subtractDecimal(a.min, b.max) } : {};
  const max = a.max !== undefined && b.min !== undefined ? { max: subtractDecimal(a.max, b.min) } : {};
  return { signal, quantum, unit, ...min, ...max, top };
}

function smoothed(
  base: Measured,
  source: Partial<AuthorSource>,
  path: string,
  scope: Scope,
): Measured | null {
  const entry = smoothing(base, source, path, scope);
  if (entry === undefined) return base;
  const signal = entry === null ? null : scope.add('sig', entry, path);
  return signal === null ? null : { ...base, signal };
}

const windows = { average: 'avg', lowest: 'min', highest: 'max' } as const;

/** Undefined where the source is taken as it is. */
function smoothing(
  base: Measured,
  source: Partial<AuthorSource>,
  path: string,
  scope: Scope,
): Entry | null | undefined {
  const { smooth } = source;
  if (smooth !== undefined) {
    const power = typeof smooth === 'number' ? smooth : powers[smooth];
    // The mean is kept in 256ths of a quantum.
    if (scope.small && 2 * 256 * base.top > smallTop) {
      return scope.refuse(`${path}.smooth`, 'is more than a small board can count');
    }
    return ['ewma', base.signal, power];
  }
  for (const key of ['average', 'lowest', 'highest'] as const) {
    const text = source[key];
    if (text === undefined) continue;
    const span = scope.span(text, `${path}.${key}`, 1);
    const samples = span === null ? null : (source.samples ?? samplesFor(scope, span, `${path}.${key}`));
    if (span === null || samples === null) return null;
    if (scope.small && key === 'average' && 2 * samples * base.top >= smallTop) {
      return scope.refuse(`${path}.average`, `is more than a small board can count with ${samples} samples`);
    }
    return [windows[key], base.signal, span, samples];
  }
  return undefined;
}

/** Quanta of a number that a person wrote; null where it is none, which is then among the mistakes. */
export function quantaOf(text: string, measured: Measured, path: string, scope: Scope): number | null {
  const { quantum, unit } = measured;
  try {
    const count = toQuanta(text, quantum);
    const most = scope.small ? inputTop.small : inputTop.full;
    return Math.abs(count) <= most ? count : scope.refuse(path, 'is beyond what the unit can count');
  } catch (thrown) {
    if (!(thrown instanceof NumberError)) throw thrown;
    return scope.refuse(path, `is not a whole number of steps of ${quantum} ${unitSymbol(unit)}`.trim());
  }
}
