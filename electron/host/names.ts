import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { HardwareId } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { UnitSettings } from '../../shared/contract/provision.ts';
import type { NameRow } from '../../shared/contract/queue.ts';
import { columnsOf, delimiterOf, type Field } from './names-columns.ts';

/** More is no list of units for one job. */
const mostRows = 1000;

const { tag, asset, location } = UnitSettings.shape;
const PlateRow = z.strictObject({ hardwareId: HardwareId.nullable(), tag, asset, location });

const refuse = (line: number, detail: string): Failure =>
  new Failure('LIST_INVALID', { name: 'of names', line, detail });

/**
 * Plate texts out of a list as spreadsheets write it: separated by commas, semicolons (Excel where the comma is the
 * decimal mark) or tabs, with or without byte order mark, quotation marks, and a heading in English or German; without
 * a heading the columns are tag, asset, location, hardware id. @throws Failure LIST_INVALID with the line.
 */
export function importNames(csv: string): NameRow[] {
  const text = csv.replace(/^\uFEFF/, '');
  const [first = '', ...others] = text.split(/\r\n|\r|\n/);
  // Excel's own note of the separator; the line still counts.
  const noted = /^"?sep=(.)"?$/i.exec(first.trim())?.[1];
  const body = noted === undefined ? text : `\n${others.join('\n')}`;
  refuseOtherEncoding(body);
  const lines = recordsOf(body, noted ?? delimiterOf(body));
  const head = lines[0];
  if (head === undefined) throw refuse(1, 'the list is empty');
  const named = columnsOf(head.cells);
  if ('mistake' in named) throw refuse(head.line, named.mistake);
  const rows = named.heading ? lines.slice(1) : lines;
  if (rows.length === 0) throw refuse(head.line, 'there is nothing below the heading');
  if (rows.length > mostRows) throw refuse(rows[mostRows]?.line ?? 0, `more than ${mostRows} units`);
  const read = rows.map(({ line, cells }) => ({ line, row: rowOf(cells, named.columns, line) }));
  refuseTwice(read, 'tag', ({ tag: text }) => text.toLowerCase());
  refuseTwice(read, 'hardware id', ({ hardwareId }) => hardwareId);
  return read.map(({ row }) => row);
}

interface Line {
  line: number;
  cells: string[];
}

function refuseOtherEncoding(text: string): void {
  const broken = /[\uFFFD\0]/.exec(text);
  if (!broken) return;
  const line = text.slice(0, broken.index).split('\n').length;
  throw refuse(line, 'a letter cannot be read; save the list as "CSV UTF-8"');
}

function recordsOf(text: string, delimiter: string): Line[] {
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records
      .map(({ record, info }) => ({ line: info.lines, cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const line: unknown = Reflect.get(thrown, 'lines');
    throw refuse(typeof line === 'number' ? line : 0, 'a quotation mark is missing or is one too many');
  }
}

function rowOf(cells: readonly string[], columns: readonly (Field | null)[], line: number): NameRow {
  const surplus = cells.findIndex((cell, index) => cell !== '' && index >= columns.length);
  if (surplus >= 0) throw refuse(line, `there is a cell too many: "${(cells[surplus] ?? '').slice(0, 40)}"`);
  const cell = (field: Field): string => cells[columns.indexOf(field)] ?? '';
  const id = cell('hardwareId')
    .toLowerCase()
    .replace(/[\s:-]/g, '');
  const parsed = PlateRow.safeParse({
    hardwareId: id === '' ? null : id,
    tag: cell('tag'),
    asset: cell('asset'),
    location: cell('location'),
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? '');
  throw refuse(line, `${fieldWords[field] ?? field} ${mistakeOf(field, cell(field as Field))}`);
}

const fieldWords: Readonly<Record<string, string>> = { hardwareId: 'hardware id' };

function mistakeOf(field: string, text: string): string {
  if (text === '') return 'is missing';
  if (text.length > 60) return 'is longer than 60 characters';
  const shown = `"${text.replace(/\p{C}/gu, ' ')}"`;
  if (field === 'hardwareId') return `${shown} must be hexadecimal digits`;
  return field === 'tag' ? `${shown} may hold letters, digits, . _ / - only` : `${shown} is not printable`;
}

function refuseTwice(
  read: readonly { line: number; row: NameRow }[],
  what: string,
  key: (row: NameRow) => string | null,
): void {
  const seen = new Map<string, number>();
  for (const { line, row } of read) {
    const value = key(row);
    if (value === null) continue;
    const earlier = seen.get(value);
    if (earlier !== undefined) throw refuse(line, `the ${what} is that of line ${earlier}`);
    seen.set(value, line);
  }
}
