import { absent } from '../nodes.ts';
import { randomFrom } from './random.ts';
import type { Recording } from './recording.ts';

interface During {
  input: string;
  from: number;
  to: number;
}

/** A fault of the contract (`DataFault`) in the numbers of the engine: quanta, and ms of the recording's clock. */
export type Fault =
  | { kind: 'spike'; input: string; at: number; height: number }
  | ({ kind: 'stuck' } & During)
  | ({ kind: 'dropout'; how: 'bad' | 'silent' } & During)
  | ({ kind: 'drift'; perHour: number } & During)
  | ({ kind: 'noise'; amplitude: number } & During)
  | { kind: 'clock'; at: number; ms: number };

/** What is done to the samples of an input; a clock that steps changes times instead. */
export type SampleFault = Exclude<Fault, { kind: 'clock' }>;

const top = 2 ** 31;
const isValue = (x: number): boolean => x !== absent && !Number.isNaN(x);
const clamped = (x: number): number => Math.min(top, Math.max(-top, x));

export type Change = (x: number, t: number) => number;

/** How the samples of one input change, in the order in which they come; `place` among the faults sets its chance. */
export function changeOf(fault: SampleFault, place: number, seed: number): Change {
  const random = randomFrom(seed + place);
  const within = (t: number): boolean => 'from' in fault && t >= fault.from && t < fault.to;
  switch (fault.kind) {
    case 'spike': {
      let done = false;
      return (x, t) => {
        if (done || t < fault.at || !isValue(x)) return x;
        done = true;
        return clamped(x + fault.height);
      };
    }
    case 'stuck': {
      let held: number | null = null;
      return (x, t) => {
        if (!isValue(x)) return x;
        if (!within(t)) held = t < fault.from ? x : held;
        else held ??= x;
        return within(t) ? (held ?? x) : x;
      };
    }
    case 'dropout':
      return (x, t) => (within(t) ? (fault.how === 'bad' ? Number.NaN : absent) : x);
    case 'drift':
      return (x, t) => {
        if (!isValue(x) || t < fault.from) return x;
        return clamped(x + Math.floor((fault.perHour * (Math.min(t, fault.to) - fault.from)) / 3_600_000));
      };
    case 'noise':
      return (x, t) =>
        isValue(x) && within(t) ? clamped(x + (random() % (2 * fault.amplitude + 1)) - fault.amplitude) : x;
  }
}

/** The recording with the faults in it, one after another; the same for the same seed. The given one is not changed. */
export function injectFaults(recording: Recording, faults: readonly Fault[], seed = 1): Recording {
  if (faults.length === 0) return recording;
  const { inputs, week } = recording;
  const touched = new Set(faults.map((fault) => (fault.kind === 'clock' ? null : fault.input)));
  const times = touched.has(null) ? recording.times.slice() : recording.times;
  const samples = recording.samples.map((own, i) => (touched.has(inputs[i] ?? null) ? own.slice() : own));
  for (const [index, fault] of faults.entries()) {
    if (fault.kind === 'clock') continue;
    const own = samples[inputs.indexOf(fault.input)];
    const change = changeOf(fault, index, seed);
    for (let row = 0; own && row < own.length; row += 1)
      own[row] = change(own[row] ?? absent, recording.times[row] ?? 0);
  }
  // Times step last: the other faults are placed on the clock as it was.
  for (const fault of faults) {
    if (fault.kind !== 'clock') continue;
    for (const [row, t] of recording.times.entries())
      if (t >= fault.at) times[row] = (times[row] ?? 0) + fault.ms;
  }
  return { inputs, times, samples, ...(week === undefined ? {} : { week }) };
}
