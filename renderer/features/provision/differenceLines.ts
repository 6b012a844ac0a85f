import type { DifferenceLine } from '../../../shared/contract/configuration.ts';

/** Where two files hold the same values in other bytes, one line says so; see the contract. */
export const bytesPath = '(bytes)';
/** A file with secrets: that it is there is said, it is never compared. */
export const secretPath = '(secret)';

export interface SortedLines {
  /** What the push changes on the unit, and what was left out of it. */
  changed: DifferenceLine[];
  /** What stays as it was found, though it is not the factory's. */
  unchanged: DifferenceLine[];
}

/**
 * Changed lines first; a line that was left out stays among them, or it could not be taken in again, and so does what
 * is never compared: it may differ.
 */
export function sortLines(lines: readonly DifferenceLine[], leftOut: readonly string[]): SortedLines {
  const isChanged = ({ id, path, asFound, toBe }: DifferenceLine) =>
    asFound !== toBe || path === secretPath || leftOut.includes(id);
  return { changed: lines.filter(isChanged), unchanged: lines.filter((line) => !isChanged(line)) };
}

/** One table a file; what identifies the unit stands in `config.json`, so that comes first. */
export function byFile(lines: readonly DifferenceLine[]): [file: string, lines: DifferenceLine[]][] {
  const files = Map.groupBy(lines, ({ file }) => file);
  return [...files].sort(([a], [b]) => Number(b === 'config.json') - Number(a === 'config.json'));
}

export const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

/** `/channels/t1/oversample` reads `channels › t1 › oversample`; RFC 6901 writes / as ~1 and ~ as ~0. */
export const pathWords = (pointer: string): string =>
  pointer
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');
