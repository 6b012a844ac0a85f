import type { RecordedFrame } from '../../shared/rules/rules.ts';
import type { RecordedChannel } from './columns.ts';
import { frameLines } from './frame-lines.ts';
import { type Import, importRecording, type RecordedBlock } from './import.ts';
import { lineBlocks } from './lines.ts';
import { absent } from './values.ts';

/** Frames block by block, and what is to be said of them once they are read. */
export interface RecordedFrames {
  blocks: AsyncIterable<RecordedFrame[]>;
  notes: () => string[];
}

/** The frames of a file: JSON lines in the unit's numbers, or a CSV or JSONL recording. Fails with FILE_UNREADABLE. */
export async function recordedFrames(
  path: string,
  channels: readonly RecordedChannel[],
  signal?: AbortSignal,
): Promise<RecordedFrames> {
  const first = await firstLine(path);
  if (first === '' || first.startsWith('[')) return { blocks: frameLines(path, signal), notes: () => [] };
  const imported = await importRecording(path, channels, signal ? { signal } : {});
  return { blocks: framesOf(imported), notes: () => notesOf(imported) };
}

async function firstLine(path: string): Promise<string> {
  for await (const lines of lineBlocks(path)) {
    const filled = lines.find((line) => line.trim() !== '');
    if (filled !== undefined) return filled.replace(/^\uFEFF/, '').trim();
  }
  return '';
}

async function* framesOf({ channels, blocks, dated }: Import): AsyncGenerator<RecordedFrame[]> {
  let set = !dated;
  for await (const block of blocks) {
    const many = frames(block, channels);
    const [first] = many;
    // Schedules go by the dates of the recording, as they are written; from then on by engine time.
    if (first && !set) many[0] = { ...first, inputs: { ...first.inputs, $week: weekOf(first.t) } };
    set ||= first !== undefined;
    yield many;
  }
}

/** ms since Monday 00:00; 5 January 1970 was a Monday. */
export const weekOf = (t: number): number => {
  const sinceMonday = t - 4 * 86_400_000;
  return sinceMonday - Math.floor(sinceMonday / 604_800_000) * 604_800_000;
};

const frames = ({ times, samples }: RecordedBlock, channels: readonly RecordedChannel[]): RecordedFrame[] =>
  Array.from(times, (t, row) => {
    const inputs: Record<string, number | null> = {};
    for (const [i, { id }] of channels.entries()) {
      const count = samples[i]?.[row] ?? absent;
      if (count !== absent) inputs[id] = Number.isNaN(count) ? null : count;
    }
    return { t, inputs, acknowledged: [], shelves: [] };
  });

const words = {
  repeated: 'rows with the time of the row before',
  decreasing: 'rows whose time goes back',
  missing: 'rows without a time that can be read',
  absurd: 'rows with an absurd time',
  broken: 'lines that are no row',
  unreadable: 'cells that are no value (taken as bad)',
} as const;

const notesOf = ({ problems }: Import): string[] =>
  (Object.keys(words) as (keyof typeof words)[]).flatMap((kind) => {
    const { count, lines } = problems[kind];
    const more = count > lines.length ? ', …' : '';
    return count === 0 ? [] : [`${count} ${words[kind]}: line ${lines.join(', ')}${more}`];
  });
