import type { RuleSeen } from '../../contract/lab.ts';
import type { Insight } from '../engine.ts';

/** Whether a condition was definite at some time, and for how long, ms. */
export type Knew = Pick<Required<RuleSeen>, 'saw' | 'known'>;

/** For how long the condition of each rule was known, in frames that follow each other without a gap. */
export class KnownTimes {
  readonly #rules: { condition: number; now: boolean; saw: boolean; known: number }[];
  #last = Number.NaN;

  /** `conditions`: of each rule, its place. */
  constructor(conditions: readonly number[]) {
    this.#rules = conditions.map((condition) => ({ condition, now: false, saw: false, known: 0 }));
  }

  /** After a frame; a time that goes back adds nothing. */
  see(t: number, { conditions }: Insight): void {
    const passed = t > this.#last ? t - this.#last : 0;
    if (Number.isNaN(this.#last) || passed > 0) this.#last = t;
    for (const rule of this.#rules) {
      const now = conditions[rule.condition] != null;
      if (now && rule.now) rule.known += passed;
      rule.saw ||= now;
      rule.now = now;
    }
  }

  /** By rule; ms, at most `ms`. */
  within(ms: number): Knew[] {
    return this.#rules.map(({ saw, known }) => ({ saw, known: Math.min(known, ms) }));
  }
}
