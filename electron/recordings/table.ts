import { Failure } from '../../shared/contract/failure.ts';
import { cellsOf } from './cells.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { lineBlocks } from './lines.ts';
import { guessTime, readTime } from './times.ts';

/** A row of a file: its line, and its cells by column; null where the line cannot be cut into cells. */
export interface Row {
  line: number;
  cells: string[] | null;
}

/** A recording as a table, whatever its file is. */
export interface Table extends Omit<Dialect, 'delimiter' | 'skip'> {
  kind: 'csv' | 'jsonl';
  timeOf(cell: string): number;
  rows(signal?: AbortSignal): AsyncGenerator<Row[]>;
}

/** Lines that the form of a file is judged by. */
const judged = 60;

/** Opens a CSV or JSONL file. Fails with FILE_UNREADABLE where it is no table with times. */
export async function openTable(path: string): Promise<Table> {
  const lines: string[] = [];
  for await (const block of lineBlocks(path)) {
    lines.push(...block.slice(0, judged - lines.length));
    if (lines.length >= judged) break;
  }
  if (lines[0] !== undefined) lines[0] = lines[0].replace(/^\uFEFF/, '');
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length === 0) throw new Failure('FILE_UNREADABLE', { path, detail: 'it is empty' });
  const isObjects = filled.every((line) => line.trimStart().startsWith('{'));
  const table = isObjects ? objectTable(path, filled) : textTable(path, lines);
  if (table) return table;
  throw new Failure('FILE_UNREADABLE', { path, detail: 'no column of it is a time' });
}

function textTable(path: string, lines: readonly string[]): Table | null {
  const dialect = dialectOf(lines);
  if (!dialect) return null;
  const { delimiter, skip, ...said } = dialect;
  const cut = (line: string): string[] | null => {
    const cells = cellsOf(line, delimiter);
    // More cells than titles: a decimal comma among commas, say, of which nobody knows where the value ends.
    return cells?.slice(said.titles.length).some((cell) => cell.trim() !== '') ? null : cells;
  };
  const rows = (signal?: AbortSignal) =>
    rowsOf(path, skip, (line) => (line.startsWith('#') ? undefined : cut(line)), signal);
  return { kind: 'csv', ...said, timeOf: timeReader(said), rows };
}

function timeReader({ timeFormat, decimal }: Pick<Dialect, 'timeFormat' | 'decimal'>) {
  const read = readTime[timeFormat];
  return (cell: string): number => read((decimal === ',' ? cell.replace(',', '.') : cell).trim());
}

/** Values of an object by name; what lies one level deeper (`{"values": {...}}`) counts as its own. */
function flat(line: string): Map<string, string> | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const found = new Map<string, string>();
  for (const [name, each] of Object.entries(value)) {
    const inner = typeof each === 'object' && each !== null ? Object.entries(each as object) : [[name, each]];
    for (const [key, one] of inner) found.set(String(key), String(one));
  }
  return found;
}

function objectTable(path: string, lines: readonly string[]): Table | null {
  const objects = lines.map(flat).filter((object) => object !== null);
  const titles = [...new Set(objects.flatMap((object) => [...object.keys()]))];
  const formats = titles.map((title) =>
    guessTime(
      title,
      objects.map((object) => object.get(title) ?? ''),
    ),
  );
  const named = titles.findIndex(
    (title, i) => /^(?:t|ts)$|time|date|^t_/i.test(title) && formats[i] !== null,
  );
  const timeColumn = Math.max(named, 0);
  const timeFormat = formats[timeColumn];
  if (!timeFormat) return null;
  const said = { decimal: '.', titles, units: titles.map(() => ''), timeColumn, timeFormat } as const;
  const cells = (line: string): string[] | null => {
    const object = flat(line);
    return object && titles.map((title) => object.get(title) ?? '');
  };
  const rows = (signal?: AbortSignal) => rowsOf(path, 0, cells, signal);
  return { kind: 'jsonl', ...said, timeOf: timeReader(said), rows };
}

async function* rowsOf(
  path: string,
  skip: number,
  /** Undefined: a line that is a remark. */
  cut: (line: string) => string[] | null | undefined,
  signal?: AbortSignal,
): AsyncGenerator<Row[]> {
  let number = 0;
  for await (const lines of lineBlocks(path, signal)) {
    const rows: Row[] = [];
    for (const line of lines) {
      number += 1;
      if (number <= skip || line === '' || line === '\r') continue;
      const cells = cut(line);
      if (cells !== undefined) rows.push({ line: number, cells });
    }
    yield rows;
  }
}
