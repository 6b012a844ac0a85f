import { type RecordedChannel, type ValueColumn, valueColumns } from './columns.ts';
import { openTable, type Table } from './table.ts';
import { type Noted, note, noted, TimeJudge, type TimeProblem } from './time-judge.ts';
import type { TimeFormat } from './times.ts';
import { absent, quantiser } from './values.ts';

export interface ColumnPreview extends ValueColumn {
  /** Cells with a number, cells that say bad, and others with their lines. */
  values: number;
  bad: number;
  unreadable: Noted;
  /** Least and greatest number, for the eye. */
  least: number | null;
  greatest: number | null;
}

/** What a file holds, before it is taken: found in one pass, whatever its length. */
export interface Preview {
  kind: Table['kind'];
  columns: ColumnPreview[];
  time: {
    title: string;
    format: TimeFormat;
    /** ms of the first and last good row. */
    from: number | null;
    to: number | null;
    /** Usual step, ms. */
    step: number | null;
  };
  rows: number;
  /** Rows that are taken. */
  taken: number;
  problems: Readonly<Record<TimeProblem, Noted>>;
  /** Lines that cannot be cut into cells. */
  broken: Noted;
  /** Pauses of more than five usual steps: how many, and the first ones. */
  gaps: { count: number; first: { line: number; ms: number }[] };
  /** Of all columns, that of the time too. */
  titles: readonly string[];
  /** The first rows as they are. */
  sample: string[][];
}

const stepsJudged = 1000;
const gapSteps = 5;
const mostGaps = 20;
const sampleRows = 5;

/** Fails with FILE_UNREADABLE; what is wrong with single rows is in the preview. */
export async function previewRecording(
  path: string,
  channels: readonly RecordedChannel[] = [],
  { chosen = {}, signal }: { chosen?: Readonly<Record<string, string>>; signal?: AbortSignal } = {},
): Promise<Preview> {
  const table = await openTable(path);
  const columns = valueColumns(table, channels, chosen).map(
    (column): ColumnPreview => ({
      ...column,
      values: 0,
      bad: 0,
      unreadable: noted(),
      least: null,
      greatest: null,
    }),
  );
  const watch = new TimeWatch(table);
  const tallies = columns.map((column) => tally(column, table.decimal));
  const broken = noted();
  const sample: string[][] = [];
  let rows = 0;
  for await (const block of table.rows(signal)) {
    for (const { line, cells } of block) {
      rows += 1;
      if (cells === null) {
        note(broken, line);
        continue;
      }
      if (sample.length < sampleRows) sample.push(cells);
      watch.see(table.timeOf(cells[table.timeColumn] ?? ''), line);
      for (const count of tallies) count(cells, line);
    }
  }
  return { kind: table.kind, columns, ...watch.result(), rows, broken, titles: table.titles, sample };
}

/** Counts into the column's preview. Numbers are read in steps of a millionth where no channel says better. */
function tally(column: ColumnPreview, decimal: ',' | '.'): (cells: readonly string[], line: number) => void {
  const read = quantiser(column.channel?.quantum ?? '0.000001', decimal);
  return (cells, line) => {
    const cell = cells[column.index] ?? '';
    const count = read(cell);
    if (count === absent) return;
    const value = Number(decimal === ',' ? cell.replace(',', '.') : cell);
    if (Number.isNaN(count) || (count === null && column.channel === null && !Number.isFinite(value))) {
      if (Number.isNaN(count)) column.bad += 1;
      else note(column.unreadable, line);
      return;
    }
    if (count === null && column.channel !== null) {
      note(column.unreadable, line);
      return;
    }
    column.values += 1;
    column.least = column.least === null ? value : Math.min(column.least, value);
    column.greatest = column.greatest === null ? value : Math.max(column.greatest, value);
  };
}

/** Times of a file as they come. */
class TimeWatch {
  readonly #table: Table;
  readonly #judge: TimeJudge;
  readonly #steps: number[] = [];
  /** Steps before the usual one is known. */
  readonly #early: { line: number; ms: number }[] = [];
  readonly #gaps: Preview['gaps'] = { count: 0, first: [] };
  #usual: number | null = null;
  #from: number | null = null;
  #to: number | null = null;
  #taken = 0;

  constructor(table: Table) {
    this.#table = table;
    this.#judge = new TimeJudge(table.timeFormat);
  }

  see(t: number, line: number): void {
    if (!this.#judge.takes(t, line)) return;
    this.#taken += 1;
    const last = this.#to;
    this.#from ??= t;
    this.#to = t;
    if (last === null) return;
    const step = { line, ms: t - last };
    if (this.#usual !== null) {
      this.#weigh(step);
      return;
    }
    this.#steps.push(step.ms);
    this.#early.push(step);
    if (this.#steps.length === stepsJudged) this.#settle();
  }

  #settle(): void {
    const sorted = this.#steps.toSorted((a, b) => a - b);
    this.#usual = sorted[Math.floor(sorted.length / 2)] ?? null;
    for (const step of this.#early.splice(0)) this.#weigh(step);
  }

  #weigh(step: { line: number; ms: number }): void {
    if (step.ms <= gapSteps * (this.#usual ?? Number.POSITIVE_INFINITY)) return;
    this.#gaps.count += 1;
    if (this.#gaps.first.length < mostGaps) this.#gaps.first.push(step);
  }

  result(): Pick<Preview, 'time' | 'taken' | 'problems' | 'gaps'> {
    if (this.#usual === null) this.#settle();
    const { titles, timeColumn, timeFormat } = this.#table;
    const time = {
      title: titles[timeColumn] ?? '',
      format: timeFormat,
      from: this.#from,
      to: this.#to,
      step: this.#usual,
    };
    return { time, taken: this.#taken, problems: this.#judge.problems, gaps: this.#gaps };
  }
}
