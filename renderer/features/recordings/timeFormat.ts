const formats = ['ms', 's', 'epoch-ms', 'epoch-s', 'iso', 'day-first', 'month-first'] as const;
export type TimeFormat = (typeof formats)[number];

/** A time format as the importer names it; null where it is none that this page has words for. */
export const timeFormat = (name: string): TimeFormat | null =>
  formats.find((format) => format === name) ?? null;

/** Times without a date count from the recorder's own zero. */
export const isDated = (format: TimeFormat | null): boolean =>
  format !== null && format !== 'ms' && format !== 's';
