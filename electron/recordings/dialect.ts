import { unitTable } from '../../shared/units/units.ts';
import { cellsOf } from './cells.ts';
import { guessTime, type TimeFormat } from './times.ts';

/** How a table of text is written. */
export interface Dialect {
  delimiter: string;
  decimal: ',' | '.';
  /** Lines before the first row of data. */
  skip: number;
  titles: string[];
  /** By column; '' where none is said. */
  units: string[];
  timeColumn: number;
  timeFormat: TimeFormat;
}

/** In this order: a decimal comma cuts numbers too, and where another mark cuts every line, it is that. */
const delimiters = [';', '\t', '|', ','] as const;
const numeric = /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?$/;
const timeTitle =
  /^(?:t|ts|time|timestamp|date|datetime|date[ _-]?time|zeit|datum|zeitstempel|clock)\b|^t_?(?:ms|s)$|time/i;

const isBlank = (line: string): boolean => line.trim() === '' || line.startsWith('#');

/** The delimiter that cuts most lines into the same number of cells. */
function delimiterOf(lines: readonly string[]): string {
  const score = (delimiter: string): number => {
    const counts = lines.map((line) => cellsOf(line, delimiter)?.length ?? 0);
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1;
    return usual < 2 ? 0 : counts.filter((count) => count === usual).length;
  };
  return delimiters.reduce((best, each) => (score(each) > score(best) ? each : best));
}

/** `Boiler (degC)`, `t1 [°C]`: name and unit. */
export function titleParts(title: string): { name: string; unit: string } {
  const match = /^(.*?)\s*[([]([^()[\]]*)[)\]]\s*$/.exec(title.trim());
  return { name: match?.[1]?.trim() ?? title.trim(), unit: match?.[2]?.trim() ?? '' };
}

const symbols = new Set(Object.entries(unitTable).flatMap(([id, { symbol }]) => [id, symbol]));
const isUnitCell = (cell: string): boolean =>
  cell === '' || symbols.has(cell) || /^[([].*[)\]]$|^(?:ms|s|min|h)$/.test(cell);

/** What the first lines of a table say of it; null where no column is a time. */
export function dialectOf(lines: readonly string[]): Dialect | null {
  const data = lines.filter((line) => !isBlank(line));
  if (data.length === 0) return null;
  const delimiter = delimiterOf(data);
  const rows = data.map((line) => (cellsOf(line, delimiter) ?? []).map((cell) => cell.trim()));
  const looksLikeData = (row: readonly string[]): boolean =>
    row.some((cell) => numeric.test(cell) || guessTime('', [cell]) !== null);
  const first = rows.findIndex(looksLikeData);
  if (first < 0) return null;
  const before = rows.slice(0, first);
  const said = before.at(-1);
  const unitRow = before.length > 1 && said?.every(isUnitCell) ? said : null;
  const header = unitRow ? before.at(-2) : said;
  const body = rows.slice(first);
  // A row may be longer than its titles, where a decimal comma cuts it: then it is broken, not one more column.
  const titled = header !== undefined && header.length > 1;
  const width = titled ? header.length : Math.max(...body.map((row) => row.length));
  const parts = Array.from({ length: width }, (_, i) => titleParts(header?.[i] ?? ''));
  const titles = parts.map(({ name }, i) => name || `column ${i + 1}`);
  const units = parts.map(({ unit }, i) => unit || (unitRow?.[i] ?? '').replace(/[()[\]]/g, ''));
  const column = (i: number): string[] => body.map((row) => row[i] ?? '');
  const decimal = delimiter !== ',' && body.flat().some((cell) => /^-?\d+,\d+$/.test(cell)) ? ',' : '.';
  const pointed = (cell: string): string => (decimal === ',' ? cell.replace(',', '.') : cell);
  const times = titles.map((title, i) => guessTime(`${title} ${units[i]}`, column(i).map(pointed)));
  const named = titles.findIndex((title, i) => timeTitle.test(title) && times[i] !== null);
  const dated = times.findIndex((format) => format !== null && format !== 's' && format !== 'ms');
  const timeColumn = named >= 0 ? named : Math.max(dated, 0);
  const timeFormat = times[timeColumn];
  if (!timeFormat) return null;
  return { delimiter, decimal, skip: lineOf(lines, first), titles, units, timeColumn, timeFormat };
}

/** Place among all lines of the n-th that holds something. */
function lineOf(lines: readonly string[], n: number): number {
  let seen = -1;
  return lines.findIndex((line) => {
    if (!isBlank(line)) seen += 1;
    return seen === n;
  });
}
