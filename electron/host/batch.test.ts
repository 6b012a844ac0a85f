import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BatchState } from '../../shared/contract/calibration-methods.ts';
import type { Params } from '../../shared/contract/contract.ts';
import type { QueueState } from '../../shared/contract/queue.ts';
import { createHost, type Host } from './host.ts';
import { plan, resources } from './workplace.fixture.ts';

let folder: string;
let host: Host;
let units: string[];

/** Three boards in one bath, provisioned. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-batch-'));
  host = await createHost({
    bench: true,
    benchBoards: 3,
    benchTimeFactor: 20_000,
    unitReturnMs: 500,
    jobPath: join(folder, 'job.plumb'),
    resources,
    door: 'terminal',
    version: '0',
    log: pino({ level: 'silent' }),
  });
  const ended = new Promise<QueueState>((resolve) => {
    host.on('queue.changed', (state) => !state.running && resolve(state));
  });
  const provision = {
    tag: 'TT-{n}',
    asset: '',
    location: 'Bath',
    profile: 'bench-thermometer',
    periodMs: 50,
  };
  const recipe = { recipe: 1, title: 'All', provision, report: { engineer: 'E' } } as const;
  const ports = ['bench:1', 'bench:2', 'bench:3'];
  await host.call('queue.start', { recipe, ports, reference: null, names: [] });
  const { entries } = await ended;
  units = entries.map(({ unit }) => unit ?? '');
  expect(entries.map(({ stage }) => stage)).toEqual(['done', 'done', 'done']);
}, 120_000);
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

const asked = (more: Partial<Params<'batch.start'>> = {}): Params<'batch.start'> => ({
  units,
  plan: { ...plan, points: [...plan.points] },
  port: 'bench:reference',
  ...more,
});

/** Starts, and resolves with every state that was told, the last one included. */
async function run(params: Params<'batch.start'>, heard?: (state: BatchState) => void) {
  const told: NonNullable<BatchState>[] = [];
  const ended = Promise.withResolvers<void>();
  const off = host.on('batch.changed', (state) => {
    if (!state) return;
    told.push(state);
    heard?.(state);
    if (!state.running) ended.resolve();
  });
  try {
    await host.call('batch.start', params);
    await ended.promise;
  } finally {
    off();
  }
  const last = told.at(-1);
  expect(await host.call('batch.get', {})).toEqual(last);
  return { told, entries: last?.entries ?? [] };
}

it('several units are calibrated at the same points, each in a calibration of its own', async () => {
  const { told, entries } = await run(asked());
  expect(
    entries.map(({ stage, verdict, done, of, failure }) => ({ stage, verdict, done, of, failure })),
  ).toEqual(units.map(() => ({ stage: 'done', verdict: 'pass', done: 2, of: 2, failure: null })));
  expect(told[0]?.entries.map(({ stage }) => stage)).toEqual(['waiting', 'waiting', 'waiting']);
  for (const [index, unit] of units.entries()) {
    const stages = told.map(({ entries: all }) => all[index]?.stage);
    expect([...new Set(stages)]).toEqual(['waiting', 'as-found', 'adjust', 'as-left', 'done']);
    const wizard = await host.call('wizard.get', { id: entries[index]?.wizard ?? '' });
    expect(wizard).toMatchObject({
      kind: 'calibrate',
      unit,
      done: true,
      verdict: 'pass',
      standard: { id: 's0' },
    });
    expect(await host.call('calibration.history', { unit })).toMatchObject([
      { adjusted: true, verdict: 'pass' },
    ]);
  }
  expect(new Set(entries.map(({ wizard }) => wizard)).size).toBe(3);
}, 60_000);

it('one that fails stops only itself', async () => {
  await host.call('bench.fault', { board: 2, fault: { kind: 'pullCable' } });
  const { entries } = await run(asked());
  expect(entries.map(({ stage }) => stage)).toEqual(['done', 'failed', 'done']);
  expect(entries[1]?.failure).toContain('bench:2');
  await host.call('bench.fault', { board: 2, fault: { kind: 'plugIn' } });
}, 60_000);

it('a standard that may not be used stops all of them before anything is measured', async () => {
  const tight = { ...asked().plan, tolerance: '0.01' };
  const { entries } = await run(asked({ plan: tight }));
  for (const entry of entries) {
    expect(entry).toMatchObject({ stage: 'failed', done: 0, failure: expect.stringContaining('TUR') });
  }
}, 60_000);

it('is stopped as a whole, and nothing else with several units is begun meanwhile', async () => {
  const far = { ...asked().plan, points: ['20', '60', '20.5', '60.5'] };
  const refused: Promise<unknown>[] = [];
  const { entries } = await run(asked({ plan: far }), (state) => {
    if (refused.length > 0 || !state?.entries.some(({ stage }) => stage === 'as-found')) return;
    refused.push(host.call('batch.start', asked()).catch((thrown: unknown) => thrown));
    void host.call('batch.stop', {});
  });
  expect(await Promise.all(refused)).toMatchObject([{ code: 'STEP_BLOCKED' }]);
  expect(entries.some(({ stage }) => stage === 'failed')).toBe(true);
  const wizards = await host.call('wizard.list', {});
  expect(wizards.filter(({ task }) => task !== null)).toEqual([]);
}, 60_000);

it.each<[string, () => Partial<Params<'batch.start'>>, string]>([
  ['a unit that is none', () => ({ units: ['abcdef'] }), 'NOT_FOUND'],
  ['a channel that is none', () => ({ plan: { ...asked().plan, channel: 't9' } }), 'NOT_FOUND'],
  ['a unit named twice', () => ({ units: [units[0] ?? '', units[0] ?? ''] }), 'STEP_BLOCKED'],
  ['a reference without a port', () => ({ port: '' }), 'STEP_BLOCKED'],
  ['a reference where a unit is', () => ({ port: 'bench:1' }), 'STEP_BLOCKED'],
  ['a reference that a person reads', () => ({ source: { kind: 'typed', unit: 'degC' } }), 'STEP_BLOCKED'],
])('%s is refused, and nothing is begun', async (_, more, code) => {
  const before = (await host.call('wizard.list', {})).length;
  await expect(host.call('batch.start', asked(more()))).rejects.toMatchObject({ code });
  expect(await host.call('wizard.list', {})).toHaveLength(before);
});
