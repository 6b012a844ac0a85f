import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import type { CertificateFacts } from '../../shared/contract/certificate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { exampleChannel, exampleProfile } from '../../shared/contract/profile.fixture.ts';
import { certificateInput, exampleLaboratory } from '../../shared/report/certificate/certificate.fixture.ts';
import { CertificateRecord } from '../../shared/report/certificate/certificate.ts';
import { exampleInput } from '../../shared/report/example.fixture.ts';
import { keyFile } from '../report/signature/key.fixture.ts';
import { Vault } from '../secrets/secrets.ts';
import { createJob, type JobStore } from '../store/job-store.ts';
import { certificateHandlers } from './certificates.ts';
import { certify } from './certify.ts';
import { describeLaboratory, laboratoryHandlers, noLaboratory } from './laboratory.ts';
import type { Client } from './server.ts';
import type { Services } from './services.ts';

const client: Client = { post: () => undefined, backlog: 0, onClose: () => undefined };
const order = { wizard: 'w2', amends: null, signature: null };

let folder: string;
let store: JobStore;
let calibrate: CalibrateState;
const emit = vi.fn();

/** A job with one unit that was provisioned and calibrated, as the desk has it. */
function services(): Services {
  const { provision } = exampleInput({ points: 5 });
  const wizards = [provision, calibrate];
  return {
    store,
    options: {
      bench: true,
      jobPath: store.path,
      resources: fileURLToPath(new URL('../../resources', import.meta.url)),
      door: 'terminal',
      version: '0.1.0',
      log: pino({ level: 'silent' }),
    },
    desk: { list: () => wizards, get: (id: string) => wizards.find((wizard) => wizard?.id === id) },
    profiles: new Map([
      ['bench-thermometer', { ...exampleProfile, channels: [{ ...exampleChannel, id: 't1', unit: 'degC' }] }],
    ]),
    ports: () => [],
    vault: new Vault(),
    emit,
  } as unknown as Services;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-certificates-'));
  store = createJob(join(folder, 'job.plumb'), { name: 'Pump house' });
  store.append({
    kind: 'job.described',
    subject: 'job',
    body: { name: 'Pump house', engineer: 'J. Müller', customer: 'Acme' },
  });
  calibrate = structuredClone(certificateInput({ points: 5 }).calibrate);
  emit.mockReset();
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const issue = (change: object = {}): Promise<CertificateFacts> =>
  certificateHandlers(services())['certificates.issue'](
    { ...order, ...change },
    client,
  ) as Promise<CertificateFacts>;
const list = (): CertificateFacts[] =>
  certificateHandlers(services())['certificates.list']({}, client) as CertificateFacts[];
const folderOf = (number: string): string => join(`${store.path}.certificates`, number);

it('issues the three files, enters their hashes in the record, and gives them back', async () => {
  describeLaboratory(store, exampleLaboratory);
  const facts = await issue();
  expect(facts).toMatchObject({ wizard: 'w2', channel: 't1', verdict: 'pass', signed: false });
  expect(facts.number).toMatch(/^KWM-835a8f4a-\d+-[0-9a-f]{8}$/);
  expect(readdirSync(folderOf(facts.number)).sort()).toEqual([
    'certificate.json',
    'certificate.pdf',
    'dcc.xml',
  ]);
  expect(readdirSync(`${store.path}.certificates`)).toEqual([facts.number]);
  const { 'certificates.read': read } = certificateHandlers(services());
  for (const format of ['pdf', 'dcc', 'json'] as const) {
    const { base64, name } = await read({ number: facts.number, format }, client);
    const bytes = Buffer.from(base64, 'base64');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(facts.files[format].sha256);
    expect(bytes).toHaveLength(facts.files[format].size);
    expect(name).toContain(facts.number);
  }
  const record = CertificateRecord.parse(
    JSON.parse(readFileSync(join(folderOf(facts.number), 'certificate.json'), 'utf8')),
  );
  expect(record).toMatchObject({ number: facts.number, laboratory: exampleLaboratory });
  expect(list()).toEqual([facts]);
  expect(emit.mock.calls.map(([event]) => event as string)).toContain('certificates.changed');
});

it('takes an amendment in the place of a certificate, which stays as it was', async () => {
  describeLaboratory(store, exampleLaboratory);
  const first = await issue();
  const before = readFileSync(join(folderOf(first.number), 'certificate.pdf'));
  await expect(issue()).rejects.toMatchObject({ code: 'CERTIFICATE_NOT_ISSUED' });
  calibrate.circumstances = { ...calibrate.circumstances, placeName: 'Pump house 4' };
  const amends = { number: first.number, reason: 'Wrong place named' };
  const second = await issue({ amends });
  expect(second.number).not.toBe(first.number);
  expect(list()).toEqual([{ ...first, amendedBy: second.number }, second]);
  expect(readFileSync(join(folderOf(first.number), 'certificate.pdf')).equals(before)).toBe(true);
  const record = JSON.parse(readFileSync(join(folderOf(second.number), 'certificate.json'), 'utf8'));
  expect(record).toMatchObject({ amends, place: { name: 'Pump house 4' } });
  await expect(issue({ amends })).rejects.toThrow(second.number);
  await expect(issue({ amends: { ...amends, number: 'X-1' } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('issues one certificate where it is asked for two at the same time', async () => {
  describeLaboratory(store, exampleLaboratory);
  const outcomes = await Promise.allSettled([issue(), issue()]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(list()).toHaveLength(1);
});

it('gives nothing out that was changed after it was issued', async () => {
  describeLaboratory(store, exampleLaboratory);
  const { number } = await issue();
  const path = join(folderOf(number), 'dcc.xml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('0.014', '0.013'));
  const { 'certificates.read': read } = certificateHandlers(services());
  await expect(read({ number, format: 'dcc' }, client)).rejects.toThrow('was changed');
  rmSync(path);
  await expect(read({ number, format: 'dcc' }, client)).rejects.toThrow('not there');
  await expect(read({ number: 'X-1', format: 'dcc' }, client)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('issues nothing for an unfinished calibration or without a laboratory, and leaves nothing behind', async () => {
  await expect(issue()).rejects.toThrow('laboratory');
  describeLaboratory(store, exampleLaboratory);
  calibrate = { ...calibrate, verdict: null };
  await expect(issue()).rejects.toThrow('no as-left run has verified');
  await expect(issue({ wizard: 'w1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(list()).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.includes('certificates'))).toEqual([]);
});

it('leaves no files of a certificate that the record did not take', async () => {
  describeLaboratory(store, exampleLaboratory);
  const full = vi.spyOn(store, 'append').mockImplementation(() => {
    throw new Failure('FILE_UNWRITABLE', { path: store.path, detail: 'no space left' });
  });
  await expect(issue()).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  expect(readdirSync(`${store.path}.certificates`)).toEqual([]);
  full.mockRestore();
  const { number } = await issue();
  expect(readdirSync(`${store.path}.certificates`)).toEqual([number]);
});

it('what a power cut left under the number was never issued, and makes way', async () => {
  describeLaboratory(store, exampleLaboratory);
  const { seq, hash } = store.head();
  const half = folderOf(`KWM-835a8f4a-${seq}-${hash.slice(0, 8)}`);
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, 'half.pdf'), '');
  const { number } = await issue();
  expect(folderOf(number)).toBe(half);
  expect(readdirSync(half).sort()).toEqual(['certificate.json', 'certificate.pdf', 'dcc.xml']);
});

it('signs with the key file of the engineer, and keeps nothing of its passphrase', async () => {
  describeLaboratory(store, exampleLaboratory);
  const passphrase = 'a phrase nobody knows';
  const valid = { notBefore: new Date(0), notAfter: new Date(Date.UTC(2100, 0, 1)) };
  const p12 = Buffer.from(keyFile({ passphrase, ...valid })).toString('base64');
  await expect(issue({ signature: { p12, passphrase: 'another' } })).rejects.toMatchObject({
    code: 'KEY_INVALID',
  });
  expect(list()).toEqual([]);
  const facts = await issue({ signature: { p12, passphrase } });
  expect(facts.signed).toBe(true);
  const pdf = readFileSync(join(folderOf(facts.number), 'certificate.pdf'), 'latin1');
  expect(pdf).toContain('/SubFilter /adbe.pkcs7.detached');
  const kept = JSON.stringify([...store.events()]) + pdf;
  expect(kept).not.toContain(passphrase);
  expect(kept).not.toContain(p12.slice(0, 40));
});

it('a recipe names its laboratory; none, and the job must have one', async () => {
  await expect(certify(services(), 'w2', null)).rejects.toMatchObject({ code: 'CERTIFICATE_NOT_ISSUED' });
  await certify(services(), 'w2', { ...exampleLaboratory, prefix: 'R' });
  expect(list()[0]?.number).toMatch(/^R-/);
});

it('keeps the laboratory, once for each change, and refuses a logo that is no picture', () => {
  const { 'laboratory.get': get, 'laboratory.describe': enter } = laboratoryHandlers({ store });
  expect(get({}, client)).toEqual(noLaboratory);
  void enter({ laboratory: exampleLaboratory }, client);
  void enter({ laboratory: exampleLaboratory }, client);
  expect(get({}, client)).toEqual(exampleLaboratory);
  expect([...store.events({ kind: 'laboratory.described' })]).toHaveLength(1);
  const logo = Buffer.from('<svg/>').toString('base64');
  expect(() => enter({ laboratory: { ...exampleLaboratory, logo } }, client)).toThrow('neither a PNG');
  expect(get({}, client)).toEqual(exampleLaboratory);
});
