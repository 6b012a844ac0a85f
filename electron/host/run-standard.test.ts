import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunState } from '../../shared/contract/job.ts';
import { Recipe } from '../../shared/contract/recipe.ts';
import { exampleLaboratory } from '../../shared/report/certificate/certificate.fixture.ts';
import { createHost, type Host } from './host.ts';
import { plan, resources } from './workplace.fixture.ts';

let folder: string;
let host: Host;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-run-standard-'));
  host = await createHost({
    bench: true,
    benchBoards: 1,
    benchTimeFactor: 20_000,
    jobPath: join(folder, 'job.plumb'),
    resources,
    door: 'terminal',
    version: '0',
    log: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

const recipe = (more: object = {}) =>
  Recipe.parse({
    recipe: 1,
    title: 'One',
    provision: { tag: 'TT-1', asset: '', location: 'Bath', profile: 'bench-thermometer', periodMs: 50 },
    calibrate: plan,
    report: { engineer: 'E' },
    ...more,
  });

it('a certificate of a laboratory that nobody described is refused before anything begins', async () => {
  const given = { recipe: recipe({ certificate: {} }), reference: 'bench:reference' };
  const refused = { code: 'CERTIFICATE_NOT_ISSUED', deviceState: 'unchanged' };
  await expect(host.call('run.start', { ...given, port: 'bench:1' })).rejects.toMatchObject(refused);
  await expect(host.call('queue.start', { ...given, ports: ['bench:1'], names: [] })).rejects.toMatchObject(
    refused,
  );
  expect(await host.call('wizard.list', {})).toEqual([]);
  expect(await host.call('run.get', {})).toBeNull();
});

/** Resolves with how it ended, or with how it stands when it has begun to write to the unit. */
async function run(given: Recipe): Promise<RunState & { hasWritten: boolean }> {
  const ended = Promise.withResolvers<RunState>();
  let hasWritten = false;
  const stops = [
    host.on('run.changed', (state) => {
      if (state && (state.stage === 'failed' || state.stage === 'done')) ended.resolve(state);
    }),
    host.on('wizard.changed', (state) => {
      if (state.kind !== 'provision' || state.task?.kind !== 'push' || hasWritten) return;
      hasWritten = true;
      void host.call('run.stop', {});
    }),
  ];
  try {
    await host.call('run.start', { recipe: given, port: 'bench:1', reference: 'bench:reference' });
    return { ...(await ended.promise), hasWritten };
  } finally {
    for (const stop of stops) stop();
  }
}

it('a standard that may not be used is told before anything is written to the unit', async () => {
  const { id, bench: _, retired: __, ...standard } = (await host.call('standards.list', {}))[0] ?? { id: '' };
  expect(id).toBe('s0');
  const [certificate] = 'certificates' in standard ? standard.certificates : [];
  const overdue = { ...standard, certificates: [{ ...certificate, due: '2020-06-01' }] };
  await host.call('standards.change', { id, standard: overdue as never });
  const refused = await run(recipe());
  expect(refused.failure).toMatchObject({ code: 'STANDARD_UNSUITABLE', deviceState: 'unchanged' });
  expect(refused.hasWritten).toBe(false);
  const reason = { laboratory: exampleLaboratory, standardOverride: 'the new one comes tomorrow' };
  const reasoned = await run(recipe({ certificate: reason }));
  expect(reasoned.hasWritten).toBe(true);
});

it('a standard that the recipe names must be in the register', async () => {
  const { failure, hasWritten } = await run(
    recipe({ standard: { maker: 'Fluke', model: '1524', serial: '9' } }),
  );
  expect(failure).toMatchObject({ code: 'NOT_FOUND', what: expect.stringContaining('Fluke 1524 9') });
  expect(hasWritten).toBe(false);
});
