import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { importRecording, previewRecording } from '../../electron/recordings/recordings.ts';

// `node recordings-child.ts ours|preview|csv-parse FILE`: reads a recording in a process of its own and prints rows,
// seconds and the greatest resident memory in bytes.

const [, , how = 'ours', path = ''] = process.argv;
const channels = [{ id: 't1', unit: 'degC', quantum: '0.001' }];

const ways: Readonly<Record<string, () => Promise<number>>> = {
  ours: async () => {
    let rows = 0;
    for await (const { times } of (await importRecording(path, channels)).blocks) rows += times.length;
    return rows;
  },
  preview: async () => (await previewRecording(path, channels)).taken,
  'csv-parse': async () => {
    let rows = 0;
    for await (const _ of createReadStream(path).pipe(parse())) rows += 1;
    return rows - 1;
  },
};

const started = performance.now();
const rows = (await ways[how]?.()) ?? 0;
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ rows, seconds, resident: process.resourceUsage().maxRSS * 1024 }));
