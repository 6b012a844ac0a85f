import type { Recording } from './recording.ts';
import { watchRecording } from './watch.ts';

/** Rules whose condition was definite at some frame of a recording: what coverage counts as having seen something. */
export function sawOf(deviceForm: unknown, recording: Recording): boolean[] {
  const watch = watchRecording(deviceForm, recording);
  const saw = watch.form.rule.map(() => false);
  for (let frame = watch.step(); frame && saw.includes(false); frame = watch.step()) {
    for (const [rule, { c }] of watch.form.rule.entries()) {
      if (frame.insight.conditions[c] !== null) saw[rule] = true;
    }
  }
  return saw;
}
