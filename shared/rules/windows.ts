import { z } from 'zod';
import { type Batch, type Board, type Memory, type Node, never } from './nodes.ts';
import { Cap, numbers, type Operator, operator, places, Ref, Span, whole } from './operator.ts';
import { Ring } from './ring.ts';

type WindowEntry = [name: string, signal: number, spanMs: number, cap: number];

/** What is kept up of the samples in a window while they come and go. */
abstract class Extent {
  readonly ring: Ring;

  constructor(cap: number) {
    this.ring = new Ring(cap);
  }

  abstract came(x: number): void;
  abstract went(x: number): void;
  abstract value(): number;

  /** Half-open window: samples with t - ts < span; the oldest are dropped beyond the cap. */
  take(t: number, x: number, span: number): number {
    const { ring } = this;
    if (ring.length === ring.cap) this.went(ring.shift());
    ring.push(t, x);
    this.came(x);
    while (t - ring.time(0) >= span) this.went(ring.shift());
    return this.value();
  }

  restore(memory: Memory): void {
    while (this.ring.length > 0) this.went(this.ring.shift());
    this.ring.restore(memory);
    for (let i = 0; i < this.ring.length; i += 1) this.came(this.ring.value(i));
  }
}

class Average extends Extent {
  #sum = 0;
  came(x: number): void {
    this.#sum += x;
  }
  went(x: number): void {
    this.#sum -= x;
  }
  /** The nearest whole number, halves upwards. */
  value(): number {
    const { length } = this.ring;
    return Math.floor((2 * this.#sum + length) / (2 * length));
  }
}

/** Greatest sample (`sign` 1) or least (-1); looked for anew only when it left the window. */
class Extreme extends Extent {
  readonly #sign: number;
  #best = Number.NEGATIVE_INFINITY;
  #lost = false;

  constructor(cap: number, sign: number) {
    super(cap);
    this.#sign = sign;
  }
  came(x: number): void {
    this.#best = Math.max(this.#best, x * this.#sign);
  }
  went(x: number): void {
    if (x * this.#sign === this.#best) this.#lost = true;
  }
  value(): number {
    if (this.#lost) {
      this.#best = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < this.ring.length; i += 1) this.came(this.ring.value(i));
      this.#lost = false;
    }
    return this.#best * this.#sign + 0;
  }
}

class Windows implements Batch {
  readonly due = never;
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #source: Int32Array;
  readonly #span: Float64Array;
  readonly #extents: Extent[];

  constructor(board: Board, nodes: readonly Node<WindowEntry>[], extent: (cap: number) => Extent) {
    this.#board = board;
    this.#at = places(nodes);
    this.#source = whole(nodes, ([, signal]) => signal);
    this.#span = numbers(nodes, ([, , span]) => span);
    this.#extents = nodes.map(({ entry: [, , , cap] }) => extent(cap));
  }

  run(t: number): void {
    const { value, fresh } = this.#board;
    for (let k = 0; k < this.#at.length; k += 1) {
      const s = this.#at[k] as number;
      const from = this.#source[k] as number;
      const x = value[from] as number;
      fresh[s] = fresh[from] as number;
      if (Number.isNaN(x)) value[s] = x;
      else if (fresh[from] === 1) value[s] = (this.#extents[k] as Extent).take(t, x, this.#span[k] as number);
    }
  }

  save(place: number): Memory {
    return this.#extents[place]?.ring.save() ?? [];
  }

  restore(place: number, memory: Memory): void {
    this.#extents[place]?.restore(memory);
  }
}

const windowOperator = (name: string, extent: (cap: number) => Extent): [string, Operator] => [
  name,
  operator(
    z.tuple([z.literal(name), Ref, Span, Cap]),
    ([, s]) => ({ signals: [s] }),
    (board, nodes) => new Windows(board, nodes, extent),
  ),
];

/** Signals made from the samples of a window. */
export const windowOperators: readonly [string, Operator][] = [
  windowOperator('avg', (cap) => new Average(cap)),
  windowOperator('min', (cap) => new Extreme(cap, -1)),
  windowOperator('max', (cap) => new Extreme(cap, 1)),
];
