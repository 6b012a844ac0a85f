import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabSource } from '../../electron/lab/lab-messages.ts';
import { LabThread } from '../../electron/lab/lab-thread.ts';
import { Shelf } from '../../electron/lab/shelf.ts';
import { loadRecording } from '../../electron/recordings/recordings.ts';
import { openOrCreateJob } from '../../electron/store/job-store.ts';
import { type Recording, replayRecording } from '../../shared/rules/lab/lab.ts';
import type { Figure, Sample } from './figure.ts';

const rows = 604_800;
const step = 1000;
const each = <T>(count: number, one: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => one(i));
const channels = each(10, (i) => ({
  id: `t${i}`,
  title: `Channel ${i}`,
  unit: 'degC',
  quantum: '0.001',
  staleMs: 5000,
}));

/** 20 rules with delays over ten channels and their means. */
const text = JSON.stringify({
  v: 1,
  in: channels.map(({ id, staleMs }) => [id, staleMs]),
  sig: [...each(10, (i) => ['in', i]), ...each(10, (i) => ['ewma', i, 4])],
  cond: [...each(10, (i) => ['hi', 10 + i, 44_000, 500]), ...each(10, (i) => ['lo', i, 16_000, 500])],
  rule: each(20, (i) => ({ id: `r${i}`, c: i, on: 3000, off: 5000 })),
});

/** A week of ten channels once a second, that swing and tremble. */
async function* week() {
  for (let start = 0; start < rows; start += 10_000) {
    const length = Math.min(10_000, rows - start);
    const times = Float64Array.from({ length }, (_, i) => (start + i) * step);
    const swing = (row: number, channel: number): number =>
      Math.round(30_000 + 15_000 * Math.sin(row / (3000 + 500 * channel)) + ((row * 7919) % 101) - 50);
    yield { times, samples: each(10, (c) => Float64Array.from(times, (_, i) => swing(start + i, c))) };
  }
}

interface Measured {
  load: Sample;
  replay: Sample;
  plot: Sample;
  pause: Sample;
}

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** The longest time for which nothing else ran in this thread meanwhile, ms: what a line to a unit would wait. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  longest = 0;
  await work();
  await new Promise((resolve) => setTimeout(resolve, 5));
  clearInterval(timer);
  return longest;
}

async function measured(folder: string): Promise<Measured> {
  const store = openOrCreateJob(join(folder, 'job.plumb'), { name: 'Bench' });
  const thread = new LabThread();
  try {
    const shelf = new Shelf(store);
    const given = { unit: 'abcd', name: 'week', origin: 'file', dated: false } as const;
    const facts = await shelf.add(given, channels, week());
    const file = shelf.fileOf(facts);
    const source: LabSource = { file, channels, options: {}, faults: [], seed: 1 };
    const view = { from: null, to: null, points: 1000 };
    const replay = (): Promise<unknown> => thread.ask(source, 'replay', { text });
    const plot = (): Promise<unknown> => thread.ask(source, 'plot', view);
    // The first question starts the thread and loads the file; the same file in this thread stands beside it.
    const load = await seconds(plot);
    const held: { recording: Recording | null } = { recording: null };
    const beside = await seconds(async () => {
      held.recording = await loadRecording(file, channels);
    });
    const { recording } = held;
    if (!recording) throw new Error('nothing was loaded');
    const here = (): unknown => replayRecording(JSON.parse(text), recording);
    const once = (): number =>
      recording.samples.reduce((sum, own) => sum + own.reduce((a, b) => a + b, 0), 0);
    return {
      load: { ours: load, beside },
      replay: { ours: await seconds(replay), beside: await seconds(here) },
      plot: { ours: await seconds(plot), beside: await seconds(once) },
      pause: {
        ours: await longestPause(replay),
        beside: await longestPause(async () => here()),
      },
    };
  } finally {
    await thread.close();
    store.close();
  }
}

/** All figures of one recording, taken once. */
let taken: Promise<Measured> | null = null;
async function all(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-'));
  try {
    return await measured(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const figure = (name: string, beside: string, unit: Figure['unit'], of: keyof Measured): Figure => ({
  name,
  beside,
  unit,
  runs: 1,
  measure: async () => {
    taken ??= all();
    return (await taken)[of];
  },
});

/** The rule lab on a week of ten channels at 1 Hz, 20 rules: in its thread, beside the same work in this one. */
export const labFigures: readonly Figure[] = [
  figure('lab, a week: first plot', 'load in this thread', 's', 'load'),
  figure('lab, a week: replay', 'in this thread', 's', 'replay'),
  figure('lab, a week: plot of 1000 columns', 'summing the samples', 's', 'plot'),
  figure('lab, a week: longest pause of the host in a replay', 'in this thread', 'ms', 'pause'),
];
