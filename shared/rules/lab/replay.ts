import { checkDeviceForm } from '../device-form.ts';
import { createEngine } from '../engine.ts';
import type { RuleDecision } from '../rule-machine.ts';
import { columnsFor, type Recording } from './recording.ts';

/** One alarm of a rule: from ON until it was normal again. */
export interface Alarm {
  from: number;
  /** Null: still on at the end of the recording. */
  until: number | null;
  reminders: number;
}

export interface RuleReplay {
  id: string;
  /** For the marks on the chart. */
  alarms: Alarm[];
  fires: number;
  /** ms. */
  timeInAlarm: number;
  alarmsPerDay: number;
  /** What would make it noise to whoever must answer; empty where nothing would. */
  noise: Noise[];
}

/**
 * `often`: more than an alarm an hour (the bound of Elastic's preview). `chatters`: three alarms within a minute
 * (ISA-18.2's chattering alarm). `standing`: on for more than half of the time. `fleeting`: half of the alarms last
 * less than ten seconds, too short to answer.
 */
export type Noise = 'often' | 'chatters' | 'standing' | 'fleeting';

export interface Replay {
  events: RuleDecision[];
  /** Frames that were refused because their time did not increase. */
  late: number;
  /** ms of the recording. */
  duration: number;
  rules: RuleReplay[];
}

const day = 86_400_000;
const hour = 3_600_000;
const minute = 60_000;

/** What rules would have done over a recording. A device form; fails with RULES_INVALID. */
export function replayRecording(deviceForm: unknown, recording: Recording): Replay {
  const form = checkDeviceForm(deviceForm);
  const engine = createEngine(form);
  const events: RuleDecision[] = [];
  engine.feedColumns(columnsFor(engine, recording), events);
  const { times } = recording;
  const end = times.reduce((last, t) => Math.max(last, t), times[0] ?? 0);
  const duration = end - (times[0] ?? 0);
  const rules = form.rule.map(({ id }, rule) => {
    const own = events.filter((event) => event.rule === rule);
    return { id, ...summary(alarmsOf(own), duration, end) };
  });
  return { events, late: engine.late, duration, rules };
}

/** Alarms of one rule from its events. */
export function alarmsOf(events: readonly RuleDecision[]): Alarm[] {
  const alarms: Alarm[] = [];
  for (const { t, kind } of events) {
    const last = alarms.at(-1);
    if (kind === 'ON') alarms.push({ from: t, until: null, reminders: 0 });
    else if (last && kind === 'REP') last.reminders += 1;
    else if (last) last.until ??= t;
  }
  return alarms;
}

function summary(alarms: Alarm[], duration: number, end: number): Omit<RuleReplay, 'id'> {
  const lengths = alarms.map(({ from, until }) => (until ?? end) - from);
  const timeInAlarm = lengths.reduce((sum, length) => sum + length, 0);
  const fires = alarms.length;
  // A recording of seconds says little of a day; what it says is not made more than it is.
  const alarmsPerDay = duration > 0 ? (fires * day) / duration : 0;
  return { alarms, fires, timeInAlarm, alarmsPerDay, noise: noiseOf(alarms, lengths, duration) };
}

function noiseOf(alarms: readonly Alarm[], lengths: readonly number[], duration: number): Noise[] {
  const fires = alarms.length;
  const timeInAlarm = lengths.reduce((sum, length) => sum + length, 0);
  const chatters = alarms.some(
    ({ from }, i) => from - (alarms[i - 2]?.from ?? Number.NEGATIVE_INFINITY) < minute,
  );
  const fleeting = lengths.filter((length) => length < 10_000).length;
  const signs: [Noise, boolean][] = [
    ['often', fires > 1 && fires * hour > duration],
    ['chatters', chatters],
    ['standing', fires > 0 && timeInAlarm * 2 > duration],
    ['fleeting', fires > 2 && fleeting * 2 >= fires],
  ];
  return signs.filter(([, there]) => there).map(([sign]) => sign);
}
