import { Failure } from '../../shared/contract/failure.ts';
import { type RecordedChannel, valueColumns } from './columns.ts';
import { openTable } from './table.ts';
import { type Noted, note, noted, TimeJudge, type TimeProblem } from './time-judge.ts';
import { isRelative } from './times.ts';
import { absent, quantiser } from './values.ts';

/** Rows of a recording as columns: ms, and by channel quanta (NaN: bad, infinity: no sample). */
export interface RecordedBlock {
  times: Float64Array;
  samples: Float64Array[];
}

export interface Import {
  /** Channels that the file has, in the order of `samples`. */
  channels: RecordedChannel[];
  /** Its times are dates: ms since 1970. */
  dated: boolean;
  /** Memory for one piece of the file at a time. */
  blocks: AsyncIterable<RecordedBlock>;
  /** What was left out, once the blocks were read: whole rows by their time, and single cells. */
  problems: Readonly<Record<TimeProblem | 'broken' | 'unreadable', Noted>>;
}

export interface ImportOptions {
  /** Channel by title of the column. */
  chosen?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/**
 * A CSV or JSONL file in the steps of the channels, each value rounded to the nearest. Rows whose time is missing,
 * absurd or does not increase are left out. Fails with FILE_UNREADABLE, also where no column is a channel.
 */
export async function importRecording(
  path: string,
  channels: readonly RecordedChannel[],
  { chosen = {}, signal }: ImportOptions = {},
): Promise<Import> {
  const table = await openTable(path);
  const columns = valueColumns(table, channels, chosen);
  const taken = columns.flatMap(({ index, channel }) =>
    channel ? [{ index, channel, read: quantiser(channel.quantum, table.decimal) }] : [],
  );
  if (taken.length === 0) {
    const [has, are] = [table.titles.join(', '), channels.map(({ id }) => id).join(', ') || 'none'];
    const other = columns.find(({ otherUnit }) => otherUnit);
    const detail = other
      ? `its column ${other.title} is in ${other.unit}, the channel of that name is not`
      : `none of its columns (${has}) is a channel (${are})`;
    throw new Failure('FILE_UNREADABLE', { path, detail });
  }
  const judge = new TimeJudge(table.timeFormat);
  const [broken, unreadable] = [noted(), noted()];
  const sampleOf = (cell: string, { read }: (typeof taken)[number], line: number): number => {
    const count = read(cell);
    if (count !== null) return count;
    note(unreadable, line);
    return Number.NaN;
  };
  async function* blocks(): AsyncGenerator<RecordedBlock> {
    for await (const rows of table.rows(signal)) {
      const times = new Float64Array(rows.length);
      const samples = taken.map(() => new Float64Array(rows.length).fill(absent));
      let length = 0;
      for (const { line, cells } of rows) {
        if (cells === null) {
          note(broken, line);
          continue;
        }
        const t = table.timeOf(cells[table.timeColumn] ?? '');
        if (!judge.takes(t, line)) continue;
        times[length] = t;
        for (const [i, column] of taken.entries()) {
          const own = samples[i];
          if (own) own[length] = sampleOf(cells[column.index] ?? '', column, line);
        }
        length += 1;
      }
      if (length > 0) {
        yield { times: times.subarray(0, length), samples: samples.map((own) => own.subarray(0, length)) };
      }
    }
  }
  return {
    channels: taken.map(({ channel }) => channel),
    dated: !isRelative(table.timeFormat),
    blocks: blocks(),
    problems: { ...judge.problems, broken, unreadable },
  };
}
