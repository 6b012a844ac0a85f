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
import { Count, numbers, type Operator, operator, places, Ref, Value, whole } from './operator.ts';
import { happenings } from './sequences.ts';
import { trends } from './trends.ts';
import { weekOperator } from './week.ts';

/** Conditions on the value of a signal, each by its own judgement; unknown while that is bad. */
abstract class OnValue implements Batch {
  readonly due = never;
  protected readonly board: Board;
  protected readonly at: Int32Array;
  protected readonly source: Int32Array;

  constructor(board: Board, nodes: readonly Node<readonly [name: string, signal: number, ...unknown[]]>[]) {
    this.board = board;
    this.at = places(nodes);
    this.source = whole(nodes, ([, signal]) => signal);
  }

  abstract run(t: number): void;

  /** The last definite answer, by which a dead-band holds: false after a bad value. */
  save(place: number): Memory {
    return [this.board.truth[this.at[place] ?? 0] === yes ? 1 : 0];
  }

  restore(_: number, memory: Memory): void {
    if (memory.length !== 1) throw new StateError('a condition does not fit');
  }
}

type BandEntry = [name: 'hi' | 'lo', signal: number, limit: number, band: number];

/** True from the limit on, false beyond the dead-band. `lo` is `hi` on the negative value. */
class Threshold extends OnValue {
  readonly #sign: Float64Array;
  readonly #limit: Float64Array;
  readonly #back: Float64Array;

  constructor(board: Board, nodes: readonly Node<BandEntry>[]) {
    super(board, nodes);
    this.#sign = numbers(nodes, ([name]) => (name === 'hi' ? 1 : -1));
    this.#limit = numbers(nodes, ([name, , limit]) => (name === 'hi' ? limit : -limit));
    this.#back = numbers(nodes, ([name, , limit, band]) => (name === 'hi' ? limit : -limit) - band);
  }

  run(): void {
    const { board, at, source } = this;
    const { value, fresh, truth } = board;
    const signs = this.#sign;
    const limits = this.#limit;
    const backs = this.#back;
    for (let k = 0; k < at.length; k += 1) {
      const c = at[k] as number;
      const from = source[k] as number;
      const x = (value[from] as number) * (signs[k] as number);
      if (Number.isNaN(x)) settle(board, c, unknown);
      else if (fresh[from] === 1) {
        if (x >= (limits[k] as number)) settle(board, c, yes);
        // In the dead-band it stays as it was; after a bad value it starts anew from false.
        else if (x < (backs[k] as number) || truth[c] === unknown) settle(board, c, no);
      }
    }
  }
}

type OutEntry = [name: 'out', signal: number, low: number, high: number, band: number];

class Outside extends OnValue {
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  readonly #band: Float64Array;

  constructor(board: Board, nodes: readonly Node<OutEntry>[]) {
    super(board, nodes);
    this.#low = numbers(nodes, ([, , low]) => low);
    this.#high = numbers(nodes, ([, , , high]) => high);
    this.#band = numbers(nodes, ([, , , , band]) => band);
  }

  run(): void {
    const { value, fresh, truth } = this.board;
    for (let k = 0; k < this.at.length; k += 1) {
      const c = this.at[k] as number;
      const from = this.source[k] as number;
      const x = value[from] as number;
      const low = this.#low[k] as number;
      const high = this.#high[k] as number;
      const band = this.#band[k] as number;
      if (Number.isNaN(x)) settle(this.board, c, unknown);
      else if (fresh[from] === 1) {
        if (x < low || x > high) settle(this.board, c, yes);
        else if ((x >= low + band && x <= high - band) || truth[c] === unknown) settle(this.board, c, no);
      }
    }
  }
}

/** Conditions without a memory. */
abstract class Momentary implements Batch {
  readonly due = never;
  abstract run(t: number): void;

  save(): Memory {
    return [];
  }

  restore(_: number, memory: Memory): void {
    if (memory.length > 0) throw new StateError('a condition does not fit');
  }
}

class Bad extends Momentary {
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #source: Int32Array;

  constructor(board: Board, nodes: readonly Node<['bad', number]>[]) {
    super();
    this.#board = board;
    this.#at = places(nodes);
    this.#source = whole(nodes, ([, signal]) => signal);
  }

  run(): void {
    const { value } = this.#board;
    for (let k = 0; k < this.#at.length; k += 1) {
      const bad = Number.isNaN(value[this.#source[k] as number]);
      settle(this.#board, this.#at[k] as number, bad ? yes : no);
    }
  }
}

/** Kleene: true when at least `count` hold, false when no more can. `not` is none of one. */
class AtLeast extends Momentary {
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #count: Float64Array;
  readonly #many: Int32Array[];

  constructor(board: Board, nodes: readonly Node<['nof', number, number[]]>[]) {
    super();
    this.#board = board;
    this.#at = places(nodes);
    this.#count = numbers(nodes, ([, count]) => count);
    this.#many = nodes.map(({ entry: [, , many] }) => Int32Array.from(many));
  }

  run(): void {
    const { truth } = this.#board;
    for (let k = 0; k < this.#at.length; k += 1) {
      const many = this.#many[k] as Int32Array;
      const count = this.#count[k] as number;
      let holding = 0;
      let open = 0;
      for (let i = 0; i < many.length; i += 1) {
        const one = truth[many[i] as number];
        if (one === yes) holding += 1;
        else if (one === unknown) open += 1;
      }
      const answer = holding >= count ? yes : holding + open < count ? no : unknown;
      settle(this.#board, this.#at[k] as number, answer);
    }
  }
}

class Not extends Momentary {
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #of: Int32Array;

  constructor(board: Board, nodes: readonly Node<['not', number]>[]) {
    super();
    this.#board = board;
    this.#at = places(nodes);
    this.#of = whole(nodes, ([, condition]) => condition);
  }

  run(): void {
    const { truth } = this.#board;
    for (let k = 0; k < this.#at.length; k += 1) {
      const one = truth[this.#of[k] as number];
      settle(this.#board, this.#at[k] as number, one === yes ? no : one === no ? yes : unknown);
    }
  }
}

const bandOperator = <Name extends 'hi' | 'lo'>(name: Name): [string, Operator] => [
  name,
  operator(
    z.tuple([z.literal(name), Ref, Value, Count]),
    ([, s]) => ({ signals: [s] }),
    (board, nodes) => new Threshold(board, nodes),
  ),
];

/** Condition operators of the device form; a new one is a line here and in `plumbline/operators.py`. */
export const conditionOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  bandOperator('hi'),
  bandOperator('lo'),
  [
    'out',
    operator(
      z.tuple([z.literal('out'), Ref, Value, Value, Count]),
      ([, s]) => ({ signals: [s] }),
      (board, nodes) => new Outside(board, nodes),
    ),
  ],
  [
    'bad',
    operator(
      z.tuple([z.literal('bad'), Ref]),
      ([, s]) => ({ signals: [s] }),
      (board, nodes) => new Bad(board, nodes),
    ),
  ],
  [
    'not',
    operator(
      z.tuple([z.literal('not'), Ref]),
      ([, c]) => ({ conditions: [c] }),
      (board, nodes) => new Not(board, nodes),
    ),
  ],
  [
    'nof',
    operator(
      z.tuple([z.literal('nof'), Count, z.array(Ref).max(128)]),
      ([, , many]) => ({ conditions: many }),
      (board, nodes) => new AtLeast(board, nodes),
    ),
  ],
  ...trends,
  ...happenings,
  ['week', weekOperator],
]);
