import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AuthorRules } from '../../shared/contract/validate.ts';
import { type VerifiedPart, verifying } from '../../shared/dossier/dossier.ts';
import type { JobRecord } from '../../shared/report/record.ts';
import type { Host } from './host.ts';
import { acted, csvOf, fileOf, hostWithUnit, imported, textOf, unit } from './lab.fixture.ts';

let folder: string;
let jobPath: string;
let host: Host;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-dossier-recordings-'));
  jobPath = join(folder, 'job.plumb');
  host = await hostWithUnit(jobPath);
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

const rules = AuthorRules.parse([{ id: 'hot', when: { sensor: 't1', above: '70', deadband: '1' } }]);
const humps = csvOf([60, 60, 72, 72, 60, 60]);

async function partsOfDossier(): Promise<VerifiedPart[]> {
  const { sha256, size } = await host.call('dossier.build', {});
  const { base64 } = await host.call('dossier.read', { sha256, offset: 0 });
  const bytes = Buffer.from(base64, 'base64');
  expect(bytes).toHaveLength(size);
  const parts: VerifiedPart[] = [];
  const steps = verifying(bytes);
  let step = steps.next();
  for (; !step.done; step = steps.next()) parts.push(step.value);
  expect(step.value).toMatchObject({ ok: true });
  return parts;
}

it('a dossier has the recordings that evidence or a test rests on, and no others', async () => {
  const counted = await imported(host, humps, { name: 'counted' });
  const tested = await imported(host, csvOf([60, 75, 60]), { name: 'tested' });
  await imported(host, csvOf([60, 61, 62]), { name: 'idle' });
  const { id } = await host.call('wizard.open', { kind: 'validate', unit });
  await acted(host, id, { type: 'rules', rules });
  const data = { faults: [], seed: 1 };
  await acted(host, id, { type: 'count', data: { recording: counted.id, ...data }, normal: false });
  await acted(host, id, { type: 'keepTest', name: 'again', data: { recording: tested.id, ...data } });
  const parts = await partsOfDossier();
  const recordings = parts.filter(({ path }) => path.startsWith('recordings/'));
  expect(recordings.map(({ path, sha256, type }) => ({ path, sha256, type }))).toEqual([
    { path: 'recordings/r1.csv', sha256: counted.sha256, type: 'text/csv' },
    { path: 'recordings/r2.csv', sha256: tested.sha256, type: 'text/csv' },
  ]);
  expect(Buffer.from(recordings[0]?.bytes ?? []).toString()).toBe(textOf(fileOf(jobPath, counted)));
  const json = parts.find(({ path }) => path === `record/${unit}.json`)?.bytes ?? new Uint8Array();
  const { validation } = JSON.parse(Buffer.from(json).toString()) as JobRecord;
  expect(validation?.runs).toMatchObject([{ origin: 'recording', name: 'counted', madeUp: false }]);
  expect(validation?.tests).toMatchObject([{ name: 'again', expected: 2, outcome: { passed: true } }]);
});

it('a recording that was changed since is named, and no dossier is made', async () => {
  const counted = await imported(host, humps);
  const { id } = await host.call('wizard.open', { kind: 'validate', unit });
  await acted(host, id, { type: 'rules', rules });
  const data = { recording: counted.id, faults: [], seed: 1 };
  await acted(host, id, { type: 'count', data, normal: false });
  writeFileSync(fileOf(jobPath, counted), humps.replace('72', '73'));
  await expect(host.call('dossier.build', {})).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    params: { path: fileOf(jobPath, counted) },
  });
  expect(await host.call('dossier.list', {})).toEqual([]);
});
