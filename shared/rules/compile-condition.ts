import { type AuthorCondition, dayNames } from '../contract/author.ts';
import type { Possible } from './compile-possible.ts';
import type { Entry, Scope } from './compile-scope.ts';
import { compileSource, type Measured } from './compile-source.ts';
import { compileAnomaly, compileRate } from './compile-trend.ts';
import { compileLevel, compileOutside, widthOf } from './threshold.ts';

/** Place of a condition in the device form, and what it can be. */
export interface Condition {
  index: number;
  possible: Possible;
}

const free: Possible = { kind: 'free' };

/** Adds what the condition needs to the tables. Null where something is wrong, which is then among the mistakes. */
export function compileCondition(when: AuthorCondition, path: string, scope: Scope): Condition | null {
  const plain = when.sensor === undefined ? compileMany(when, path, scope) : compileOne(when, path, scope);
  if (plain === null || when.not !== true) return plain;
  const index = scope.add('cond', ['not', plain.index], path);
  return index === null ? null : { index, possible: { kind: 'not', of: plain.possible } };
}

function entryOf(entry: Entry | null, possible: Possible, path: string, scope: Scope): Condition | null {
  const index = entry === null ? null : scope.add('cond', entry, path);
  return index === null ? null : { index, possible };
}

/** Conditions on a signal. */
function compileOne(when: AuthorCondition, path: string, scope: Scope): Condition | null {
  const measured = compileSource(when, path, scope);
  if (measured === null) return null;
  if (when.above !== undefined) return compileLevel(when, 'above', measured, path, scope);
  if (when.below !== undefined) return compileLevel(when, 'below', measured, path, scope);
  if (when.outside !== undefined) return compileOutside(when, measured, path, scope);
  return entryOf(timed(when, measured, path, scope), free, path, scope);
}

function timed(when: AuthorCondition, measured: Measured, path: string, scope: Scope): Entry | null {
  if (when.silent) return ['bad', measured.signal];
  if (when.unusual !== undefined) return compileAnomaly(when, when.unusual, measured, path, scope);
  if (when.stuck === undefined) return compileRate(when, measured, path, scope);
  const tolerance = widthOf(when.tolerance ?? '0', measured, `${path}.tolerance`, scope);
  const span = scope.span(when.stuck, `${path}.stuck`, 1);
  return tolerance === null || span === null ? null : ['stuck', measured.signal, tolerance, span];
}

/** Conditions on conditions, and on the clock. */
function compileMany(when: AuthorCondition, path: string, scope: Scope): Condition | null {
  if (when.during !== undefined) return entryOf(weekOf(when.during), free, path, scope);
  if (when.times !== undefined) return counted(when, when.times, path, scope);
  if (when.first !== undefined) return following(when, path, scope);
  const key = when.all ? 'all' : when.any ? 'any' : 'among';
  const many = when[key] ?? [];
  const count = when.atLeast ?? (key === 'all' ? many.length : 1);
  if (count > many.length) {
    return scope.refuse(`${path}.atLeast`, `is more than the ${many.length} conditions that are named`);
  }
  const compiled = many.map((each, index) => compileCondition(each, `${path}.${key}.${index}`, scope));
  const sound = compiled.filter((each) => each !== null);
  if (sound.length < many.length) return null;
  const places = sound.map(({ index }) => index);
  const possible: Possible = { kind: 'atLeast', count, many: sound.map((each) => each.possible) };
  return entryOf(['nof', count, places], possible, path, scope);
}

function counted(when: AuthorCondition, times: number, path: string, scope: Scope): Condition | null {
  const watched = when.of ? compileCondition(when.of, `${path}.of`, scope) : null;
  const span = scope.span(when.within ?? '0s', `${path}.within`, 1);
  if (watched === null || span === null) return null;
  return entryOf(['cnt', watched.index, times, span], free, path, scope);
}

function following(when: AuthorCondition, path: string, scope: Scope): Condition | null {
  const { first, followedBy, without } = when;
  const other = followedBy ?? without;
  if (first === undefined || other === undefined) return null;
  const name = followedBy === undefined ? 'without' : 'followedBy';
  const a = compileCondition(first, `${path}.first`, scope);
  const b = compileCondition(other, `${path}.${name}`, scope);
  const span = scope.span(when.within ?? '0s', `${path}.within`);
  if (a === null || b === null || span === null) return null;
  // A condition never rises after itself, and where it rises it is there.
  if (a.index === b.index)
    return scope.refuse(`${path}.${name}`, 'is the same condition as "first": it never fires');
  return entryOf([name === 'without' ? 'miss' : 'then', a.index, b.index, span], free, path, scope);
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

function weekOf({ days, from, to }: NonNullable<AuthorCondition['during']>): Entry {
  const bits = days.reduce((sum, day) => sum + 2 ** dayNames.indexOf(day), 0);
  return ['week', bits, minuteOf(from), minuteOf(to)];
}
