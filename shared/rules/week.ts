import { z } from 'zod';
import {
  type Batch,
  type Board,
  type Clock,
  type Memory,
  type Node,
  never,
  no,
  StateError,
  settle,
  unknown,
  yes,
} from './nodes.ts';
import { type Operator, operator, places } from './operator.ts';

export const weekMs = 604_800_000;
const minuteMs = 60_000;
const dayMinutes = 1440;

/** The input that sets the clock of schedules: ms since Monday 00:00 local. */
export const weekInput = '$week';

/** A time outside the week says as little as none. */
export function setClock(clock: Clock, week: number | null, t: number): void {
  clock.week = week !== null && week >= 0 && week < weekMs ? week : Number.NaN;
  clock.setAt = t;
}

/** Between two settings it runs with engine time, week after week. */
const weekAt = ({ week, setAt }: Clock, t: number): number => {
  const run = week + (t - setAt);
  return run - Math.floor(run / weekMs) * weekMs;
};

type WeekEntry = [name: 'week', days: number, from: number, to: number];

/** Windows of a week by their beginning and length, ms. One that ends before it begins goes on over midnight. */
interface Schedule {
  readonly starts: readonly number[];
  readonly length: number;
}

function scheduleOf([, days, from, to]: WeekEntry): Schedule {
  const minutes = to > from ? to - from : to - from + dayMinutes;
  const chosen = [0, 1, 2, 3, 4, 5, 6].filter((day) => Math.floor(days / 2 ** day) % 2 === 1);
  return {
    starts: chosen.map((day) => (day * dayMinutes + from) * minuteMs),
    length: minutes * minuteMs,
  };
}

class Schedules implements Batch {
  due = never;
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #schedules: readonly Schedule[];

  constructor(board: Board, nodes: readonly Node<WeekEntry>[]) {
    this.#board = board;
    this.#at = places(nodes);
    this.#schedules = nodes.map(({ entry }) => scheduleOf(entry));
  }

  run(t: number): void {
    const { clock } = this.#board;
    const synchronised = !Number.isNaN(clock.week);
    const now = weekAt(clock, t);
    this.due = never;
    for (let k = 0; k < this.#at.length; k += 1) {
      const answer = synchronised ? this.#look(this.#schedules[k] as Schedule, now, t) : unknown;
      settle(this.#board, this.#at[k] as number, answer);
    }
  }

  /** Whether one of the windows is open, and when the next of their ends or beginnings comes. */
  #look({ starts, length }: Schedule, now: number, t: number): number {
    let open: number = no;
    for (const start of starts) {
      const since = now - start;
      const into = since < 0 ? since + weekMs : since;
      if (into < length) open = yes;
      this.due = Math.min(this.due, t + (into < length ? length : weekMs) - into);
    }
    return open;
  }

  save(): Memory {
    return [];
  }

  restore(_: number, memory: Memory, now: number): void {
    if (memory.length > 0) throw new StateError('a schedule does not fit');
    // What it holds is as saved: at the same moment the same answer.
    if (!Number.isNaN(now)) this.run(now);
  }
}

const Minute = z.number().int().min(0).max(dayMinutes);

export const weekOperator: Operator = operator(
  z.tuple([z.literal('week'), z.number().int().min(0).max(127), Minute, Minute]),
  () => ({}),
  (board, nodes) => new Schedules(board, nodes),
);
