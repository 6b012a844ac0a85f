import { open, rename, rm } from 'node:fs/promises';
import { fromQuanta, unitSymbol } from '../../shared/units/units.ts';
import type { RecordedChannel } from './columns.ts';
import type { RecordedBlock } from './import.ts';
import { absent } from './values.ts';

const csvCell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

type Writer = { head: string; row: (t: number, samples: readonly number[]) => string };

/** The titles of a CSV that this app writes: the time, and each channel with its unit. */
export const csvTitles = (channels: readonly RecordedChannel[]): string[] => [
  't (ms)',
  ...channels.map(({ id, unit }) => csvCell(`${id} (${unitSymbol(unit)})`.replace(' ()', ''))),
];

/** Bad is `NaN`, no sample is nothing; values in the unit of the channel, every digit of its step. */
function csvWriter(channels: readonly RecordedChannel[]): Writer {
  return {
    head: `${csvTitles(channels).join(',')}\n`,
    row: (t, samples) => {
      const cells = channels.map(({ quantum }, i) => {
        const count = samples[i] ?? absent;
        if (count === absent) return '';
        return Number.isNaN(count) ? 'NaN' : fromQuanta(count, quantum);
      });
      return `${[t, ...cells].join(',')}\n`;
    },
  };
}

/** Frames in the unit's own numbers, as `plumb rules replay` takes them. */
function frameWriter(channels: readonly RecordedChannel[]): Writer {
  return {
    head: '',
    row: (t, samples) => {
      const inputs = channels.flatMap(({ id }, i): [string, number | null][] => {
        const count = samples[i] ?? absent;
        return count === absent ? [] : [[id, Number.isNaN(count) ? null : count]];
      });
      return `${JSON.stringify([t, Object.fromEntries(inputs)])}\n`;
    },
  };
}

/** Writes a recording beside `path` and puts it in its place when it is whole. Rows written. */
export async function exportRecording(
  path: string,
  format: 'csv' | 'frames',
  channels: readonly RecordedChannel[],
  blocks: AsyncIterable<RecordedBlock> | Iterable<RecordedBlock>,
): Promise<number> {
  const { head, row } = format === 'csv' ? csvWriter(channels) : frameWriter(channels);
  const part = `${path}.part`;
  // Each piece is waited for: a disk that is full while no row comes says so with the next one.
  const file = await open(part, 'w');
  let rows = 0;
  try {
    await file.writeFile(head);
    for await (const { times, samples } of blocks) {
      let text = '';
      for (const [i, t] of times.entries())
        text += row(
          t,
          samples.map((own) => own[i] ?? absent),
        );
      rows += times.length;
      await file.writeFile(text);
    }
    // The record will hold its hash: what a power cut leaves must be these bytes.
    await file.sync();
    await file.close();
    await rename(part, path);
    return rows;
  } catch (thrown) {
    await file.close();
    await rm(part, { force: true });
    throw thrown;
  }
}
