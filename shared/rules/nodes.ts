/** Inputs of a frame by name, in quanta; null is bad, absent: no sample. `$week` sets the clock of schedules. */
export type Inputs = Readonly<Record<string, number | null>>;

/** 1 true, 0 false, null unknown. */
export type Truth = 0 | 1 | null;

/** Truth within the engine. */
export const no = 0;
export const yes = 1;
export const unknown = 2;

/** A column of samples: NaN is a bad sample, this one says that there is none. */
export const absent = Number.POSITIVE_INFINITY;
/** No moment at which something changes by itself. */
export const never = Number.POSITIVE_INFINITY;

/** What all nodes write and read, by index of signal or condition. */
export interface Board {
  readonly inputs: readonly (readonly [name: string, staleMs: number])[];
  /** Samples by input; those of this pass begin at `row`. */
  samples: Float64Array;
  row: number;
  /** Signals: NaN is bad. */
  readonly value: Float64Array;
  /** Signals: 1 where the value was made from a fresh sample in this pass. */
  readonly fresh: Uint8Array;
  /** Conditions: `no`, `yes`, `unknown`. Written through `settle`. */
  readonly truth: Uint8Array;
  /** Some condition is not as it was when the rules were run last. */
  moved: boolean;
  readonly clock: Clock;
}

export function settle(board: Board, condition: number, truth: number): void {
  if (board.truth[condition] === truth) return;
  board.truth[condition] = truth;
  board.moved = true;
}

/** The clock of schedules: ms since Monday 00:00 at engine time `setAt`; NaN while not synchronised. */
export interface Clock {
  week: number;
  setAt: number;
}

/** A node of the rule set: where it writes, and its entry in the device form. */
export interface Node<Entry = readonly unknown[]> {
  readonly at: number;
  readonly entry: Entry;
}

/** What a node remembers, as it stands in a saved state: whole numbers and null. */
export type Memory = readonly (number | null)[];

/**
 * All nodes of one operator that do not depend on each other, run one after another over flat arrays: one call for
 * them all, and no value is boxed.
 */
export interface Batch {
  /** Earliest moment at which a value changes by itself; engine time in ms. */
  readonly due: number;
  run(t: number): void;
  /** Of the node at this place of the batch, without its value. */
  save(place: number): Memory;
  /** `now`: engine time of the last pass, NaN before the first. Throws StateError. */
  restore(place: number, memory: Memory, now: number): void;
}

/** A saved state that is not one of this rule set. */
export class StateError extends Error {}
