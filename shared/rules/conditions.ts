import { z } from 'zod';
import type { Condition, Signal, Truth } from './nodes.ts';
import {
  Cap,
  Count,
  Direction,
  Factor,
  Flag,
  type Operator,
  operator,
  Power,
  Ref,
  Span,
  Value,
} from './operator.ts';
import { happenings } from './sequences.ts';

const truth = (holds: boolean): 0 | 1 => (holds ? 1 : 0);

/**
 * A condition on the fresh samples of a signal; unknown while that is bad. `judge` gets the last definite answer, by
 * which a dead-band holds; a bad value makes it start anew from false.
 */
function judged(
  signal: Signal,
  judge: (x: number, t: number, last: 0 | 1) => Truth,
  lost: () => void = () => {},
): Condition {
  let last: 0 | 1 = 0;
  return {
    value: null,
    due: null,
    run(t) {
      if (signal.value === null) {
        this.value = null;
        last = 0;
        lost();
      } else if (signal.fresh) {
        this.value = judge(signal.value, t, last);
        last = this.value ?? last;
      }
    },
  };
}

const above = (signal: Signal, limit: number, band: number): Condition =>
  judged(signal, (x, _, last) => (x >= limit ? 1 : x < limit - band ? 0 : last));

const below = (signal: Signal, limit: number, band: number): Condition =>
  judged(signal, (x, _, last) => (x <= limit ? 1 : x > limit + band ? 0 : last));

const outside = (signal: Signal, low: number, high: number, band: number): Condition =>
  judged(signal, (x, _, last) => {
    if (x < low || x > high) return 1;
    return x >= low + band && x <= high - band ? 0 : last;
  });

/** Change against the newest sample that is at least `span` old, or the oldest there is. `limit` in quanta a second. */
function rate(signal: Signal, limit: number, span: number, direction: number, cap: number): Condition {
  const kept: { t: number; x: number }[] = [];
  return judged(signal, (x, t) => {
    kept.push({ t, x });
    while (kept.length > cap || t - (kept[1]?.t ?? t) >= span) kept.shift();
    const [oldest] = kept;
    if (!oldest || oldest.t === t) return null;
    const change = x - oldest.x;
    const directed = direction === 0 ? Math.abs(change) : change * direction;
    return truth(directed * 1000 >= limit * (t - oldest.t));
  });
}

function stuck(signal: Signal, tolerance: number, span: number): Condition {
  let anchor: { t: number; x: number } | null = null;
  return judged(
    signal,
    (x, t) => {
      if (anchor === null || Math.abs(x - anchor.x) > tolerance) anchor = { t, x };
      return truth(t - anchor.t >= span);
    },
    () => {
      anchor = null;
    },
  );
}

/** Far from the running mean, against the running mean deviation; `factor` in sixteenths. Warms up over `warm` samples. */
function anomaly(
  signal: Signal,
  power: number,
  factor: number,
  floor: number,
  warm: number,
  robust: number,
): Condition {
  let mean: number | null = null;
  let deviation = 0;
  let samples = 0;
  return judged(signal, (x) => {
    if (mean === null) {
      mean = 256 * x;
      samples = 1;
      return null;
    }
    const error = Math.abs(256 * x - mean);
    const value = samples < warm ? null : truth(16 * error >= factor * Math.max(deviation, 256 * floor));
    if (!(robust === 1 && value === 1)) {
      mean += Math.floor((256 * x - mean) / 2 ** power);
      deviation += Math.floor((error - deviation) / 2 ** power);
    }
    samples += 1;
    return value;
  });
}

const bad = (signal: Signal): Condition => ({
  value: null,
  due: null,
  run() {
    this.value = truth(signal.value === null);
  },
});

const not = (condition: Condition): Condition => ({
  value: null,
  due: null,
  run() {
    this.value = condition.value === null ? null : truth(condition.value === 0);
  },
});

/** Kleene: true when at least `count` hold, false when no more can. */
const atLeast = (count: number, many: Condition[]): Condition => ({
  value: null,
  due: null,
  run() {
    const holding = many.filter(({ value }) => value === 1).length;
    const unknown = many.filter(({ value }) => value === null).length;
    this.value = holding >= count ? 1 : holding + unknown < count ? 0 : null;
  },
});

const Band = <Name extends string>(name: Name) => z.tuple([z.literal(name), Ref, Value, Count]);
const Out = z.tuple([z.literal('out'), Ref, Value, Value, Count]);
const Roc = z.tuple([z.literal('roc'), Ref, Count, Span, Direction, Cap]);
const Stuck = z.tuple([z.literal('stuck'), Ref, Count, Count]);
const Anom = z.tuple([z.literal('anom'), Ref, Power, Factor, Count, Count, Flag]);
const Nof = z.tuple([z.literal('nof'), Count, z.array(Ref).max(128)]);

/** Condition operators of the device form; a new one is a line here and in `plumbline/operators.py`. */
export const conditionOperators = new Map<string, Operator<Condition>>([
  ['hi', operator(Band('hi'), ([, s, limit, band], { signal }) => above(signal(s), limit, band))],
  ['lo', operator(Band('lo'), ([, s, limit, band], { signal }) => below(signal(s), limit, band))],
  ['out', operator(Out, ([, s, low, high, band], { signal }) => outside(signal(s), low, high, band))],
  ['roc', operator(Roc, ([, s, ...rest], { signal }) => rate(signal(s), ...rest))],
  ['stuck', operator(Stuck, ([, s, tolerance, span], { signal }) => stuck(signal(s), tolerance, span))],
  ['bad', operator(z.tuple([z.literal('bad'), Ref]), ([, s], { signal }) => bad(signal(s)))],
  ['anom', operator(Anom, ([, s, ...rest], { signal }) => anomaly(signal(s), ...rest))],
  ['not', operator(z.tuple([z.literal('not'), Ref]), ([, c], { condition }) => not(condition(c)))],
  ['nof', operator(Nof, ([, count, many], { condition }) => atLeast(count, many.map(condition)))],
  ...happenings,
]);
