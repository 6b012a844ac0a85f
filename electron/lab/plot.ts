import type { ProfileChannel } from '../../shared/contract/profile.ts';
import type { PlotTrace } from '../../shared/contract/recordings.ts';
import type { Recording } from '../../shared/rules/lab/lab.ts';
import { absent } from '../../shared/rules/nodes.ts';

export type PlotChannel = Pick<ProfileChannel, 'id' | 'title' | 'unit' | 'quantum'>;

export interface Plot {
  from: number;
  to: number;
  traces: PlotTrace[];
}

/** A pause of more than so many usual steps is a gap. */
const gapSteps = 5;
/** Steps by which the usual one is known. */
const stepsJudged = 1000;

/**
 * Each channel between two times (null: the ends) in at most `points` columns: every extreme is in the column of its
 * time. Few samples stand for themselves. Bad values and pauses are gaps. Times that go back (a clock that stepped)
 * are drawn where they say.
 */
export function plotOf(
  recording: Recording,
  channels: readonly PlotChannel[],
  { from, to, points }: { from: number | null; to: number | null; points: number },
): Plot {
  const { inputs, samples, times } = recording;
  const [first, last] = ends(times);
  const span = { from: from ?? first, to: Math.max(from ?? first, to ?? last) };
  const rows = rowsWithin(times, span.from, span.to);
  const traces = inputs.flatMap((id, i): PlotTrace[] => {
    const channel = channels.find((each) => each.id === id);
    const column = samples[i];
    if (!channel || !column) return [];
    const { title, unit, quantum } = channel;
    return [{ id, title, unit, quantum, ...traceOf(times, column, rows, span, points, scaleOf(quantum)) }];
  });
  return { ...span, traces };
}

function ends(times: Float64Array): [number, number] {
  let [first, last] = [times[0] ?? 0, times[0] ?? 0];
  for (const t of times) {
    if (t < first) first = t;
    if (t > last) last = t;
  }
  return [first, last];
}

/** Rows of a span, in the order of their times. */
function rowsWithin(times: Float64Array, from: number, to: number): Int32Array {
  const rows = new Int32Array(times.length);
  let length = 0;
  let before = Number.NEGATIVE_INFINITY;
  let rising = true;
  for (let row = 0; row < times.length; row += 1) {
    const t = times[row] ?? 0;
    if (t < from || t > to) continue;
    rising &&= t >= before;
    before = t;
    rows[length] = row;
    length += 1;
  }
  const within = rows.subarray(0, length);
  return rising ? within : within.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
}

/** Counts to the unit; divided where the step is a fraction of one, so that the nearest float is found. */
function scaleOf(quantum: string): (count: number) => number {
  const step = Number(quantum);
  const per = Math.round(1 / step);
  return 1 / per === step ? (count) => count / per : (count) => count * step;
}

type Columns = Pick<PlotTrace, 'times' | 'low' | 'high'>;

function traceOf(
  times: Float64Array,
  column: Float64Array,
  rows: Int32Array,
  { from, to }: { from: number; to: number },
  points: number,
  scale: (count: number) => number,
): Columns {
  const longest = gapSteps * usualStep(times, column, rows);
  const width = (to - from) / points;
  const single = countOf(column, rows) <= points;
  const out = new Drawn(scale);
  let before = Number.NaN;
  for (const row of rows) {
    const count = column[row] ?? absent;
    if (count === absent) continue;
    const t = times[row] ?? 0;
    const place = single ? t : width > 0 ? Math.min(points - 1, Math.floor((t - from) / width)) : 0;
    // A pause within a column is narrower than what is drawn.
    if (t - before > longest && !out.isAt(place)) out.gap((before + t) / 2);
    before = t;
    out.add(place, single ? t : from + (place + 0.5) * width, count);
  }
  out.close();
  return out.columns;
}

function countOf(column: Float64Array, rows: Int32Array): number {
  let count = 0;
  for (const row of rows) if (column[row] !== absent) count += 1;
  return count;
}

function usualStep(times: Float64Array, column: Float64Array, rows: Int32Array): number {
  const steps: number[] = [];
  let before: number | null = null;
  for (const row of rows) {
    if (column[row] === absent) continue;
    const t = times[row] ?? 0;
    if (before !== null) steps.push(t - before);
    before = t;
    if (steps.length === stepsJudged) break;
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** Columns as they fill, from left to right. */
class Drawn {
  readonly columns: Columns = { times: [], low: [], high: [] };
  readonly #scale: (count: number) => number;
  #open: { place: number; at: number; low: number; high: number } | null = null;

  constructor(scale: (count: number) => number) {
    this.#scale = scale;
  }

  add(place: number, at: number, count: number): void {
    if (this.#open?.place !== place) {
      this.close();
      this.#open = { place, at, low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
    }
    // A bad value within a column of good ones is not seen; one that fills it is.
    if (this.#open === null || Number.isNaN(count)) return;
    this.#open.low = Math.min(this.#open.low, count);
    this.#open.high = Math.max(this.#open.high, count);
  }

  isAt(place: number): boolean {
    return this.#open?.place === place;
  }

  gap(at: number): void {
    this.close();
    this.#push(at, null, null);
  }

  close(): void {
    if (this.#open === null) return;
    const { at, low, high } = this.#open;
    this.#open = null;
    if (low > high) this.#push(at, null, null);
    else this.#push(at, this.#scale(low), this.#scale(high));
  }

  #push(at: number, low: number | null, high: number | null): void {
    this.columns.times.push(at);
    this.columns.low.push(low);
    this.columns.high.push(high);
  }
}
