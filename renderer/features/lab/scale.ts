import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { rateText } from '../../../shared/rules/compile-trend.ts';
import { durationMs, durationText } from '../../../shared/rules/duration.ts';
import { fromQuanta, nearestQuanta } from '../../../shared/units/units.ts';
import { niceStep } from '../../live/range.ts';
import type { RuleNumber } from './numbers.ts';

/** A slider's places for the texts of a number. */
export interface Scale {
  least: number;
  greatest: number;
  /** Null where the text is no such number. */
  placeOf: (text: string) => number | null;
  textOf: (place: number) => string;
  /** A hand's move to a place, rounded where a hand cannot aim; a single step is a key's, and kept. */
  moved: (from: number, to: number) => string;
  /** At most so many texts from one end to the other, for a sweep. */
  spread: (count: number) => string[];
}

/** Smallest and greatest value in sight, in the channel's unit. */
export interface Extent {
  low: number;
  high: number;
}

const ladder = [
  0, 100, 200, 500, 1000, 2000, 3000, 5000, 10_000, 15_000, 20_000, 30_000, 45_000, 60_000, 90_000, 120_000,
  180_000, 300_000, 600_000, 900_000, 1_200_000, 1_800_000, 2_700_000, 3_600_000, 7_200_000, 10_800_000,
  14_400_000, 21_600_000, 28_800_000, 43_200_000, 86_400_000,
];

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (thrown) {
    // Half-typed text is no number yet; the field says so.
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** Delays that people choose, up to a while more than the kept one. */
function durations(kept: string): Scale {
  const keptMs = attempt(() => durationMs(kept)) ?? 0;
  const top = Math.max(3_600_000, 4 * keptMs);
  const rungs = [...new Set([...ladder.filter((ms) => ms <= top), keptMs])].sort((a, b) => a - b);
  const nearest = (ms: number): number =>
    rungs.reduce(
      (best, rung, at) => (Math.abs(rung - ms) < Math.abs((rungs[best] ?? 0) - ms) ? at : best),
      0,
    );
  const textOf = (place: number): string => durationText(rungs[place] ?? 0);
  return {
    least: 0,
    greatest: rungs.length - 1,
    placeOf: (text) => attempt(() => nearest(durationMs(text))),
    textOf,
    moved: (_, to) => textOf(to),
    spread: () => rungs.map(durationText),
  };
}

/** Whole steps between two ends; a hand's move is rounded to about 200 of them. */
function steps(quantum: string, low: number, high: number): Scale {
  const step = Number(quantum);
  const snap = Math.max(1, Math.round(niceStep((high - low) / 200) / step));
  const least = Math.floor(low / step / snap) * snap;
  const greatest = Math.max(least + snap, Math.ceil(high / step / snap) * snap);
  const textOf = (place: number): string => fromQuanta(place, quantum);
  const within = (place: number): number => Math.min(greatest, Math.max(least, place));
  return {
    least,
    greatest,
    placeOf: (text) => attempt(() => nearestQuanta(text, quantum)),
    textOf,
    moved: (from, to) => textOf(Math.abs(to - from) <= 1 ? to : within(Math.round(to / snap) * snap)),
    spread: (count) => {
      const stride = Math.max(1, Math.round(niceStep((high - low) / Math.max(1, count - 1)) / step));
      const first = Math.ceil(least / stride);
      const last = Math.floor(greatest / stride);
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => textOf((first + i) * stride));
    },
  };
}

/** How far two channels that show the same thing may lie apart: a twentieth of the range, wherever in it they are. */
const differenceOf = (channel: ProfileChannel | undefined): number =>
  (Number(channel?.max ?? 0) - Number(channel?.min ?? 0)) / 20;

const fromZero = new Set<RuleNumber['name']>(['deadband', 'tolerance', 'floor']);

/** The places of a number: around what the recording holds, what the channel can, and the text that was kept. */
export function scaleOf(
  number: RuleNumber,
  kept: string,
  channels: readonly ProfileChannel[],
  seen: Extent | null,
): Scale {
  if (number.kind === 'duration') return durations(kept);
  const keptValue = Number(kept);
  const here = Number.isFinite(keptValue) ? keptValue : 0;
  if (number.kind === 'whole') return steps('1', 0, Math.max(16, 2 * here));
  if (number.kind === 'factor') return steps('0.1', 0, Math.max(10, 2 * here));
  const channel = channels.find(({ id }) => id === number.sensor);
  const quantum = channel?.quantum ?? '0.001';
  if (number.kind === 'rate') {
    const step = rateText(1, quantum, number.per ?? 's');
    return steps(step, 0, Math.max(20 * Number(step), 4 * here));
  }
  if (number.isDifference) {
    const reach = Math.max(4 * Math.abs(here), differenceOf(channel), 20 * Number(quantum));
    return steps(quantum, fromZero.has(number.name) ? 0 : -reach, reach);
  }
  const range: Extent = seen ?? {
    low: Number(channel?.min ?? here - 10),
    high: Number(channel?.max ?? here + 10),
  };
  const width = Math.max(range.high - range.low, 20 * Number(quantum));
  if (fromZero.has(number.name)) return steps(quantum, 0, Math.max(width / 2, 2 * here));
  return steps(quantum, Math.min(range.low, here) - width / 10, Math.max(range.high, here) + width / 10);
}
