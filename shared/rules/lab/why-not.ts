import type { CompileChannel } from '../compile-channel.ts';
import type { Insight } from '../engine.ts';
import { type Explained, type Explainer, explainer } from './explain.ts';
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

/** Looks at every frame between the times. Fails with RULES_INVALID. */
export function whyNot(
  deviceForm: unknown,
  recording: Recording,
  { rule, from, to }: { rule: number; from: number; to: number },
  channels: readonly CompileChannel[],
): WhyNot {
  const watch = watchRecording(deviceForm, recording);
  const { c = 0, on = 0 } = watch.form.rule[rule] ?? {};
  const isOn = ({ rules }: Insight): boolean =>
    rules[rule]?.state === 'ACTIVE' || rules[rule]?.state === 'CLEARING';
  const before = watch.to(from - 1);
  if (isOn(before)) return { reason: 'already-on', since: before.rules[rule]?.since ?? from - 1 };
  const seen = new Seen(c, explainer(watch.form, channels));
  for (let frame = watch.step(); frame && frame.t <= to; frame = watch.step()) {
    const { t, insight, decided } = frame;
    const told = decided.find((event) => event.rule === rule && event.kind === 'ON');
    if (told) return { reason: 'fired', at: told.t };
    if (isOn(insight)) return { reason: 'suppressed', at: t };
    const pending = insight.rules[rule]?.state === 'PENDING' ? (insight.rules[rule]?.since ?? t) : null;
    seen.frame(t, insight, pending);
  }
  return seen.answer(on);
}

class Seen {
  readonly #condition: number;
  readonly #explainer: Explainer;
  #frames = 0;
  #known = false;
  #held: number | null = null;
  #longest: { length: number; at: number } | null = null;
  #nearest: { at: number; lack: number; known: boolean; insight: Insight } | null = null;

  constructor(condition: number, explainer: Explainer) {
    this.#condition = condition;
    this.#explainer = explainer;
  }

  frame(t: number, insight: Insight, pendingSince: number | null): void {
    const truth = insight.conditions[this.#condition] ?? null;
    const known = truth !== null;
    this.#frames += 1;
    this.#known ||= known;
    if (truth === 1) this.#held ??= t;
    if (pendingSince !== null && t - pendingSince >= (this.#longest?.length ?? -1)) {
      this.#longest = { length: t - pendingSince, at: pendingSince };
    }
    const lack = this.#explainer.lack(this.#condition, insight);
    const best = this.#nearest;
    if (best === null || lack < best.lack || (known && !best.known)) {
      this.#nearest = { at: t, lack, known, insight };
    }
  }

  answer(needed: number): WhyNot {
    if (this.#frames === 0 || this.#nearest === null) return { reason: 'no-frames' };
    const { at, insight } = this.#nearest;
    const condition = this.#explainer.explain(this.#condition, insight);
    if (this.#longest !== null) {
      return { reason: 'too-short', longest: this.#longest.length, needed, at: this.#longest.at };
    }
    if (this.#held !== null) return { reason: 'no-crossing', at: this.#held };
    return this.#known ? { reason: 'never-held', at, nearest: condition } : { reason: 'unknown', condition };
  }
}
