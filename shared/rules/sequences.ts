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
import { Cap, Count, type Operator, operator, places, Ref, Span } from './operator.ts';
import { Ring } from './ring.ts';

/** What one condition remembers of how others came and went. */
interface Happening {
  due: number;
  /** Of the conditions that it watches: whether it holds now. */
  holds(t: number, first: number, second: number): boolean;
  save(): Memory;
  restore(memory: Memory, holding: boolean): void;
}

interface Watch {
  first: number;
  second: number;
  happening: Happening;
}

class Happenings implements Batch {
  due = never;
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #watches: readonly Watch[];

  constructor(board: Board, nodes: readonly Node<unknown>[], watches: readonly Watch[]) {
    this.#board = board;
    this.#at = places(nodes);
    this.#watches = watches;
  }

  run(t: number): void {
    const { truth } = this.#board;
    let least = never;
    for (let k = 0; k < this.#at.length; k += 1) {
      const { first, second, happening } = this.#watches[k] as Watch;
      const holds = happening.holds(t, truth[first] as number, truth[second] as number);
      settle(this.#board, this.#at[k] as number, holds ? yes : no);
      if (happening.due < least) least = happening.due;
    }
    this.due = least;
  }

  save(place: number): Memory {
    return this.#watches[place]?.happening.save() ?? [];
  }

  restore(place: number, memory: Memory): void {
    this.#watches[place]?.happening.restore(memory, this.#board.truth[this.#at[place] ?? 0] === yes);
    this.due = Math.min(...this.#watches.map(({ happening }) => happening.due));
  }
}

/** From unknown to true is an edge too. */
const rose = (now: number, before: number): boolean => now === yes && before !== yes;

const told = (truth: number): number | null => (truth === unknown ? null : truth);
const heard = (memory: number | null | undefined): number => memory ?? unknown;

/** `count` rising edges within `span` ms. */
function counted(count: number, span: number): Happening {
  let before: number = no;
  const edges = new Ring(count);
  return {
    due: never,
    holds(t, watched) {
      if (rose(watched, before)) edges.push(t, 0);
      before = watched;
      const end = edges.length === count ? edges.time(0) + span : t;
      this.due = t < end ? end : never;
      return t < end;
    },
    save: () => [told(before), ...edges.save().filter((_, i) => i % 2 === 0)],
    restore([last, ...times], holding) {
      before = heard(last);
      edges.restore(times.flatMap((t) => [t, 0]));
      this.due = holding ? edges.time(0) + span : never;
    },
  };
}

/** The second rose at most `span` ms after the first had risen in an earlier pass; holds while the second holds. */
function followed(span: number): Happening {
  let firstBefore: number = no;
  let secondBefore: number = no;
  let risen = Number.NaN;
  let holding = false;
  return {
    due: never,
    holds(t, first, second) {
      if (second !== yes) holding = false;
      // Never where the first has not risen yet: NaN compares false.
      else if (secondBefore !== yes) holding = t - risen <= span;
      if (rose(first, firstBefore)) risen = t;
      firstBefore = first;
      secondBefore = second;
      return holding;
    },
    save: () => [told(firstBefore), told(secondBefore), Number.isNaN(risen) ? null : risen],
    restore(memory, held) {
      if (memory.length !== 3) throw new StateError('a sequence does not fit');
      [firstBefore, secondBefore] = [heard(memory[0]), heard(memory[1])];
      risen = memory[2] ?? Number.NaN;
      holding = held;
    },
  };
}

/** The first rose and the second did not hold within `span` ms; holds until the second does. */
function missing(span: number): Happening {
  let before: number = no;
  let deadline = never;
  return {
    due: never,
    holds(t, first, second) {
      if (rose(first, before)) deadline = t + span;
      before = first;
      if (second === yes) deadline = never;
      this.due = t >= deadline ? never : deadline;
      return t >= deadline;
    },
    save: () => [told(before), deadline === never ? null : deadline],
    restore(memory, holding) {
      if (memory.length !== 2) throw new StateError('a sequence does not fit');
      before = heard(memory[0]);
      deadline = memory[1] ?? never;
      this.due = holding ? never : deadline;
    },
  };
}

const pair = (name: 'then' | 'miss', make: (span: number) => Happening): [string, Operator] => [
  name,
  operator(
    z.tuple([z.literal(name), Ref, Ref, Count]),
    ([, a, b]) => ({ conditions: [a, b] }),
    (board, nodes) => {
      const watches = nodes.map(({ entry: [, first, second, span] }) => ({
        first,
        second,
        happening: make(span),
      }));
      return new Happenings(board, nodes, watches);
    },
  ),
];

/** Conditions on how other conditions follow each other. */
export const happenings: readonly [string, Operator][] = [
  [
    'cnt',
    operator(
      z.tuple([z.literal('cnt'), Ref, Cap, Span]),
      ([, c]) => ({ conditions: [c] }),
      (board, nodes) => {
        const watches = nodes.map(({ entry: [, c, count, span] }) => ({
          first: c,
          second: c,
          happening: counted(count, span),
        }));
        return new Happenings(board, nodes, watches);
      },
    ),
  ],
  pair('then', followed),
  pair('miss', missing),
];
