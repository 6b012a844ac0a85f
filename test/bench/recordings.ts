import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure, Sample } from './figure.ts';

const rows = 10_000_000;
const child = fileURLToPath(new URL('recordings-child.ts', import.meta.url));
const run = promisify(execFile);

interface Reading {
  rows: number;
  seconds: number;
  resident: number;
}

/** Ten rows a second of a temperature that wanders: 11.6 days. */
async function writeRecording(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write('t (ms),t1 (degC)\n');
  for (let row = 0; row < rows; row += 10_000) {
    let text = '';
    for (let i = row; i < row + 10_000; i += 1) text += `${i * 100},${(20 + (i % 5000) / 1000).toFixed(3)}\n`;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

async function read(how: string, path: string): Promise<Reading> {
  const { stdout } = await run(process.execPath, [child, how, path]);
  const reading = JSON.parse(stdout) as Reading;
  if (reading.rows !== rows) throw new Error(`${how} read ${reading.rows} rows`);
  return reading;
}

/** Both readings of one file, taken once for both figures. */
let taken: Promise<{ ours: Reading; preview: Reading; beside: Reading }> | null = null;
async function readings() {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-'));
  try {
    const path = join(folder, 'recording.csv');
    await writeRecording(path);
    const ours = await read('ours', path);
    const preview = await read('preview', path);
    return { ours, preview, beside: await read('csv-parse', path) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const figure = (
  name: string,
  unit: Figure['unit'],
  of: (all: Awaited<ReturnType<typeof readings>>) => Sample,
): Figure => ({
  name,
  beside: 'csv-parse',
  unit,
  runs: 1,
  measure: async () => {
    taken ??= readings();
    return of(await taken);
  },
});

/** A recording of 10 M rows, row by row into the steps of its channel; beside it csv-parse cutting the same file. */
export const recordings: readonly Figure[] = [
  figure('import 10 M rows', 's', ({ ours, beside }) => ({ ours: ours.seconds, beside: beside.seconds })),
  figure('preview 10 M rows', 's', ({ preview, beside }) => ({
    ours: preview.seconds,
    beside: beside.seconds,
  })),
  figure('resident, import', 'B', ({ ours, beside }) => ({ ours: ours.resident, beside: beside.resident })),
  figure('resident, preview', 'B', ({ preview, beside }) => ({
    ours: preview.resident,
    beside: beside.resident,
  })),
];
