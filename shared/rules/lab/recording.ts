import type { Columns, Engine } from '../engine.ts';
import { absent } from '../nodes.ts';
import type { RecordedFrame } from '../replay-frames.ts';

/** A recording in memory: frames as columns. */
export interface Recording {
  /** Names of the inputs, in the order of `samples`. */
  inputs: readonly string[];
  /** ms, increasing; a time that does not is late to the engine. */
  times: Float64Array;
  /** By input quanta; NaN is a bad sample, infinity none. */
  samples: readonly Float64Array[];
  /** ms since Monday 00:00; NaN: not synchronised, infinity: not said. */
  week?: Float64Array;
}

/** The columns as an engine wants them: by its inputs; one that the recording does not have is silent. */
export const columnsFor = (
  { inputs: wanted }: Engine,
  { inputs, times, samples, week }: Recording,
): Columns => ({
  times,
  samples: wanted.map((name) => samples[inputs.indexOf(name)]),
  ...(week === undefined ? {} : { week }),
});

/** Frames with nothing but samples as columns. */
export function recordingOf(frames: readonly Pick<RecordedFrame, 't' | 'inputs'>[]): Recording {
  const names = [...new Set(frames.flatMap(({ inputs }) => Object.keys(inputs)))].filter(
    (name) => name !== '$week',
  );
  const column = (name: string): Float64Array =>
    Float64Array.from(frames, ({ inputs }) => {
      const sample = inputs[name];
      return sample === undefined ? absent : (sample ?? Number.NaN);
    });
  return {
    inputs: names,
    times: Float64Array.from(frames, ({ t }) => t),
    samples: names.map(column),
    week: column('$week'),
  };
}

/** First row whose time is later than `t`: rows before it lie at or before `t`. The times increase. */
export function rowAfter(times: Float64Array, t: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}
