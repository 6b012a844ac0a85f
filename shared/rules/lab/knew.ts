import type { RuleSeen } from '../../contract/lab.ts';
import type { Recording } from './recording.ts';
import { watchRecording } from './watch.ts';

type Knew = Pick<Required<RuleSeen>, 'saw' | 'known'>;

/** Instants at which is looked, evenly spread over a recording: what is missing for less time than between two may not show. */
const looks = 2000;

/** By rule whether and how long (ms) its condition was definite in a recording: what it held its tongue about. */
export function knewOf(deviceForm: unknown, recording: Recording): Knew[] {
  const watch = watchRecording(deviceForm, recording);
  const { times } = recording;
  const from = times[0] ?? 0;
  const duration = times.reduce((last, t) => Math.max(last, t), from) - from;
  const knew = watch.form.rule.map(() => ({ saw: false, known: 0 }));
  let before = from;
  let knownBefore = knew.map(() => false);
  for (let look = 0; look <= looks && times.length > 0; look += 1) {
    const at = from + Math.floor((duration * look) / looks);
    const { conditions } = watch.to(at);
    const known = watch.form.rule.map(({ c }) => conditions[c] !== null);
    for (const [rule, own] of knew.entries()) {
      own.saw ||= known[rule] === true;
      if (known[rule] && knownBefore[rule]) own.known += at - before;
    }
    [before, knownBefore] = [at, known];
  }
  return knew;
}
