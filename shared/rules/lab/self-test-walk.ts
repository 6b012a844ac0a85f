import type { DeviceForm } from '../device-form.ts';
import { createEngine, type Engine, type Insight } from '../engine.ts';
import { weekInput } from '../week.ts';

/** A frame of a vector: engine ms, inputs in quanta (null: bad), rules acknowledged, `[rule, until]` of shelved ones. */
export type SelfTestFrame = readonly [
  t: number,
  inputs: Readonly<Record<string, number | null>>,
  acknowledged?: readonly number[],
  shelved?: readonly (readonly [rule: number, until: number])[],
];

export type Samples = Readonly<Record<string, number | null>>;

const top = 2 ** 31;
/** How often inputs are kept from becoming stale while time passes. */
const mostRefreshed = 400;
/** Frames of a vector, at most. */
const lastFrame = 700;

/** A vector in the making: an engine goes with it, so that what comes next can rest on what holds now. */
export class Walk {
  readonly form: DeviceForm;
  readonly frames: SelfTestFrame[] = [];
  t: number;
  readonly #random: () => number;
  readonly #engine: Engine;
  /** Newest sample of each input, for those that must not become stale. */
  readonly #held = new Map<string, number | null>();

  constructor(form: DeviceForm, start: number, random: () => number) {
    this.form = form;
    this.t = start;
    this.#random = random;
    this.#engine = createEngine(form);
  }

  get full(): boolean {
    return this.frames.length >= lastFrame;
  }

  chance(one: number): boolean {
    return this.#random() % one === 0;
  }

  pick<T>(...many: readonly T[]): T {
    return many[this.#random() % many.length] as T;
  }

  look(): Insight {
    return this.#engine.look();
  }

  /** A frame so many ms after the one before. */
  frame(
    after: number,
    samples: Samples,
    acknowledged: readonly number[] = [],
    shelved: readonly (readonly [number, number])[] = [],
  ): void {
    if (this.full) return;
    const t = this.t + (this.frames.length === 0 ? 0 : after);
    const inputs = Object.fromEntries(
      Object.entries(samples).map(([name, x]) => [name, x === null ? x : Math.max(-top, Math.min(top, x))]),
    );
    for (const [name, x] of Object.entries(inputs)) if (name !== weekInput) this.#held.set(name, x);
    this.#engine.feed(t, inputs, acknowledged, shelved);
    if (after > 0) this.t = t;
    if (shelved.length > 0) this.frames.push([t, inputs, acknowledged, shelved]);
    else if (acknowledged.length > 0) this.frames.push([t, inputs, acknowledged]);
    else this.frames.push([t, inputs]);
  }

  /** Lets time pass, in one leap or with every input kept from becoming stale, and ends with a frame. */
  wait(ms: number, { keep = true, samples = {} }: { keep?: boolean; samples?: Samples } = {}): void {
    let left = ms;
    const stale = Math.min(
      ...this.form.in.map(([name, limit]) => (this.#held.has(name) && limit) || top * 2),
    );
    if (keep && left / stale < mostRefreshed) {
      for (; left > stale - 1 && stale > 1; left -= stale - 1)
        this.frame(stale - 1, Object.fromEntries(this.#held));
    }
    if (left > 0) this.frame(left, samples);
  }
}
