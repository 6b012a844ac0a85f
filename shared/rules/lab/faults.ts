import { z } from 'zod';
import { absent } from '../nodes.ts';
import { randomFrom } from './random.ts';
import type { Recording } from './recording.ts';

const Time = z.number().int();
const Quanta = z
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31);
const On = { input: z.string() };
const During = { ...On, from: Time, to: Time };

/** What can go wrong with an input, from one time until before another; values in quanta. */
export const Fault = z.discriminatedUnion('kind', [
  /** The first sample at or after a time is off by so much. */
  z.strictObject({ kind: z.literal('spike'), ...On, at: Time, height: Quanta }),
  /** Shows the value that it had. */
  z.strictObject({ kind: z.literal('stuck'), ...During }),
  /** `bad`: says that it has no value. `silent`: nothing comes. */
  z.strictObject({ kind: z.literal('dropout'), ...During, how: z.enum(['bad', 'silent']) }),
  /** Runs away evenly, and stays where it came. */
  z.strictObject({ kind: z.literal('drift'), ...During, perHour: Quanta }),
  /** Evenly spread up to so much on both sides. */
  z.strictObject({
    kind: z.literal('noise'),
    ...During,
    amplitude: z
      .number()
      .int()
      .min(0)
      .max(2 ** 30),
  }),
  /** The clock of the recording steps; back, and its frames are late until it has caught up. */
  z.strictObject({ kind: z.literal('clock'), at: Time, ms: Time }),
]);
export type Fault = z.infer<typeof Fault>;

/** A recording with faults in it, marked as such. */
export interface FaultyRecording extends Recording {
  injected: readonly Fault[];
}

const top = 2 ** 31;
const isValue = (x: number): boolean => x !== absent && !Number.isNaN(x);
const clamped = (x: number): number => Math.min(top, Math.max(-top, x));

type Change = (x: number, t: number) => number;

/** How the samples of one input change, in the order of the file. */
function changeOf(fault: Exclude<Fault, { kind: 'clock' }>, random: () => number): Change {
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
export function injectFaults(recording: Recording, faults: readonly Fault[], seed = 1): FaultyRecording {
  const { inputs, week } = recording;
  const times = recording.times.slice();
  const samples = recording.samples.map((own) => own.slice());
  for (const [index, fault] of faults.entries()) {
    if (fault.kind === 'clock') continue;
    const own = samples[inputs.indexOf(fault.input)];
    const change = changeOf(fault, randomFrom(seed + index));
    for (let row = 0; own && row < own.length; row += 1)
      own[row] = change(own[row] ?? absent, times[row] ?? 0);
  }
  // Times step last: the other faults are placed on the clock as it was.
  for (const fault of faults) {
    if (fault.kind !== 'clock') continue;
    for (const [row, t] of recording.times.entries())
      if (t >= fault.at) times[row] = (times[row] ?? 0) + fault.ms;
  }
  return { inputs, times, samples, ...(week === undefined ? {} : { week }), injected: faults };
}
