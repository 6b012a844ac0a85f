import { type RecordingClock, recordingMoment } from '../../live/recordingTime.ts';

/** A figure and its unit are not parted at the end of a line. */
const near = '\u00a0';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in at most two units, as figures of about three places: `850 ms`, `12.4 s`, `3 h 05 min`. */
export function spanText(ms: number, language: string): string {
  const length = Math.max(0, ms);
  const figure = (value: number, places: number): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: places }).format(value);
  if (length > 0 && length < second) return `${figure(length, 0)}${near}ms`;
  if (length < minute) return `${figure(length / second, 1)}${near}s`;
  const two = (large: number, small: number, names: readonly [string, string]): string => {
    const whole = Math.floor(length / large);
    const rest = Math.floor((length % large) / small);
    return `${figure(whole, 0)}${near}${names[0]}${rest === 0 ? '' : ` ${rest}${near}${names[1]}`}`;
  };
  if (length < hour) return two(minute, second, ['min', 's']);
  return length < day ? two(hour, minute, ['h', 'min']) : two(day, hour, ['d', 'h']);
}

/** A moment as it is typed: `2026-11-22 08:30:12` (UTC) where the recording has dates, `0:12:04` from its start else. */
export function momentText(t: number, clock: RecordingClock): string {
  if (clock.dated)
    return new Date(Math.round(t))
      .toISOString()
      .replace('T', ' ')
      .replace(/(\.000)?Z$/, '');
  return recordingMoment(t, clock, 'en');
}

/** The moment that was typed, ms of the recording's clock; null where it is none. */
export function parseMoment(typed: string, clock: RecordingClock): number | null {
  const text = typed.trim().replace(',', '.').replace('−', '-');
  const match = /^(?:(?:(\d{1,5}):)?(\d{1,5}):)?(\d{1,9}(?:\.\d{1,3})?)$/.exec(text);
  if (match !== null && !clock.dated) {
    const [hours, minutes, seconds] = [match[1] ?? 0, match[2] ?? 0, match[3] ?? 0].map(Number);
    return clock.from + Math.round(((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * second);
  }
  if (!clock.dated || !/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text)) return null;
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : at;
}

/** A figure of about three places, of alarms a day and the like. */
export function rateText(value: number, language: string): string {
  const places = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return new Intl.NumberFormat(language, { maximumFractionDigits: places }).format(value);
}
