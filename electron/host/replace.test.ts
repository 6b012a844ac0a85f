import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WizardIntent, WizardState } from '../../shared/contract/job.ts';
import { JobRecord } from '../../shared/report/record.ts';
import { createHost, type Host } from './host.ts';
import { connectIntent, demand, describeIntent, resources } from './workplace.fixture.ts';

let folder: string;
let host: Host;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-replace-'));
  host = await createHost({
    bench: true,
    benchFiles: join(folder, 'boards'),
    benchTimeFactor: 20_000,
    jobPath: join(folder, 'job.plumb'),
    resources,
    door: 'terminal',
    version: '0.1.0',
    log: pino({ level: 'silent' }),
  });
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The state when what the wizard does has ended, and has not failed. */
async function settled(id: string): Promise<WizardState> {
  for (;;) {
    const changed = Promise.withResolvers<void>();
    const off = host.on('wizard.changed', () => changed.resolve());
    const state = await host.call('wizard.get', { id });
    if (state.task !== null) await changed.promise;
    off();
    if (state.task === null) return demand(state);
  }
}
async function act(id: string, action: WizardIntent): Promise<WizardState> {
  await host.call('wizard.act', { id, action });
  return settled(id);
}

async function provision(board: number, id?: string): Promise<string> {
  const wizard = id ?? (await host.call('wizard.open', { kind: 'provision', fresh: true })).id;
  const port = { port: `bench:${board}`, kind: 'simulated', looksLike: 'unit' } as const;
  if (id === undefined) await act(wizard, { kind: 'provision', intent: { type: 'identify', port } });
  await act(wizard, { kind: 'provision', intent: describeIntent });
  await act(wizard, { kind: 'provision', intent: connectIntent });
  await act(wizard, { kind: 'provision', intent: { type: 'push' } });
  const done = await act(wizard, { kind: 'provision', intent: { type: 'finish' } });
  return (done.kind === 'provision' && done.unit?.hardwareId) || '';
}

async function writeRules(unit: string): Promise<void> {
  const { id } = await host.call('wizard.open', { kind: 'validate', unit, fresh: true });
  const when = { sensor: 't1', above: '60', deadband: '1', not: false };
  const rule = { id: 'hot', when, for: '0s', clearAfter: '0s', ifNoData: 'keep', severity: 'low' } as const;
  await act(id, { kind: 'validate', intent: { type: 'rules', rules: [rule] } });
  await act(id, { kind: 'validate', intent: { type: 'push' } });
}

const held = (board: number, name: string): string =>
  readFileSync(join(folder, 'boards', `board${board}`, 'plumbline', name), 'utf8');

it('puts a new unit in the place of a dead one: plate and rules, not the calibration', async () => {
  const old = await provision(1);
  await writeRules(old);
  const opened = await host.call('unit.replace', { old, port: 'bench:2' });
  const identified = await settled(opened.id);
  expect(identified).toMatchObject({ replaces: old, settings: describeIntent.settings });
  const unit = await provision(2, opened.id);
  expect(unit).not.toBe(old);
  expect(held(2, 'rules.json')).toBe(held(1, 'rules.json'));

  const { units } = await host.call('job.get', {});
  const [dead, successor] = [old, unit].map((id) => units.find(({ hardwareId }) => hardwareId === id));
  expect(dead).toMatchObject({ replacedBy: unit, next: 'none' });
  expect(successor).toMatchObject({ replaces: old, calibrated: 'none', next: 'calibrate' });

  const report = await host.call('report.build', { unit });
  const { base64 } = await host.call('report.read', { id: report.id, format: 'json' });
  const record = JobRecord.parse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  expect(record.unit.replaces).toBe(old);
  expect(record.calibration).toBeNull();
  expect(record.verdict).toBe('incomplete');
}, 60_000);

it('is not for a unit that the job does not know, nor for the dead unit itself', async () => {
  await expect(host.call('unit.replace', { old: 'aabbccdd', port: null })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const old = await provision(1);
  const { id } = await host.call('unit.replace', { old, port: 'bench:1' });
  await settled(id);
  await act(id, { kind: 'provision', intent: describeIntent });
  await expect(act(id, { kind: 'provision', intent: connectIntent })).rejects.toThrow(/very unit/);
}, 60_000);

it('a recipe that only provisions says so in its report', async () => {
  const ended = Promise.withResolvers<void>();
  host.on('run.changed', (state) => {
    if (state?.stage === 'done' || state?.stage === 'failed') ended.resolve();
  });
  const recipe = {
    recipe: 1,
    title: 'Provision only',
    provision: describeIntent.settings,
    report: { engineer: 'E' },
  } as const;
  await host.call('run.start', { recipe, port: 'bench:1', reference: null });
  await ended.promise;
  const run = await host.call('run.get', {});
  expect(run).toMatchObject({ stage: 'done', verdict: 'pass', failure: null });
  const { base64 } = await host.call('report.read', { id: run?.report?.id ?? '', format: 'json' });
  const record = JobRecord.parse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  expect(record).toMatchObject({
    verdict: 'pass',
    scope: { calibration: false, validation: false },
    calibration: null,
    validation: null,
  });
}, 60_000);
