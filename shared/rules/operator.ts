import { z } from 'zod';
import type { Batch, Board, Node } from './nodes.ts';

const top = 2 ** 31;

/** Arguments of operators, with the same limits as on the unit (`RANGE` in `plumbline/rules.py`). */
export const Ref = z.number().int().nonnegative();
export const Value = z.number().int().min(-top).max(top);
export const Count = z.number().int().min(0).max(top);
export const Span = z.number().int().min(1).max(top);
export const Cap = z.number().int().min(1).max(256);
export const Power = z.number().int().min(0).max(30);
export const Factor = z.number().int().min(0).max(2047);
export const Flag = z.number().int().min(0).max(1);
export const Direction = z.number().int().min(-1).max(1);

/** What a node reads: indices of inputs, signals and conditions. */
export interface Reads {
  inputs?: readonly number[];
  signals?: readonly number[];
  conditions?: readonly number[];
}

/** One operator of the device form. */
export interface Operator {
  /** Throws where the entry has another shape. */
  reads(entry: readonly unknown[]): Reads;
  make(board: Board, nodes: readonly Node[]): Batch;
}

export function operator<Entry extends z.ZodType>(
  shape: Entry,
  reads: (entry: z.infer<Entry>) => Reads,
  make: (board: Board, nodes: readonly Node<z.infer<Entry>>[]) => Batch,
): Operator {
  return {
    reads: (entry) => reads(shape.parse(entry)),
    make: (board, nodes) =>
      make(
        board,
        nodes.map(({ at, entry }) => ({ at, entry: shape.parse(entry) })),
      ),
  };
}

/** Arguments of the nodes of a batch as flat columns. */
export const whole = <Entry>(nodes: readonly Node<Entry>[], of: (entry: Entry) => number): Int32Array =>
  Int32Array.from(nodes, ({ entry }) => of(entry));

export const numbers = <Entry>(nodes: readonly Node<Entry>[], of: (entry: Entry) => number): Float64Array =>
  Float64Array.from(nodes, ({ entry }) => of(entry));

export const places = (nodes: readonly Node<unknown>[]): Int32Array => Int32Array.from(nodes, ({ at }) => at);
