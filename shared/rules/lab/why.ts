import type { CompileChannel } from '../compile-channel.ts';
import type { RuleState } from '../rule-machine.ts';
import { type Explained, type Explainer, explainer } from './explain.ts';
import type { Recording } from './recording.ts';
import { type Watch, watchRecording } from './watch.ts';

/** A rule at an instant: its state, its timer, and its condition down to the values. */
export interface WhyRule {
  id: string;
  state: RuleState;
  /** Since when the on-delay or the off-delay runs, engine ms. */
  since: number | null;
  /** When the rule moves by itself: end of a delay, next reminder. */
  due: number | null;
  /** Shelved, or silenced by another rule. */
  suppressed: boolean;
  condition: Explained;
}

export interface Why {
  t: number;
  rules: WhyRule[];
}

function rulesAt(watch: Watch, t: number, { explain }: Explainer): WhyRule[] {
  const insight = watch.to(t);
  return watch.form.rule.flatMap(({ id, c }, rule) => {
    const machine = insight.rules[rule];
    return machine ? [{ id, ...machine, condition: explain(c, insight) }] : [];
  });
}

/** Every condition's value, timer and state at a moment of a recording. Fails with RULES_INVALID. */
export function whyAt(
  deviceForm: unknown,
  recording: Recording,
  t: number,
  channels: readonly CompileChannel[],
): Why {
  const watch = watchRecording(deviceForm, recording);
  return { t, rules: rulesAt(watch, t, explainer(watch.form, channels)) };
}
