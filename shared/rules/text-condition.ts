import { type AuthorCondition, type AuthorSource, dayNames } from '../contract/author.ts';
import type { Reader } from './text-tokens.ts';

/** Conditions and sources in each other; the schema has a limit of its own, this one keeps the stack. */
const deepest = 40;

/** One condition of the text view. Throws TextError. The schema judges the values. */
export function readCondition(read: Reader, depth = 0): AuthorCondition {
  if (depth > deepest) read.fail('conditions stand too deep in each other');
  const not = read.take('not');
  const plain = readPlain(read, depth + 1);
  return not ? { ...plain, not: true } : plain;
}

function readList(read: Reader, depth: number): AuthorCondition[] {
  read.demand('(');
  const many: AuthorCondition[] = [];
  do many.push(readCondition(read, depth));
  while (read.take(','));
  read.demand(')');
  return many;
}

function readInner(read: Reader, depth: number): AuthorCondition {
  read.demand('(');
  const inner = readCondition(read, depth);
  read.demand(')');
  return inner;
}

function readPlain(read: Reader, depth: number): AuthorCondition {
  if (read.take('all', 'of')) return { all: readList(read, depth) };
  if (read.take('any', 'of')) return { any: readList(read, depth) };
  if (read.take('at', 'least')) {
    const atLeast = read.whole('how many');
    read.demand('of');
    return { atLeast, among: readList(read, depth) };
  }
  if (read.take('during')) return { during: readDays(read) };
  const times = readTimes(read, depth);
  if (times !== null) return times;
  // A bracket begins a condition that another follows, or a source that is tested.
  return read.sees('(') ? readBracket(read, depth) : { ...readSource(read, depth), ...readTest(read) };
}

function readTimes(read: Reader, depth: number): AuthorCondition | null {
  if (!read.number('times')) return null;
  const times = read.whole('how many times');
  read.demand('times', 'within');
  const within = read.word('a time');
  return { times, within, of: readInner(read, depth) };
}

function readBracket(read: Reader, depth: number): AuthorCondition {
  const source = read.attempt(() => ({ ...readSource(read, depth), ...readTest(read) }));
  if (source !== null) return source;
  const first = readInner(read, depth);
  const follows = read.take('then');
  if (!follows) read.demand('without');
  const other = readInner(read, depth);
  read.demand('within');
  const within = read.word('a time');
  return follows ? { first, followedBy: other, within } : { first, without: other, within };
}

function readDays(read: Reader): NonNullable<AuthorCondition['during']> {
  const days = dayNames.filter(() => false);
  for (
    let day = dayNames.find((name) => read.take(name));
    day;
    day = dayNames.find((name) => read.take(name))
  ) {
    days.push(day);
  }
  read.demand('from');
  const from = read.word('a time of day');
  read.demand('to');
  return { days, from, to: read.word('a time of day') };
}

function readOperand(read: Reader, depth: number): string | AuthorSource {
  if (!read.take('(')) return read.word('a sensor');
  const source = readSource(read, depth + 1);
  read.demand(')');
  return source;
}

function readSource(read: Reader, depth: number): AuthorSource {
  if (depth > deepest) read.fail('sources stand too deep in each other');
  const source: AuthorSource = { sensor: readOperand(read, depth) };
  if (read.take('stale', 'after')) source.stale = read.word('a time');
  if (read.take('minus')) source.minus = readOperand(read, depth);
  if (read.take('smoothed')) {
    const how = read.word('how it is smoothed');
    source.smooth = how === 'light' || how === 'medium' || how === 'heavy' ? how : Number(how);
  }
  for (const key of ['average', 'lowest', 'highest'] as const) {
    if (read.take(key, 'over')) source[key] = read.word('a time');
  }
  if (read.take('of')) {
    source.samples = read.whole('how many samples');
    read.demand('samples');
  }
  return source;
}

const banded = ['above', 'below'] as const;
const rates = ['rising', 'falling', 'changing'] as const;

function readTest(read: Reader): AuthorCondition {
  for (const key of banded) {
    if (read.take(key)) return { [key]: read.word('a value'), ...readBand(read) };
  }
  if (read.take('outside')) {
    const low = read.word('a value');
    read.demand('to');
    return { outside: [low, read.word('a value')], ...readBand(read) };
  }
  if (read.take('silent')) return { silent: true };
  if (read.take('stuck', 'for')) {
    const stuck = read.word('a time');
    return { stuck, ...(read.take('tolerance') ? { tolerance: read.word('a value') } : {}) };
  }
  if (read.take('unusual')) return readUnusual(read);
  const key = rates.find((name) => read.take(name));
  return key === undefined
    ? read.fail(`a test is missing, such as "above": ${read.here()}`)
    : readRate(read, key);
}

const readBand = (read: Reader): AuthorCondition =>
  read.take('dead-band') ? { deadband: read.word('a value') } : {};

function readRate(read: Reader, key: (typeof rates)[number]): AuthorCondition {
  const limit = read.word('a value');
  read.demand('per');
  const per = read.word('a unit of time');
  if (per !== 's' && per !== 'min' && per !== 'h') return read.fail('a rate is per s, per min or per h');
  read.demand('over');
  const over = read.word('a time');
  const points = read.take('of') ? { points: read.whole('how many points') } : {};
  if (Object.hasOwn(points, 'points')) read.demand('points');
  return { [key]: limit, per, over, ...points };
}

function readUnusual(read: Reader): AuthorCondition {
  const test: AuthorCondition = { unusual: read.word('how many times the usual deviation') };
  if (read.take('floor')) test.floor = read.word('a value');
  if (read.take('memory')) test.memory = read.whole('the memory');
  if (read.take('warm-up')) test.warmUp = read.whole('how many samples');
  if (read.take('learn')) {
    const learn = read.word('when it learns');
    if (learn !== 'normal' && learn !== 'always') return read.fail('it learns "normal" or "always"');
    test.learn = learn;
  }
  return test;
}
