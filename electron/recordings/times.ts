/** How a recording writes its times. Relative ones count from their own zero; the others are ms since 1970, UTC. */
export const timeFormats = {
  ms: 'milliseconds',
  s: 'seconds',
  'epoch-ms': 'milliseconds since 1970',
  'epoch-s': 'seconds since 1970',
  iso: 'date and time, such as 2026-11-22 08:30:00 (UTC where it names no zone)',
  'day-first': 'date and time with the day first, such as 22.11.2026 08:30:00',
  'month-first': 'date and time with the month first, such as 11/22/2026 08:30:00',
} as const;
export type TimeFormat = keyof typeof timeFormats;

const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;
const isoForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const dayForm = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})[T, ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/;

function moment(parts: readonly (string | undefined)[], zoneMinutes: number): number {
  const [year, month, day, hour, minute, second, fraction] = parts;
  const at = [year, month, day, hour, minute, second].map((part) => Number(part ?? 0));
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = at;
  // A leap second is the last of its minute twice; what a calendar does not have is no time.
  if (mo < 1 || mo > 12 || d < 1 || h > 23 || mi > 59 || s > 60) return Number.NaN;
  if (d > new Date(Date.UTC(y, mo, 0)).getUTCDate()) return Number.NaN;
  const ms = Number(`${fraction ?? ''}000`.slice(0, 3));
  return Date.UTC(y, mo - 1, d, h, mi - zoneMinutes, Math.min(s, 59), s === 60 ? 999 : ms);
}

function zoneOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone.startsWith('-') ? -minutes : minutes;
}

function seconds(text: string): number {
  if (!number.test(text)) return Number.NaN;
  return Math.round(Number(text) * 1000);
}

/** ms of a cell; NaN where it is no time of this format. */
export const readTime: Readonly<Record<TimeFormat, (text: string) => number>> = {
  ms: (text) => (number.test(text) ? Math.round(Number(text)) : Number.NaN),
  s: seconds,
  'epoch-ms': (text) => (number.test(text) ? Math.round(Number(text)) : Number.NaN),
  'epoch-s': seconds,
  iso: (text) => {
    const match = isoForm.exec(text);
    return match ? moment(match.slice(1, 8), zoneOf(match[8])) : Number.NaN;
  },
  'day-first': (text) => {
    const [, day, month, ...rest] = dayForm.exec(text) ?? [];
    return day === undefined ? Number.NaN : moment([rest[0], month, day, ...rest.slice(1)], 0);
  },
  'month-first': (text) => {
    const [, month, day, ...rest] = dayForm.exec(text) ?? [];
    return month === undefined ? Number.NaN : moment([rest[0], month, day, ...rest.slice(1)], 0);
  },
};

export const isRelative = (format: TimeFormat): boolean => format === 'ms' || format === 's';

/** Years that a recording may be of: earlier and later ones are clocks that were never set. */
export const plausible = { from: Date.UTC(1990, 0, 1), to: Date.UTC(2100, 0, 1) } as const;

const within = (ms: number): boolean => ms >= plausible.from && ms < plausible.to;

/**
 * The format that most of the cells have, or null where none fits half of them. Whole numbers without a date are ms
 * where the title says so or their steps are like it, else seconds.
 */
export function guessTime(title: string, cells: readonly string[]): TimeFormat | null {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const fits = (format: TimeFormat, sound: (ms: number) => boolean = Number.isFinite): number =>
    filled.filter((cell) => sound(readTime[format](cell))).length;
  const enough = (count: number): boolean => count > 0 && count * 2 >= filled.length;
  if (enough(fits('iso'))) return 'iso';
  const [day, month] = [fits('day-first'), fits('month-first')];
  if (enough(Math.max(day, month))) return month > day ? 'month-first' : 'day-first';
  if (enough(fits('epoch-ms', within))) return 'epoch-ms';
  if (enough(fits('epoch-s', within))) return 'epoch-s';
  if (!enough(fits('s'))) return null;
  if (/(?:^|[^a-z])(?:ms|millis\w*)(?:[^a-z]|$)/i.test(title)) return 'ms';
  if (/(?:^|[^a-z])(?:s|sec\w*)(?:[^a-z]|$)/i.test(title) || filled.some((cell) => /[.eE]/.test(cell)))
    return 's';
  const steps = filled.slice(1).map((cell, i) => Number(cell) - Number(filled[i]));
  const middle = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  return middle >= 10 ? 'ms' : 's';
}
