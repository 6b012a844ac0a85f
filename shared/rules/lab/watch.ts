import { checkDeviceForm, type DeviceForm } from '../device-form.ts';
import { createEngine, type Engine, type Insight } from '../engine.ts';
import type { RuleDecision } from '../rule-machine.ts';
import { columnsFor, type Recording } from './recording.ts';

/** An engine led through a recording, with a look inside wherever one is wanted. */
export interface Watch {
  form: DeviceForm;
  engine: Engine;
  /** Goes to a time: every frame up to it, and then the timers that are due by then. Never back. */
  to(t: number): Insight;
  /** Goes one frame on; null at the end. */
  step(): { t: number; insight: Insight; decided: RuleDecision[] } | null;
}

export function watchRecording(deviceForm: unknown, recording: Recording): Watch {
  const form = checkDeviceForm(deviceForm);
  const engine = createEngine(form);
  const columns = columnsFor(engine, recording);
  const { times } = recording;
  let row = 0;
  return {
    form,
    engine,
    to(t) {
      // Up to the first row that is later: after a clock that stepped back, rows go on that the engine refuses.
      let end = row;
      while (end < times.length && (times[end] ?? 0) <= t) end += 1;
      engine.feedColumns(columns, [], row, end);
      row = end;
      // An empty frame changes nothing that comes later (rule T3 of the model), and brings the timers up to date.
      if ((engine.look().t ?? Number.NEGATIVE_INFINITY) < t) engine.feed(t, {});
      return engine.look();
    },
    step() {
      const t = times[row];
      if (t === undefined) return null;
      const decided: RuleDecision[] = [];
      engine.feedColumns(columns, decided, row, row + 1);
      row += 1;
      return { t, insight: engine.look(), decided };
    },
  };
}
