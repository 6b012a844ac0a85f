/** A recording's clock: ms since 1970 where it is dated, else its recorder's own, counted from the first row. */
export interface RecordingClock {
  from: number;
  dated: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const withinSecond = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const steps: readonly number[] = [
  ...withinSecond,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY),
];

const two = (n: number): string => String(n).padStart(2, '0');
const three = (n: number): string => String(n).padStart(3, '0');

/** `h:mm:ss`, with ms where `step` is finer than a second. */
export function elapsed(ms: number, step: number = SECOND): string {
  const whole = Math.round(step < SECOND ? ms : ms / SECOND) * (step < SECOND ? 1 : SECOND);
  const left = Math.abs(whole);
  const clock = `${Math.floor(left / HOUR)}:${two(Math.floor(left / MINUTE) % 60)}:${two(Math.floor(left / SECOND) % 60)}`;
  return `${whole < 0 ? '−' : ''}${clock}${step < SECOND ? `.${three(left % SECOND)}` : ''}`;
}

/** The step between two figures of the time axis, so that at most `most` stand on it. */
export const timeStep = (span: number, most: number): number =>
  steps.find((step) => span / step <= most) ?? Math.ceil(span / most / DAY) * DAY;

/** Round times in a span: round since 1970 where dated, else since the first row. */
export function timeTicks(from: number, to: number, step: number, clock: RecordingClock): number[] {
  const origin = clock.dated ? 0 : clock.from;
  const first = Math.ceil((from - origin) / step);
  const count = Math.max(0, Math.floor((to - origin) / step) - first + 1);
  return Array.from({ length: count }, (_, i) => origin + (first + i) * step);
}

/**
 * Figures of the time axis. Dates are UTC, as files without a zone are read, so that a figure is the one in the file
 * and two readers see the same. The day stands under the first figure and where it changes; `zone` follows the first.
 */
export function timeLabels(
  ticks: readonly number[],
  step: number,
  clock: RecordingClock,
  language: string,
  zone = '',
): string[] {
  if (!clock.dated) return ticks.map((t) => elapsed(t - clock.from, step));
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return ticks.map((t, i) => {
    const date = `${day.format(t)}${i === 0 ? zone : ''}`;
    if (step >= DAY) return date;
    const last = ticks[i - 1];
    const time = timeOfDay(t, step);
    return last !== undefined && day.format(last) === day.format(t) ? time : `${time}\n${date}`;
  });
}

function timeOfDay(t: number, step: number): string {
  const text = new Date(t).toISOString().slice(11, 23);
  if (step < SECOND) return text;
  return text.slice(0, step < MINUTE ? 8 : 5);
}

/** A moment in full: `22 Nov 2026, 08:30:12` UTC, or `0:12:04` from the start; ms where they are not zero. */
export function recordingMoment(t: number, clock: RecordingClock, language: string): string {
  const whole = Math.round(t);
  if (!clock.dated) return elapsed(whole - clock.from, (whole - clock.from) % SECOND === 0 ? SECOND : 1);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return `${day.format(whole)}, ${timeOfDay(whole, whole % SECOND === 0 ? SECOND : 1)}`;
}
