/** One stroke of a line chart: pixel columns with their first, lowest, highest and last value. */
interface Trace {
  x: number[];
  first: number[];
  low: number[];
  high: number[];
  last: number[];
  /** Indices into the arrays at which a new stroke begins; a gap lies before each but the first. */
  starts: number[];
}

/**
 * Reduces samples to at most one entry a pixel column without losing a peak; a sample without a value breaks the
 * stroke. `column` maps a time to its pixel column.
 */
export function traceOf(
  times: ArrayLike<number>,
  values: ArrayLike<number | null | undefined>,
  from: number,
  to: number,
  column: (time: number) => number,
): Trace {
  const trace: Trace = { x: [], first: [], low: [], high: [], last: [], starts: [] };
  let open = false;
  for (let i = from; i <= to; i++) {
    const value = values[i];
    const time = times[i];
    if (value == null || Number.isNaN(value) || time === undefined) {
      open = false;
      continue;
    }
    const x = column(time);
    const at = trace.x.length - 1;
    if (open && trace.x[at] === x) {
      trace.low[at] = Math.min(trace.low[at] ?? value, value);
      trace.high[at] = Math.max(trace.high[at] ?? value, value);
      trace.last[at] = value;
      continue;
    }
    if (!open) trace.starts.push(trace.x.length);
    open = true;
    trace.x.push(x);
    for (const list of [trace.first, trace.low, trace.high, trace.last]) list.push(value);
  }
  return trace;
}
