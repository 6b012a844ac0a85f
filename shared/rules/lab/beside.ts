import type { RuleEvent } from '../../contract/devices.ts';
import { checkDeviceForm, type DeviceForm } from '../device-form.ts';
import { createEngine, type Engine } from '../engine.ts';
import { absent } from '../nodes.ts';
import type { RuleDecision } from '../rule-machine.ts';
import { weekInput } from '../week.ts';
import { type Recording, rowAfter } from './recording.ts';
import { Settling, type Watched } from './settled.ts';

type Decision = Pick<RuleDecision, 't' | 'rule' | 'kind'>;

/** A unit's own decisions beside those of its rules replayed over the very frames. */
export interface Beside {
  /** By rule: what came later than this was compared; null: the recording nowhere tells enough of this rule. */
  from: (number | null)[];
  agreed: number;
  unitOnly: RuleEvent[];
  replayOnly: Decision[];
}

/**
 * `events`: what the unit decided during the recording. The replay starts cold while the unit may be in the middle of
 * an alarm: a rule is compared once nothing that came before the recording can matter to it any more, see `Settling`.
 * Acknowledgements are no part of a recording: that one was given is taken from the OFF of a rule that needs one; one
 * that was given while the rule was silenced leaves no such trace. Nor is it known what a unit was told to be silent
 * about: shelved alarms show as the replay's alone. Fails with RULES_INVALID.
 */
export function besideOf(
  deviceForm: unknown,
  recording: Recording,
  { events }: { events: readonly RuleEvent[] },
): Beside {
  const form = checkDeviceForm(deviceForm);
  const { decided, since: from } = replayWith(form, recording, events);
  // The unit tells what it decided after the frame: what belongs to the last may not have come any more.
  const end = recording.times.at(-2) ?? Number.NEGATIVE_INFINITY;
  const counts = ({ t, rule }: Decision): boolean => t <= end && t > (from[rule] ?? end);
  const unit = events.filter(counts);
  const replay = decided.filter(counts).map(({ t, rule, kind }) => ({ t, rule, kind }));
  const replayOnly = without(replay, unit);
  return { from, agreed: replay.length - replayOnly.length, unitOnly: without(unit, replay), replayOnly };
}

function replayWith(
  form: DeviceForm,
  recording: Recording,
  events: readonly RuleEvent[],
): { decided: RuleDecision[]; since: (number | null)[] } {
  const engine = createEngine(form);
  const settling = new Settling(form);
  const decided: RuleDecision[] = [];
  const acknowledged = acknowledgements(form, recording.times, events);
  for (const [row, t] of recording.times.entries()) {
    const now = engine.look().t;
    // A row whose time does not increase is nothing to an engine.
    if (now !== null && t <= now) continue;
    // An empty frame changes nothing that comes later (rule T3 of the model), and shows what the timers did.
    const timed = now !== null && t - 1 > now ? engine.feed(t - 1, {}) : [];
    const before = engine.look();
    const frame = feedRow(engine, recording, row, acknowledged.get(row) ?? []);
    const own = [...timed, ...frame.decided];
    decided.push(...own);
    settling.frame({ ...frame, t, before, insight: engine.look(), decided: own });
  }
  return { decided, since: settling.since };
}

function feedRow(
  engine: Engine,
  { inputs, times, samples, week }: Recording,
  row: number,
  acknowledged: readonly number[],
): Pick<Watched, 'samples' | 'week' | 'decided'> {
  const sampleOf = (column: Float64Array | undefined): number | null | undefined => {
    const x = column?.[row] ?? absent;
    return x === absent ? undefined : Number.isNaN(x) ? null : x;
  };
  const own = engine.inputs.map((name) => sampleOf(samples[inputs.indexOf(name)]));
  const clock = sampleOf(week);
  const given = [...engine.inputs.map((name, i) => [name, own[i]] as const), [weekInput, clock] as const];
  const present = given.flatMap(([name, x]) => (x === undefined ? [] : [[name, x] as const]));
  const decided = engine.feed(times[row] ?? 0, Object.fromEntries(present), acknowledged);
  return { samples: own, week: clock, decided };
}

/** By row the rules that were acknowledged: without that, one that waits for it is never normal again. */
function acknowledgements(
  form: DeviceForm,
  times: Float64Array,
  events: readonly RuleEvent[],
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { t, rule, kind } of events) {
    if (kind !== 'OFF' || form.rule[rule]?.latch !== 1) continue;
    // Given while the rule was silenced, it is told with the end of that, which may lie between two frames.
    const row = rowAfter(times, t) - 1;
    found.set(row, [...(found.get(row) ?? []), rule]);
  }
  return found;
}

/** Those of the one that the other does not have; one that is there twice must be there twice. */
function without<T extends Decision>(many: readonly T[], others: readonly Decision[]): T[] {
  const key = ({ t, rule, kind }: Decision): string => `${t} ${rule} ${kind}`;
  const left = Map.groupBy(others, key);
  return many.filter((one) => left.get(key(one))?.pop() === undefined);
}
