import { Failure } from '../../shared/contract/failure.ts';
import type { ProfileChannel } from '../../shared/contract/profile.ts';
import type { Recording } from '../../shared/rules/lab/lab.ts';
import { absent, type RecordedFrame } from '../../shared/rules/rules.ts';
import { recordedFrames } from '../host/tools.ts';
import { pathOf } from './places.ts';

/** Numbers in memory at most, 8 bytes each. */
const mostNumbers = 40_000_000;
/** Sets the clock of schedules. */
const clock = '$week';

/** What the lab's commands take, for `--help`. */
export const recordingHelp = `RECORDING is frames, a recording that plumb exported, or a CSV in the units of the profile, as for rules replay. It is
held in memory; acknowledgements and shelving in frames are no part of it.`;

/** A recording for questions that look at it more than once. Fails with FILE_UNREADABLE. */
export async function loadFrames(
  given: string,
  channels: readonly ProfileChannel[],
  signal: AbortSignal,
): Promise<{ recording: Recording; notes: string[] }> {
  const path = pathOf(given);
  const { blocks, notes } = await recordedFrames(path, channels, signal);
  const columns = new Columns();
  for await (const block of blocks) {
    for (const frame of block) columns.add(frame);
    if (columns.numbers <= mostNumbers) continue;
    const detail = `it holds more than ${mostNumbers} numbers; cut it into shorter ones`;
    throw new Failure('FILE_UNREADABLE', { path, detail });
  }
  if (columns.numbers === 0) throw new Failure('FILE_UNREADABLE', { path, detail: 'it has no frames' });
  return { recording: columns.recording(), notes: notes() };
}

/** Frames as columns; an input that comes later was silent before. */
class Columns {
  readonly #times: number[] = [];
  readonly #samples = new Map<string, number[]>();

  get numbers(): number {
    return this.#times.length * (this.#samples.size + 1);
  }

  add({ t, inputs }: RecordedFrame): void {
    const row = this.#times.push(t) - 1;
    for (const [name, sample] of Object.entries(inputs)) {
      const column = this.#samples.get(name) ?? [];
      this.#samples.set(name, column);
      while (column.length < row) column.push(absent);
      column.push(sample ?? Number.NaN);
    }
  }

  recording(): Recording {
    const { length } = this.#times;
    const whole = (column: readonly number[]): Float64Array => {
      const all = new Float64Array(length).fill(absent);
      all.set(column);
      return all;
    };
    const inputs = [...this.#samples.keys()].filter((name) => name !== clock);
    const week = this.#samples.get(clock);
    return {
      inputs,
      times: Float64Array.from(this.#times),
      samples: inputs.map((name) => whole(this.#samples.get(name) ?? [])),
      ...(week ? { week: whole(week) } : {}),
    };
  }
}
