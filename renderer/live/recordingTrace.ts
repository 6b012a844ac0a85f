import type { PlotTrace } from '../../shared/contract/recordings.ts';
import { firstAtOrAfter } from './ring.ts';

/** Where a line is drawn, so that it can be a canvas path or, in a test, a list. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

type Drawn = Pick<PlotTrace, 'times' | 'low' | 'high'>;

/** Columns from the one before a span to the one after it, so that the line goes on over both edges. */
export function columnsIn({ times }: Pick<PlotTrace, 'times'>, from: number, to: number): [number, number] {
  const first = firstAtOrAfter(times, from);
  return [Math.max(0, first - 1), Math.min(times.length, firstAtOrAfter(times, to) + 1)];
}

/** One stroke up or down a column, joined to the next from the nearer end; nothing is drawn over a gap. */
export function drawTrace(
  pen: Pen,
  trace: Drawn,
  [first, end]: [number, number],
  x: (time: number) => number,
  y: (value: number) => number,
): void {
  let last: number | null = null;
  for (let i = first; i < end; i++) {
    const [low, high] = [trace.low[i] ?? null, trace.high[i] ?? null];
    if (low === null || high === null) {
      last = null;
      continue;
    }
    const at = x(trace.times[i] ?? 0);
    const rising: boolean = last === null || Math.abs(low - last) <= Math.abs(high - last);
    const [near, far]: [number, number] = rising ? [low, high] : [high, low];
    if (last === null) pen.moveTo(at, y(near));
    else pen.lineTo(at, y(near));
    if (far !== near) pen.lineTo(at, y(far));
    // A column that stands alone is still seen.
    else if (last === null && (trace.low[i + 1] ?? null) === null) pen.lineTo(at + 1, y(far));
    last = far;
  }
}

/** Line through the middles of the columns, for dash patterns: they are lost on strokes that go up and down. */
export function drawMiddle(
  pen: Pen,
  trace: Drawn,
  [first, end]: [number, number],
  x: (time: number) => number,
  y: (value: number) => number,
): void {
  let open = false;
  for (let i = first; i < end; i++) {
    const [low, high] = [trace.low[i] ?? null, trace.high[i] ?? null];
    if (low !== null && high !== null) {
      const [at, middle] = [x(trace.times[i] ?? 0), y((low + high) / 2)];
      if (open) pen.lineTo(at, middle);
      else pen.moveTo(at, middle);
    }
    open = low !== null && high !== null;
  }
}

/** The area between lowest and highest, stretch by stretch between the gaps. */
export function drawEnvelope(
  pen: Pen,
  trace: Drawn,
  [first, end]: [number, number],
  x: (time: number) => number,
  y: (value: number) => number,
): void {
  let start = first;
  for (let i = first; i <= end; i++) {
    if (i < end && (trace.low[i] ?? null) !== null) continue;
    for (let at = start; at < i; at++) {
      const [px, py] = [x(trace.times[at] ?? 0), y(trace.high[at] ?? 0)];
      if (at === start) pen.moveTo(px, py);
      else pen.lineTo(px, py);
    }
    for (let at = i - 1; at >= start; at--) pen.lineTo(x(trace.times[at] ?? 0), y(trace.low[at] ?? 0));
    start = i + 1;
  }
}

/** Lowest and highest value of a span; infinities where there is none. */
export function traceExtent(trace: Drawn, from: number, to: number): [number, number] {
  const [first, end] = columnsIn(trace, from, to);
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = first; i < end; i++) {
    least = Math.min(least, trace.low[i] ?? Number.POSITIVE_INFINITY);
    greatest = Math.max(greatest, trace.high[i] ?? Number.NEGATIVE_INFINITY);
  }
  return [least, greatest];
}

/** Times at which gaps begin, within a span. */
export function traceGaps(trace: Drawn, from: number, to: number): number[] {
  return trace.times.filter(
    (t, i) =>
      t >= from &&
      t <= to &&
      (trace.low[i] ?? null) === null &&
      (i === 0 || (trace.low[i - 1] ?? null) !== null),
  );
}

/** Lowest and highest at a time: of the nearest column that is no further than its neighbours are; null in a gap. */
export function traceAt(trace: Drawn, t: number): [number, number] | null {
  const after = firstAtOrAfter(trace.times, t);
  const before = Math.max(0, after - 1);
  const [left, right] = [trace.times[before], trace.times[after]];
  if (left === undefined) return null;
  const index = right !== undefined && right - t < t - left ? after : before;
  const [low, high] = [trace.low[index] ?? null, trace.high[index] ?? null];
  return low === null || high === null ? null : [low, high];
}
