/** A bar of a lane in pixels; `count` alarms lie in it. `open`: the last of them was still on at the end. */
export interface Bar {
  from: number;
  until: number;
  count: number;
  open: boolean;
}

interface Alarm {
  from: number;
  until: number | null;
}

/**
 * Alarms within a span as bars of whole pixels, those that touch drawn as one: two thousand of them are no more work
 * than the picture is wide. Alarms must be in the order of their start.
 */
export function alarmBars(
  alarms: readonly Alarm[],
  span: { from: number; to: number },
  column: (time: number) => number,
): Bar[] {
  const bars: Bar[] = [];
  for (const alarm of alarms) {
    if (alarm.from > span.to) break;
    const until = alarm.until ?? span.to;
    if (until < span.from) continue;
    const from = Math.round(column(Math.max(alarm.from, span.from)));
    const end = Math.max(from + 2, Math.round(column(Math.min(until, span.to))));
    const open = alarm.until === null;
    const last = bars[bars.length - 1];
    if (last !== undefined && from <= last.until) {
      last.until = Math.max(last.until, end);
      last.count += 1;
      last.open = open;
    } else bars.push({ from, until: end, count: 1, open });
  }
  return bars;
}
