import { type Memory, StateError } from './nodes.ts';

/** The last samples of a signal, oldest first, at most `cap`; it never grows. */
export class Ring {
  length = 0;
  readonly cap: number;
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  #first = 0;

  constructor(cap: number) {
    this.cap = cap;
    this.#times = new Float64Array(cap);
    this.#values = new Float64Array(cap);
  }

  /** The oldest gives way when it is full. */
  push(t: number, x: number): void {
    if (this.length === this.cap) this.shift();
    const at = this.#at(this.length);
    this.#times[at] = t;
    this.#values[at] = x;
    this.length += 1;
  }

  /** Drops the oldest and returns its value. */
  shift(): number {
    const x = this.value(0);
    this.#first = this.#at(1);
    this.length -= 1;
    return x;
  }

  time(place: number): number {
    return this.#times[this.#at(place)] ?? Number.NaN;
  }

  value(place: number): number {
    return this.#values[this.#at(place)] ?? Number.NaN;
  }

  clear(): void {
    this.length = 0;
    this.#first = 0;
  }

  save(): number[] {
    return Array.from({ length: 2 * this.length }, (_, i) =>
      i % 2 === 0 ? this.time(i / 2) : this.value((i - 1) / 2),
    );
  }

  restore(memory: Memory): void {
    if (memory.length > 2 * this.cap || memory.length % 2 !== 0)
      throw new StateError('a window does not fit');
    this.clear();
    for (let i = 0; i < memory.length; i += 2) this.push(memory[i] ?? 0, memory[i + 1] ?? 0);
  }

  #at(place: number): number {
    const at = this.#first + place;
    return at >= this.cap ? at - this.cap : at;
  }
}
