export { unitSymbol } from '../../../shared/units/units.ts';

/** Enough of a hash or hardware id to tell two apart by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 8);
export const shortId = (id: string): string => (id.length <= 8 ? id : `…${id.slice(-6)}`);

export function showBytes(bytes: number, language: string): string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  if (bytes < 1000) return `${format.format(bytes)} B`;
  if (bytes < 1_000_000) return `${format.format(bytes / 1000)} kB`;
  return `${format.format(bytes / 1_000_000)} MB`;
}

export function showTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(at);
}

/** The time of day only, where the day is today: tables are narrow. */
export function showMoment(at: number, language: string, now: number = Date.now()): string {
  if (new Date(at).toDateString() !== new Date(now).toDateString()) return showTime(at, language);
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(at);
}
