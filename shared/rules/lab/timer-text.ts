import type { Row } from '../decompile.ts';
import { durationText } from '../duration.ts';
import type { Memory } from '../nodes.ts';

/** Rounded so that it is read at a glance; what has passed is not made more than it is, what is left not less. */
function span(ms: number, round: (x: number) => number): string {
  const step = ms >= 10_000 ? 1000 : ms >= 1000 ? 100 : 1;
  return durationText(round(ms / step) * step);
}

type TimerWords = (row: Row, memory: Memory, t: number) => string | null;

const stuck: TimerWords = (row, [since], t) => {
  if (since === undefined || since === null) return null;
  const needed = Number(row[3]);
  return `still for ${span(Math.min(t - since, needed), Math.floor)} of ${durationText(needed)}`;
};

const unusual: TimerWords = (row, memory) => {
  const [seen, needed] = [memory[2] ?? 0, Number(row[5])];
  return seen < needed ? `${seen} of ${needed} samples learnt` : null;
};

const counted: TimerWords = (row, [, ...times], t) => {
  const [needed, within] = [Number(row[2]), Number(row[3])];
  const held = times.filter((at) => at !== null && t < at + within).length;
  return `${held} of ${needed} within ${durationText(within)}`;
};

const followed: TimerWords = (row, [, , risen], t) => {
  const left = risen === undefined || risen === null ? -1 : risen + Number(row[3]) - t;
  return left < 0 ? null : `waits ${span(left, Math.ceil)} more`;
};

const missing: TimerWords = (_, [, deadline], t) => {
  if (deadline === undefined || deadline === null) return null;
  if (deadline > t) return `waits ${span(deadline - t, Math.ceil)} more`;
  return `missing since ${span(t - deadline, Math.floor)}`;
};

/** By operator, from what it remembers (see `save` of each in the engine). */
const words: ReadonlyMap<string, TimerWords> = new Map([
  ['stuck', stuck],
  ['anom', unusual],
  ['cnt', counted],
  ['then', followed],
  ['miss', missing],
]);

/** Timer or count of a condition in words, at engine time `t`; null where none runs. */
export const timerText: TimerWords = (row, memory, t) => words.get(String(row[0]))?.(row, memory, t) ?? null;
