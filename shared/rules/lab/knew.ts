import { type Knew, KnownTimes } from './known-times.ts';
import type { Recording } from './recording.ts';
import { watchRecording } from './watch.ts';

/** Instants at which is looked, evenly spread over a recording: what is missing for less time than between two may not show. */
const looks = 2000;

/** By rule whether and how long (ms) its condition was definite in a recording: what it held its tongue about. */
export function knewOf(deviceForm: unknown, recording: Recording): Knew[] {
  const watch = watchRecording(deviceForm, recording);
  const { times } = recording;
  const from = times[0] ?? 0;
  const duration = times.reduce((last, t) => Math.max(last, t), from) - from;
  const known = new KnownTimes(watch.form.rule.map(({ c }) => c));
  for (let look = 0; look <= looks && times.length > 0; look += 1) {
    const at = from + Math.floor((duration * look) / looks);
    known.see(at, watch.to(at));
  }
  return known.within(duration);
}
