import type { Truth } from '../nodes.ts';
import type { Samples, Walk } from './self-test-walk.ts';
import { weekFrames } from './self-test-week.ts';

const number = (x: unknown): number => Number(x);
type Entry = readonly unknown[];

/** Samples that bring a signal to a value with the next frame, or near it where it is smoothed. */
export function reach(walk: Walk, signal: number, x: number): Samples {
  const entry = walk.form.sig[signal] ?? [];
  const [name, first, second] = [String(entry[0]), number(entry[1]), number(entry[2])];
  switch (name) {
    case 'in':
      return { [walk.form.in[first]?.[0] ?? '']: x };
    case 'ewma': {
      const now = walk.look().signals[signal] ?? null;
      return reach(walk, first, now === null ? x : now + (x - now) * 2 ** second);
    }
    case 'diff': {
      const other = walk.pick(0, 1, -1, walk.look().signals[second] ?? 7);
      return { ...reach(walk, first, x + other), ...reach(walk, second, other) };
    }
    default:
      return reach(walk, first, x);
  }
}

/** A time after which a window of the signal holds nothing else, or the usual short one. */
function step(walk: Walk, signal: number): number {
  const entry = walk.form.sig[signal] ?? [];
  const [name, first, second] = [String(entry[0]), number(entry[1]), number(entry[2])];
  if (name === 'in') return walk.pick(1, 1, 7, 100);
  if (name === 'ewma' || name === 'diff') return step(walk, first);
  return walk.pick(second, second, second, second + 1, Math.max(1, second - 1), 1);
}

function bad(walk: Walk, signal: number): Samples {
  return Object.fromEntries(Object.keys(reach(walk, signal, 0)).map((name) => [name, null]));
}

type Drive = (walk: Walk, entry: Entry, truth: 0 | 1) => void;

/** Frames that are to make a condition true, false, or unknown; mostly at the very values where that changes. */
export function bring(walk: Walk, condition: number, truth: Truth): void {
  const entry = walk.form.cond[condition] ?? [];
  const name = String(entry[0]);
  if (name === 'week') weekFrames(walk, entry, truth);
  else if (name === 'not') bring(walk, number(entry[1]), truth === null ? null : truth === 1 ? 0 : 1);
  else if (name === 'nof') many(walk, entry, truth);
  else if (truth === null && onSignals.has(name)) lose(walk, number(entry[1]));
  else drives.get(name)?.(walk, entry, truth ?? 0);
}

const onSignals = new Set(['hi', 'lo', 'out', 'roc', 'stuck', 'anom']);

function lose(walk: Walk, signal: number): void {
  if (walk.chance(4)) walk.wait(walk.pick(...walk.form.in.map(([, stale]) => stale), 1), { keep: false });
  else walk.frame(walk.pick(1, 50), bad(walk, signal));
}

/** Where a level begins to hold, up to where it goes on to hold, and which way it lies. */
function edges(walk: Walk, [name, , a, b, c]: Entry): { on: number; hold: number; way: 1 | -1 } {
  const [limit, other, band] = [number(a), number(b), number(c)];
  if (name === 'hi') return { on: limit, hold: limit - other, way: 1 };
  if (name === 'lo') return { on: limit, hold: limit + other, way: -1 };
  if (walk.chance(2)) return { on: limit - 1, hold: limit + band - 1, way: -1 };
  return { on: other + 1, hold: other - band + 1, way: 1 };
}

const level: Drive = (walk, entry, truth) => {
  const signal = number(entry[1]);
  const { on, hold, way } = edges(walk, entry);
  const to = (x: number): void => walk.frame(step(walk, signal), reach(walk, signal, x));
  const far = walk.pick(0, 0, 0, 1, 1, 1000);
  if (truth === 1) {
    if (walk.chance(2)) to(on - way);
    to(on + way * far);
  } else {
    if (walk.chance(2)) to(hold);
    to(hold - way * (1 + far));
  }
  if (walk.chance(8)) fill(walk, entry);
};

/** As many samples as a window keeps, and one more: the first of them counts until it is gone. */
function fill(walk: Walk, entry: Entry): void {
  const signal = number(entry[1]);
  const [name, , , cap] = walk.form.sig[signal] ?? [];
  if (typeof cap !== 'number' || name === 'ewma') return;
  const { on, hold, way } = edges(walk, entry);
  // Half a quantum: a mean is rounded.
  if (walk.chance(2)) {
    walk.frame(step(walk, signal), reach(walk, signal, on - 1));
    walk.frame(1, reach(walk, signal, on));
  }
  const [first, rest] = walk.chance(2) ? [hold - way * cap * 9, on] : [on + way * cap * 9, hold - way];
  walk.frame(step(walk, signal), reach(walk, signal, first));
  for (let i = 0; i <= cap; i += 1) walk.frame(1, reach(walk, signal, rest));
}

/** A sample within the dead-band when the one before has just become stale, or is about to: it tells which. */
export function lapse(walk: Walk, condition: number): void {
  const leaves = leavesOf(walk, condition).filter(
    ([name]) => name === 'hi' || name === 'lo' || name === 'out',
  );
  const entry = leaves.length > 0 ? walk.pick(...leaves) : undefined;
  if (!entry) return;
  const { hold } = edges(walk, entry);
  const samples = reach(walk, number(entry[1]), hold);
  const stale = walk.form.in.filter(([name]) => name in samples).map(([, limit]) => limit);
  walk.wait(walk.pick(...stale, 1) + walk.pick(0, 1), { keep: false, samples });
}

function leavesOf(walk: Walk, condition: number): Entry[] {
  const entry = walk.form.cond[condition] ?? [];
  const [name, a, b] = entry;
  if (name === 'not' || name === 'cnt') return leavesOf(walk, number(a));
  if (name === 'then' || name === 'miss') return [...leavesOf(walk, number(a)), ...leavesOf(walk, number(b))];
  if (name === 'nof') return (b as number[]).flatMap((one) => leavesOf(walk, one));
  return [entry];
}

const isBad: Drive = (walk, [, signal], truth) => {
  const stale = Math.max(0, ...walk.form.in.map(([, limit]) => limit));
  if (truth === 0) walk.frame(walk.pick(1, 50), reach(walk, number(signal), walk.pick(0, 1, 100)));
  else if (stale > 0 && walk.chance(2)) walk.wait(stale + walk.pick(-1, 0, 1), { keep: false });
  else walk.frame(walk.pick(1, 50), bad(walk, number(signal)));
};

/** Change by just so much over its time, or one quantum less. */
const rate: Drive = (walk, entry, truth) => {
  const [, signal = 0, limit = 0, span = 1, way = 0, cap = 1] = entry.map(number);
  const from = walk.look().signals[signal] ?? walk.pick(0, 1000);
  const to = (after: number, x: number): void => walk.frame(Math.max(1, after), reach(walk, signal, x));
  to(span, from);
  const over = Math.max(1, walk.pick(span, span, span - 1, span + 1, Math.ceil(span / 2), 1));
  const enough = Math.ceil((limit * over) / 1000);
  const change = truth === 1 ? enough + walk.pick(0, 0, 1) : enough - walk.pick(1, 1, 2);
  const sign = way === 0 ? walk.pick(1, -1) : way;
  const between = walk.chance(6) ? cap + walk.pick(-2, -1, 0) : walk.pick(0, 0, 1);
  const pause = Math.floor(over / (between + 1));
  for (let i = 0; i < between && pause > 0; i += 1) to(pause, from);
  to(over - Math.max(0, between) * pause, from + sign * change);
};

/** Within its tolerance for its time, or one quantum or one ms beyond. */
const rest: Drive = (walk, entry, truth) => {
  const [, signal = 0, tolerance = 0, span = 0] = entry.map(number);
  const from = walk.pick(0, 500, walk.look().signals[signal] ?? 10);
  const way = walk.pick(1, -1);
  const to = (x: number): void => walk.frame(step(walk, signal), reach(walk, signal, x));
  to(from + 3 * way * (tolerance + 1));
  to(from);
  if (walk.chance(2)) to(from + way * (tolerance + walk.pick(0, 1)));
  walk.wait(Math.max(1, span + walk.pick(truth - 1, truth)));
  to(from - way * tolerance);
  if (truth === 0) to(from + way * (tolerance + 1));
};

/** A sample far from the mean as soon as the mean counts, and what comes of it when it stays there. */
const surprise: Drive = (walk, entry, truth) => {
  const [, signal = 0, , factor = 0, floor = 0, warm = 0] = entry.map(number);
  const from = walk.look().signals[signal] ?? 1000;
  const to = (x: number): void => walk.frame(1, reach(walk, signal, x));
  const ordinary = walk.frames.length > warm ? 1 : warm + walk.pick(-1, 0, 1);
  const spread = walk.pick(0, 1, floor);
  for (let i = 0; i < ordinary; i += 1) to(from + walk.pick(-spread, spread));
  const width = Math.ceil((factor * Math.max(1, floor)) / 16);
  const out = truth === 1 ? width + walk.pick(0, 1, 2, 9 * width) : width - walk.pick(1, 2);
  const times = walk.pick(1, 1, 4, 12);
  for (let i = 0; i < times; i += 1) to(from + out);
};

const counted: Drive = (walk, entry, truth) => {
  const [, condition = 0, times = 1, span = 1] = entry.map(number);
  const pause = Math.max(0, Math.floor((span - 1) / times) - 200);
  for (let i = 0; i < (truth === 1 ? times : times - 1) && !walk.full; i += 1) {
    bring(walk, condition, 0);
    if (walk.chance(3) && pause > 0) walk.wait(pause, { keep: false });
    bring(walk, condition, 1);
  }
  if (walk.chance(2)) walk.wait(Math.max(1, span + walk.pick(-1, 0)), { keep: walk.chance(2) });
};

const followed: Drive = (walk, entry, truth) => {
  const [, first = 0, second = 0, span = 1] = entry.map(number);
  bring(walk, second, 0);
  bring(walk, first, 0);
  bring(walk, first, 1);
  walk.wait(Math.max(1, truth === 1 ? span - walk.pick(0, 0, 1, 2, 3) : span + walk.pick(0, 1, 2)), {
    keep: walk.chance(2),
  });
  if (truth === 1 || walk.chance(2)) bring(walk, second, 1);
};

const missing: Drive = (walk, entry, truth) => {
  const [, first = 0, second = 0, span = 1] = entry.map(number);
  bring(walk, second, 0);
  bring(walk, first, 0);
  bring(walk, first, 1);
  const wait = truth === 1 ? span + walk.pick(-1, 0, 1) : span - walk.pick(0, 1, 2);
  walk.wait(Math.max(1, wait), { keep: walk.chance(2) });
  if (truth === 0) bring(walk, second, 1);
};

const drives = new Map<string, Drive>([
  ['hi', level],
  ['lo', level],
  ['out', level],
  ['bad', isBad],
  ['roc', rate],
  ['stuck', rest],
  ['anom', surprise],
  ['cnt', counted],
  ['then', followed],
  ['miss', missing],
]);

/** So many of them, neither more nor less, so that each counts. */
function many(walk: Walk, [, count, list]: Entry, truth: Truth): void {
  const places = (list as number[]).map((one) => ({ one, key: walk.pick(0, 1, 2, 3, 4, 5, 6, 7, 8, 9) }));
  const order = places.toSorted((x, y) => x.key - y.key).map(({ one }) => one);
  const holding = truth === 1 ? number(count) + (walk.chance(4) ? 1 : 0) : number(count) - 1;
  for (const [place, one] of order.entries()) {
    const open = truth === null && place === Math.max(0, holding);
    bring(walk, one, place < holding ? 1 : open ? null : 0);
  }
}
