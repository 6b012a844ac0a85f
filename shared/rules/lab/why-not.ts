import { parseDecimal } from '../../units/units.ts';
import type { CompileChannel } from '../compile-channel.ts';
import type { Insight } from '../engine.ts';
import { type Explained, explainer } from './explain.ts';
import type { Recording } from './recording.ts';
import { watchRecording } from './watch.ts';

/** Why a rule did not fire between two times, the first reason that is enough. */
export type WhyNot =
  /** It did. */
  | { reason: 'fired'; at: number }
  | { reason: 'already-on'; since: number }
  /** No frame lies between the times. */
  | { reason: 'no-frames' }
  /** It was silenced when it would have told. */
  | { reason: 'suppressed'; at: number }
  /** The condition held, though never long enough. ms. */
  | { reason: 'too-short'; longest: number; needed: number; at: number }
  /** It held from the start, and only a crossing counts. */
  | { reason: 'no-crossing'; at: number }
  /** The condition was never known. */
  | { reason: 'unknown'; condition: Explained }
  /** It never held; this is how it was when it was nearest. */
  | { reason: 'never-held'; at: number; nearest: Explained };

/** Sum of what is missing to the limits, to find the moment that was nearest. */
function missing({ truth, away, parts }: Explained): number {
  if (truth === 1) return 0;
  if (parts.length > 0) return parts.reduce((sum, part) => sum + missing(part), 0);
  if (away === undefined) return Number.MAX_VALUE;
  const { digits, places } = parseDecimal(away);
  return Number(digits) / 10 ** places;
}

/** Looks at every frame between the times. Fails with RULES_INVALID. */
export function whyNot(
  deviceForm: unknown,
  recording: Recording,
  { rule, from, to }: { rule: number; from: number; to: number },
  channels: readonly CompileChannel[],
): WhyNot {
  const watch = watchRecording(deviceForm, recording);
  const explain = explainer(watch.form, channels);
  const { c = 0, on = 0 } = watch.form.rule[rule] ?? {};
  const isOn = ({ rules }: Insight): boolean =>
    rules[rule]?.state === 'ACTIVE' || rules[rule]?.state === 'CLEARING';
  const before = watch.to(from - 1);
  if (isOn(before)) return { reason: 'already-on', since: before.rules[rule]?.since ?? from - 1 };
  const seen = new Seen();
  for (let frame = watch.step(); frame && frame.t <= to; frame = watch.step()) {
    const { t, insight, decided } = frame;
    const told = decided.find((event) => event.rule === rule && event.kind === 'ON');
    if (told) return { reason: 'fired', at: told.t };
    if (isOn(insight)) return { reason: 'suppressed', at: t };
    const pending = insight.rules[rule]?.state === 'PENDING' ? (insight.rules[rule]?.since ?? t) : null;
    seen.frame(t, explain(c, insight), pending);
  }
  return seen.answer(on);
}

class Seen {
  #frames = 0;
  #known = false;
  #held: number | null = null;
  #longest: { length: number; at: number } | null = null;
  #nearest: { at: number; missing: number; condition: Explained } | null = null;

  frame(t: number, condition: Explained, pendingSince: number | null): void {
    this.#frames += 1;
    this.#known ||= condition.truth !== null;
    if (condition.truth === 1) this.#held ??= t;
    if (pendingSince !== null && t - pendingSince >= (this.#longest?.length ?? -1)) {
      this.#longest = { length: t - pendingSince, at: pendingSince };
    }
    const lacks = missing(condition);
    const nearer = this.#nearest === null || lacks < this.#nearest.missing;
    if (nearer || (this.#nearest?.condition.truth === null && condition.truth !== null)) {
      this.#nearest = { at: t, missing: lacks, condition };
    }
  }

  answer(needed: number): WhyNot {
    if (this.#frames === 0 || this.#nearest === null) return { reason: 'no-frames' };
    const { at, condition } = this.#nearest;
    if (this.#longest !== null) {
      return { reason: 'too-short', longest: this.#longest.length, needed, at: this.#longest.at };
    }
    if (this.#held !== null) return { reason: 'no-crossing', at: this.#held };
    return this.#known ? { reason: 'never-held', at, nearest: condition } : { reason: 'unknown', condition };
  }
}
