import { createHash } from 'node:crypto';
import { Failure } from '../../shared/contract/failure.ts';
import type { Recording } from '../../shared/rules/lab/lab.ts';
import type { RecordedChannel } from './columns.ts';
import { csvTitles } from './export.ts';
import type { RecordedBlock } from './import.ts';
import { lineBlocks } from './lines.ts';
import { weekOf } from './recorded-frames.ts';
import { absent, quantiser } from './values.ts';

/** A CSV that this app wrote, as the record knows it. */
export interface RecordingFile {
  path: string;
  sha256: string;
  rows: number;
  /** Channels of its columns, in their order. */
  ids: readonly string[];
  /** Its times are dates: schedules go by them. */
  dated: boolean;
}

/** A recording of this app, opened: its channels that the unit still has, in the order of `samples`. */
export interface OpenRecording {
  channels: RecordedChannel[];
  /** Fails with FILE_UNREADABLE, at its end, where the file is not what the record knows by its hash. */
  blocks: AsyncGenerator<RecordedBlock>;
}

/** Rows of a recording in the steps of the channels, memory for one piece of the file at a time. */
export function openRecording(
  file: RecordingFile,
  channels: readonly RecordedChannel[],
  signal?: AbortSignal,
): OpenRecording {
  const columns = file.ids.map((id, i) => columnOf(id, channels, i + 1));
  const taken = columns.filter((column) => column !== null).map(({ channel }) => channel);
  return { channels: taken, blocks: blocksOf(file, columns, signal) };
}

async function* blocksOf(
  file: RecordingFile,
  columns: readonly (Column | null)[],
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordedBlock> {
  const hash = createHash('sha256');
  let rows = -1;
  for await (const lines of lineBlocks(file.path, signal, (piece) => hash.update(piece))) {
    const filled = lines.filter((line) => line !== '').map((line) => line.split(','));
    if (rows === -1 && filled.length > 0) {
      demandTitles(file, filled.shift() ?? [], columns);
      rows = 0;
    }
    rows += filled.length;
    if (filled.length > 0) yield blockOf(filled, columns);
  }
  if (rows !== file.rows || hash.digest('hex') !== file.sha256)
    throw changed(file.path, 'it was changed after it was taken in');
}

/** A recording in memory. Fails with FILE_UNREADABLE where the file is gone, or was changed. */
export async function loadRecording(
  file: RecordingFile,
  channels: readonly RecordedChannel[],
  signal?: AbortSignal,
): Promise<Recording> {
  const opened = openRecording(file, channels, signal);
  const times = new Float64Array(file.rows);
  const samples = opened.channels.map(() => new Float64Array(file.rows));
  let row = 0;
  for await (const block of opened.blocks) {
    // More rows than the record knows: said at the end.
    if (row + block.times.length <= file.rows) {
      times.set(block.times, row);
      for (const [i, own] of block.samples.entries()) samples[i]?.set(own, row);
    }
    row += block.times.length;
  }
  const inputs = opened.channels.map(({ id }) => id);
  return { inputs, times, samples, ...(file.dated ? { week: weekAtStart(times) } : {}) };
}

const changed = (path: string, detail: string): Failure => new Failure('FILE_UNREADABLE', { path, detail });

interface Column {
  channel: RecordedChannel;
  read: ReturnType<typeof quantiser>;
  /** In a row. */
  place: number;
}

function columnOf(id: string, channels: readonly RecordedChannel[], place: number): Column | null {
  const channel = channels.find((each) => each.id === id);
  return channel ? { channel, read: quantiser(channel.quantum), place } : null;
}

/** The unit of a channel stands in its title: what was in degrees is not read as bar. */
function demandTitles(
  { path }: RecordingFile,
  cells: readonly string[],
  columns: readonly (Column | null)[],
): void {
  for (const [i, column] of columns.entries()) {
    if (column === null) continue;
    const [, wanted] = csvTitles([column.channel]);
    const found = cells[i + 1];
    if (found !== wanted) throw changed(path, `its column ${found ?? i + 2} is not the channel ${wanted}`);
  }
}

const blockOf = (rows: readonly string[][], columns: readonly (Column | null)[]): RecordedBlock => ({
  times: Float64Array.from(rows, (cells) => Number(cells[0])),
  samples: columns.flatMap((column) =>
    column ? [Float64Array.from(rows, (cells) => column.read(cells[column.place] ?? '') ?? Number.NaN)] : [],
  ),
});

/** The clock of schedules is set by the first row, and runs with the recording from there on. */
function weekAtStart(times: Float64Array): Float64Array {
  const week = new Float64Array(times.length).fill(absent);
  const [first] = times;
  if (first !== undefined) week[0] = weekOf(first);
  return week;
}
