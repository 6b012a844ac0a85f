import { z } from 'zod';
import {
  type Batch,
  type Board,
  type Memory,
  type Node,
  never,
  no,
  StateError,
  settle,
  unknown,
  yes,
} from './nodes.ts';
import {
  Cap,
  Count,
  Direction,
  Factor,
  Flag,
  type Operator,
  operator,
  Power,
  places,
  Ref,
  Span,
  whole,
} from './operator.ts';
import { Ring } from './ring.ts';

/** What one condition remembers of the course of its signal. */
interface Course {
  /** Of a fresh sample: `no`, `yes`, or `unknown` as long as there is too little of it. */
  judge(t: number, x: number): number;
  lost(): void;
  save(): Memory;
  restore(memory: Memory): void;
}

class Courses implements Batch {
  readonly due = never;
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #source: Int32Array;
  readonly #courses: Course[];

  constructor(
    board: Board,
    nodes: readonly Node<readonly [string, number, ...unknown[]]>[],
    courses: Course[],
  ) {
    this.#board = board;
    this.#at = places(nodes);
    this.#source = whole(nodes, ([, signal]) => signal);
    this.#courses = courses;
  }

  run(t: number): void {
    const { value, fresh } = this.#board;
    for (let k = 0; k < this.#at.length; k += 1) {
      const from = this.#source[k] as number;
      const x = value[from] as number;
      const course = this.#courses[k] as Course;
      if (Number.isNaN(x)) {
        course.lost();
        settle(this.#board, this.#at[k] as number, unknown);
      } else if (fresh[from] === 1) settle(this.#board, this.#at[k] as number, course.judge(t, x));
    }
  }

  save(place: number): Memory {
    return this.#courses[place]?.save() ?? [];
  }

  restore(place: number, memory: Memory): void {
    this.#courses[place]?.restore(memory);
  }
}

/** Change against the newest sample that is at least `span` old, or the oldest there is. `limit` in quanta a second. */
function rate(limit: number, span: number, direction: number, cap: number): Course {
  const ring = new Ring(cap);
  return {
    judge(t, x) {
      ring.push(t, x);
      while (ring.length > 1 && t - ring.time(1) >= span) ring.shift();
      const elapsed = t - ring.time(0);
      if (elapsed === 0) return unknown;
      const change = x - ring.value(0);
      const directed = direction === 0 ? Math.abs(change) : change * direction;
      return directed * 1000 >= limit * elapsed ? yes : no;
    },
    lost: () => {},
    save: () => ring.save(),
    restore: (memory) => ring.restore(memory),
  };
}

/** Within `tolerance` of where it was, for `span` ms. */
function stuck(tolerance: number, span: number): Course {
  let since = Number.NaN;
  let anchor = 0;
  return {
    judge(t, x) {
      if (Number.isNaN(since) || Math.abs(x - anchor) > tolerance) {
        since = t;
        anchor = x;
      }
      return t - since >= span ? yes : no;
    },
    lost() {
      since = Number.NaN;
    },
    save: () => (Number.isNaN(since) ? [] : [since, anchor]),
    restore(memory) {
      if (memory.length !== 0 && memory.length !== 2) throw new StateError('an anchor does not fit');
      [since, anchor] = [memory[0] ?? Number.NaN, memory[1] ?? 0];
    },
  };
}

/** Far from the running mean, against the running mean deviation; `factor` in sixteenths. Warms up over `warm` samples. */
function anomaly(power: number, factor: number, floor: number, warm: number, robust: number): Course {
  const share = 2 ** -power;
  let mean = 0;
  let deviation = 0;
  let samples = 0;
  return {
    judge(_, x) {
      samples += 1;
      if (samples === 1) {
        mean = 256 * x;
        return unknown;
      }
      const error = Math.abs(256 * x - mean);
      const far = 16 * error >= factor * Math.max(deviation, 256 * floor);
      const answer = samples <= warm ? unknown : far ? yes : no;
      // A robust one does not learn from what it finds anomalous.
      if (robust === 0 || answer !== yes) {
        mean += Math.floor((256 * x - mean) * share);
        deviation += Math.floor((error - deviation) * share);
      }
      return answer;
    },
    lost: () => {},
    save: () => (samples === 0 ? [] : [mean, deviation, samples]),
    restore(memory) {
      if (memory.length !== 0 && memory.length !== 3) throw new StateError('a mean does not fit');
      [mean, deviation, samples] = [memory[0] ?? 0, memory[1] ?? 0, memory[2] ?? 0];
    },
  };
}

/** Conditions on the course of a signal. */
export const trends: readonly [string, Operator][] = [
  [
    'roc',
    operator(
      z.tuple([z.literal('roc'), Ref, Count, Span, Direction, Cap]),
      ([, s]) => ({ signals: [s] }),
      (board, nodes) =>
        new Courses(
          board,
          nodes,
          nodes.map(({ entry: [, , ...rest] }) => rate(...rest)),
        ),
    ),
  ],
  [
    'stuck',
    operator(
      z.tuple([z.literal('stuck'), Ref, Count, Count]),
      ([, s]) => ({ signals: [s] }),
      (board, nodes) =>
        new Courses(
          board,
          nodes,
          nodes.map(({ entry: [, , ...rest] }) => stuck(...rest)),
        ),
    ),
  ],
  [
    'anom',
    operator(
      z.tuple([z.literal('anom'), Ref, Power, Factor, Count, Count, Flag]),
      ([, s]) => ({ signals: [s] }),
      (board, nodes) =>
        new Courses(
          board,
          nodes,
          nodes.map(({ entry: [, , ...rest] }) => anomaly(...rest)),
        ),
    ),
  ],
];
