import type { Truth } from '../nodes.ts';
import { weekInput, weekMs } from '../week.ts';
import type { Walk } from './self-test-walk.ts';

const minuteMs = 60_000;
const dayMinutes = 1440;

/** The clock at the very ends of a time of day, on a day that counts or on one that does not. */
export function weekFrames(walk: Walk, entry: readonly unknown[], truth: Truth): void {
  const [, days = 0, from = 0, to = 0] = entry.map(Number);
  if (truth === null) {
    walk.frame(1, { [weekInput]: walk.pick(null, -1, weekMs) });
    return;
  }
  if (walk.chance(6)) {
    // Over the end of the week, by the engine's own clock.
    walk.frame(1, { [weekInput]: weekMs - 1 });
    walk.wait(1 + from * minuteMs, { keep: false });
    walk.wait(dayMinutes * minuteMs, { keep: false });
    return;
  }
  const day = walk.pick(...[0, 1, 2, 3, 4, 5, 6].filter((one) => isSet(days, one) || walk.chance(8)), 0);
  const edge = walk.pick(from, to, to <= from ? to + dayMinutes : to) * minuteMs;
  const at = day * dayMinutes * minuteMs + edge + walk.pick(-minuteMs, -1, 0, minuteMs - 1);
  walk.frame(1, { [weekInput]: ((at % weekMs) + weekMs) % weekMs });
  if (walk.chance(2)) {
    walk.wait(walk.pick(1, 2, minuteMs, dayMinutes * minuteMs - 1), { keep: false });
  }
}

const isSet = (days: number, day: number): boolean => Math.floor(days / 2 ** day) % 2 === 1;
