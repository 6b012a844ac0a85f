export type Inputs = Readonly<Record<string, number | null>>;

/** A value in quanta; null is bad. `fresh`: made from a fresh sample in this pass. `due`: when it changes by itself. */
export interface Signal {
  value: number | null;
  fresh: boolean;
  due: number | null;
  /** Greatest magnitude that it can have. */
  readonly top: number;
  run(t: number, inputs: Inputs): void;
}

/** 1 true, 0 false, null unknown. */
export type Truth = 0 | 1 | null;

export interface Condition {
  value: Truth;
  /** When it changes by itself, engine time in ms. */
  due: number | null;
  run(t: number): void;
}

/** What an operator may refer to: inputs, and signals and conditions that stand before it. */
export interface Nodes {
  input: (index: number) => [name: string, staleMs: number];
  signal: (index: number) => Signal;
  condition: (index: number) => Condition;
}
