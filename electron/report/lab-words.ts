import type { Origin } from '../../shared/contract/lab.ts';
import type { DataFault } from '../../shared/contract/recordings.ts';
import type { JobRecord, RunRecord } from '../../shared/report/record.ts';
import { inUnit, secondsOf } from './figures.ts';

/** Where evidence comes from, in the order of its weight. */
export const originWords: Readonly<Record<Origin, string>> = {
  live: 'live',
  bench: 'bench',
  recording: 'recording',
  injected: 'made up',
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in the largest unit of which there are two or more, to a tenth. */
export function lengthOf(ms: number): string {
  const [size, unit] = ms >= 2 * day ? [day, 'd'] : ms >= 2 * hour ? [hour, 'h'] : [minute, 'min'];
  if (ms < 2 * minute) return `${secondsOf(Math.round(ms / 100) * 100).slice(0, -2)}\u00a0s`;
  return `${(Math.round((10 * ms) / size) / 10).toString()}\u00a0${unit}`;
}

type Channels = JobRecord['unit']['channels'];

/** What was put into the data, such as `spike of +25 °C on t1 at 60.0 s`. */
export function faultWords(fault: DataFault, channels: Channels): string {
  if (fault.kind === 'clock') return `clock steps by ${fault.ms}\u00a0ms at ${lengthOf(fault.at)}`;
  const unit = channels.find(({ id }) => id === fault.input)?.unit;
  const on = `on ${fault.input}`;
  if (fault.kind === 'spike') return `spike of ${inUnit(fault.height, unit)} ${on} at ${lengthOf(fault.at)}`;
  const when = `from ${lengthOf(fault.from)} to ${lengthOf(fault.to)}`;
  switch (fault.kind) {
    case 'stuck':
      return `stuck ${on} ${when}`;
    case 'dropout':
      return `${fault.how === 'bad' ? 'bad values' : 'silence'} ${on} ${when}`;
    case 'drift':
      return `drift of ${inUnit(fault.perHour, unit)} an hour ${on} ${when}`;
    case 'noise':
      return `noise of ± ${inUnit(fault.amplitude, unit)} ${on} ${when}`;
  }
}

/** The data of a run: recording, its hash, and what was put in. */
export function dataWords(
  { data, name }: { data: Pick<NonNullable<RunRecord['data']>, 'faults'> | null; name: string },
  channels: Channels,
): string {
  if (data === null) return name;
  const faults = data.faults.map((fault) => faultWords(fault, channels)).join('; ');
  return `${name}${faults === '' ? '' : `, with ${faults}`}`;
}
