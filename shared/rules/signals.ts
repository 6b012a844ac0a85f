import { z } from 'zod';
import { absent, type Batch, type Board, type Memory, type Node, never, StateError } from './nodes.ts';
import { numbers, type Operator, operator, Power, places, Ref, whole } from './operator.ts';
import { windowOperators } from './windows.ts';

type InputEntry = [name: 'in', input: number];

/** Latest value of an input; bad on a null sample or once it is `stale` ms old (0: never). */
class Inputs implements Batch {
  due = never;
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #input: Int32Array;
  readonly #stale: Float64Array;
  readonly #dues: Float64Array;

  constructor(board: Board, nodes: readonly Node<InputEntry>[]) {
    this.#board = board;
    this.#at = places(nodes);
    this.#input = whole(nodes, ([, input]) => input);
    this.#stale = numbers(nodes, ([, input]) => board.inputs[input]?.[1] || never);
    this.#dues = new Float64Array(nodes.length).fill(never);
  }

  run(t: number): void {
    const { samples, row, value, fresh } = this.#board;
    const at = this.#at;
    const input = this.#input;
    const dues = this.#dues;
    const stale = this.#stale;
    let least = never;
    for (let k = 0; k < at.length; k += 1) {
      const s = at[k] as number;
      const x = samples[row + (input[k] as number)] as number;
      let due: number;
      if (x === absent) {
        fresh[s] = 0;
        due = dues[k] as number;
        if (t >= due) {
          value[s] = Number.NaN;
          due = never;
        }
      } else {
        const bad = Number.isNaN(x);
        value[s] = x;
        fresh[s] = bad ? 0 : 1;
        due = bad ? never : t + (stale[k] as number);
      }
      dues[k] = due;
      if (due < least) least = due;
    }
    this.due = least;
  }

  save(place: number): Memory {
    const due = this.#dues[place] ?? never;
    return [due === never ? null : due];
  }

  restore(place: number, memory: Memory): void {
    if (memory.length !== 1) throw new StateError('an input does not fit');
    this.#dues[place] = memory[0] ?? never;
    this.due = Math.min(...this.#dues);
  }
}

type EwmaEntry = [name: 'ewma', signal: number, power: number];

/** Exponentially weighted mean in 256ths. What it remembers outlasts a bad value. */
class Ewma implements Batch {
  readonly due = never;
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #source: Int32Array;
  readonly #share: Float64Array;
  readonly #sum: Float64Array;

  constructor(board: Board, nodes: readonly Node<EwmaEntry>[]) {
    this.#board = board;
    this.#at = places(nodes);
    this.#source = whole(nodes, ([, signal]) => signal);
    // Times a power of two is the same as divided by its inverse, to the last bit.
    this.#share = numbers(nodes, ([, , power]) => 2 ** -power);
    this.#sum = new Float64Array(nodes.length).fill(Number.NaN);
  }

  run(): void {
    const { value, fresh } = this.#board;
    const at = this.#at;
    const source = this.#source;
    const sums = this.#sum;
    const shares = this.#share;
    for (let k = 0; k < at.length; k += 1) {
      const s = at[k] as number;
      const from = source[k] as number;
      const x = value[from] as number;
      fresh[s] = fresh[from] as number;
      if (Number.isNaN(x)) {
        value[s] = x;
      } else if (fresh[from] === 1) {
        const before = sums[k] as number;
        const sum = Number.isNaN(before)
          ? 256 * x
          : before + Math.floor((256 * x - before) * (shares[k] as number));
        sums[k] = sum;
        value[s] = Math.floor((sum + 128) / 256);
      }
    }
  }

  save(place: number): Memory {
    const sum = this.#sum[place] ?? Number.NaN;
    return Number.isNaN(sum) ? [] : [sum];
  }

  restore(place: number, memory: Memory): void {
    if (memory.length > 1) throw new StateError('a mean does not fit');
    this.#sum[place] = memory[0] ?? Number.NaN;
  }
}

type DiffEntry = [name: 'diff', a: number, b: number];

class Difference implements Batch {
  readonly due = never;
  readonly #board: Board;
  readonly #at: Int32Array;
  readonly #a: Int32Array;
  readonly #b: Int32Array;

  constructor(board: Board, nodes: readonly Node<DiffEntry>[]) {
    this.#board = board;
    this.#at = places(nodes);
    this.#a = whole(nodes, ([, a]) => a);
    this.#b = whole(nodes, ([, , b]) => b);
  }

  run(): void {
    const { value, fresh } = this.#board;
    for (let k = 0; k < this.#at.length; k += 1) {
      const s = this.#at[k] as number;
      const a = this.#a[k] as number;
      const b = this.#b[k] as number;
      // Bad where either is: NaN goes through.
      const x = (value[a] as number) - (value[b] as number);
      value[s] = x;
      fresh[s] = Number.isNaN(x) ? 0 : (fresh[a] as number) | (fresh[b] as number);
    }
  }

  save(): Memory {
    return [];
  }

  restore(_: number, memory: Memory): void {
    if (memory.length > 0) throw new StateError('a difference does not fit');
  }
}

/** Signal operators of the device form; a new one is a line here and in `plumbline/operators.py`. */
export const signalOperators: ReadonlyMap<string, Operator> = new Map([
  [
    'in',
    operator(
      z.tuple([z.literal('in'), Ref]),
      ([, input]) => ({ inputs: [input] }),
      (board, nodes) => new Inputs(board, nodes),
    ),
  ],
  [
    'ewma',
    operator(
      z.tuple([z.literal('ewma'), Ref, Power]),
      ([, s]) => ({ signals: [s] }),
      (board, nodes) => new Ewma(board, nodes),
    ),
  ],
  [
    'diff',
    operator(
      z.tuple([z.literal('diff'), Ref, Ref]),
      ([, a, b]) => ({ signals: [a, b] }),
      (board, nodes) => new Difference(board, nodes),
    ),
  ],
  ...windowOperators,
]);
