import type { RunSeen } from '../../contract/lab.ts';
import { seenOf } from './coverage.ts';
import { knewOf } from './knew.ts';
import type { Recording } from './recording.ts';
import { replayRecording } from './replay.ts';

/** The evidence of a replay: what each rule did over a recording, faults put in already. Fails with RULES_INVALID. */
export function runSeen(
  deviceForm: unknown,
  recording: Recording,
  run: Pick<RunSeen, 'origin' | 'name' | 'data' | 'revision' | 'normal'>,
): RunSeen {
  const { events, duration } = replayRecording(deviceForm, recording);
  const from = recording.times[0] ?? 0;
  return { ...run, from, to: from + duration, rules: seenOf(events, knewOf(deviceForm, recording)) };
}
