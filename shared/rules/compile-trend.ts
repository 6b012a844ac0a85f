import type { AuthorCondition } from '../contract/author.ts';
import {
  divideRounded,
  fromQuanta,
  multiplyDecimal,
  parseDecimal,
  powerOfTen,
  unitSymbol,
} from '../units/units.ts';
import type { Entry, Scope } from './compile-scope.ts';
import { type Measured, samplesFor } from './compile-source.ts';
import { widthOf } from './threshold.ts';

/** Products must stay exact in both engines (rule N3 of the model). */
const productMax = 2 ** 52;
const seconds = { s: 1, min: 60, h: 3600 } as const;
const directions = { rising: 1, falling: -1, changing: 0 } as const;
/** A unit counts rates in whole quanta a second: how far the nearest may be from what was asked for, in percent. */
const rateTolerance = 5n;

/** Quanta a second, the nearest there is, or null where none is near enough. */
export function rateQuanta(text: string, quantum: string, per: keyof typeof seconds): number | null {
  const [rate, step] = [parseDecimal(text), parseDecimal(quantum)];
  const over = rate.digits * powerOfTen(step.places);
  const under = step.digits * powerOfTen(rate.places) * BigInt(seconds[per]);
  if (over <= 0n) return null;
  const nearest = divideRounded(over, under, 'half-up');
  const off = nearest * under - over;
  const tooFar = (off < 0n ? -off : off) * 100n > over * rateTolerance;
  return tooFar || nearest > 2n ** 31n ? null : Number(nearest);
}

/** `0.06 °C a minute`: the rate that a count of quanta a second is. */
export const rateText = (count: number, quantum: string, per: keyof typeof seconds): string =>
  multiplyDecimal(fromQuanta(count, quantum), String(seconds[per]));

export function compileRate(
  when: AuthorCondition,
  measured: Measured,
  path: string,
  scope: Scope,
): Entry | null {
  const key = when.rising !== undefined ? 'rising' : when.falling !== undefined ? 'falling' : 'changing';
  if (scope.small) return scope.refuse(`${path}.${key}`, 'is more than a small board can count');
  const per = when.per ?? 's';
  const { quantum, unit, signal } = measured;
  const limit = rateQuanta(when[key] ?? '0', quantum, per);
  const span = scope.span(when.over ?? '0s', `${path}.over`, 1);
  if (limit === null) {
    const step = `${rateText(1, quantum, per)} ${unitSymbol(unit)}`.trim();
    scope.refuse(`${path}.${key}`, `must be above 0 and close to whole steps of ${step} per ${per}`);
  }
  if (limit === null || span === null) return null;
  if (limit * span >= productMax) return scope.refuse(`${path}.over`, 'is too long for so high a rate');
  const points = when.points ?? samplesFor(scope, span, `${path}.over`);
  return points === null ? null : ['roc', signal, limit, span, directions[key], points];
}

const usual = { memory: 7, warmUp: 120 } as const;

/** Sixteenths of the deviation, at most 2047. */
function factorOf(times: string): number | null {
  const { digits, places } = parseDecimal(times);
  const sixteenths = digits * 16n;
  const whole = sixteenths % powerOfTen(places) === 0n;
  const factor = Number(sixteenths / powerOfTen(places));
  return whole && factor >= 1 && factor <= 2047 ? factor : null;
}

export function compileAnomaly(
  when: AuthorCondition,
  times: string,
  measured: Measured,
  path: string,
  scope: Scope,
): Entry | null {
  if (scope.small) return scope.refuse(`${path}.unusual`, 'is more than a small board can count');
  const factor = factorOf(times);
  if (factor === null) {
    scope.refuse(
      `${path}.unusual`,
      'must be a number of sixteenths from 0.0625 to 127.9375, such as "6" or "4.5"',
    );
  }
  const least = when.floor === undefined ? 1 : widthOf(when.floor, measured, `${path}.floor`, scope);
  if (factor === null || least === null) return null;
  // Mean and deviation are kept in 256ths; an error is at most twice the greatest value.
  if (factor * 256 * Math.max(2 * measured.top, least) >= productMax) {
    return scope.refuse(`${path}.unusual`, 'is more than the unit can count for this difference of sensors');
  }
  const learns = when.learn === 'always' ? 0 : 1;
  return [
    'anom',
    measured.signal,
    when.memory ?? usual.memory,
    factor,
    least,
    when.warmUp ?? usual.warmUp,
    learns,
  ];
}
