import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Method, methods } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { RunState } from '../../shared/contract/job.ts';
import { Recipe } from '../../shared/contract/recipe.ts';
import { exampleLaboratory } from '../../shared/report/certificate/certificate.fixture.ts';
import { createHost, type Host } from './host.ts';
import { oddOnes } from './odd-requests.fixture.ts';
import { plan, resources } from './workplace.fixture.ts';

let folder: string;
let host: Host;
let unit: string;
let number: string;
let sha256: string;

const report = { engineer: 'E' };
const provision = { tag: 'TT-1', asset: '', location: 'Bath', profile: 'bench-thermometer', periodMs: 50 };

/** A unit that was calibrated, with a certificate and a dossier. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-odd-'));
  host = await createHost({
    bench: true,
    benchBoards: 1,
    benchTimeFactor: 20_000,
    unitReturnMs: 200,
    jobPath: join(folder, 'job.plumb'),
    resources,
    door: 'terminal',
    version: '0',
    log: pino({ level: 'silent' }),
  });
  const certificate = { laboratory: exampleLaboratory };
  const recipe = Recipe.parse({ recipe: 1, title: 'One', provision, calibrate: plan, certificate, report });
  const ended = new Promise<RunState>((resolve) => {
    host.on('run.changed', (state) => state && ['done', 'failed'].includes(state.stage) && resolve(state));
  });
  await host.call('run.start', { recipe, port: 'bench:1', reference: 'bench:reference' });
  const state = await ended;
  expect(state.failure).toBeNull();
  unit = state.unit ?? '';
  number = (await host.call('certificates.list', {}))[0]?.number ?? '';
  sha256 = (await host.call('dossier.build', {})).sha256;
  await host.call('wizard.open', { kind: 'calibrate', unit, fresh: true });
}, 120_000);
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

const certificateOf = (issued: string) => ({
  number: 'T-1',
  laboratory: 'L',
  accreditation: '',
  issued,
  due: '2099-12-31',
  points: [
    { value: '0', correction: '0', expandedUncertainty: '0.1', coverageFactor: '2' },
    { value: '100', correction: '0.1', expandedUncertainty: '0.1', coverageFactor: '2' },
  ],
});
const standard = {
  maker: 'Testo',
  model: '110',
  serial: '42',
  use: 'working',
  unit: 'degC',
  resolution: '0.01',
  drift: '0',
  certificates: [certificateOf('2020-01-01')],
  remarks: '',
};
const modbus = {
  kind: 'modbus',
  unitId: 1,
  table: 'input',
  address: 0,
  type: 'int16',
  wordOrder: 'high-first',
  decimals: 2,
  unit: 'degC',
  baudRate: 9600,
  parity: 'even',
};
const wholePlan = {
  ...plan,
  sequence: 'up-down',
  cycles: 2,
  asLeftLimit: '1',
  decision: { rule: 'guard-band', r: '1' },
  probability: '0.95',
  leastTur: '1',
  model: 'best',
  uncertainties: [{ name: 'Bath', distribution: 'rectangular', amount: '0.01' }],
};
const circumstances = {
  customer: { name: 'C', address: 'Street\nTown', country: 'DE', contact: '' },
  place: 'customer',
  placeName: 'Hall',
  received: '2026-01-01',
  condition: '',
  temperature: { min: '20', max: '21' },
  humidity: null,
  pressure: null,
  deviations: '',
  opinion: '',
  external: '',
  nextDue: { on: '2027-01-01', method: 'fixed', agreed: true },
  authorisedBy: 'A',
  role: '',
};
const act = (intent: object, id = 'w3') => ({ id, action: { kind: 'calibrate', intent } });

/** One sound request of each kind, as it would be sent. */
const requests = (): [Method, object][] => [
  ['standards.add', { standard }],
  ['standards.change', { id: 's1', standard }],
  ['standards.recalibrated', { id: 's1', certificate: certificateOf('2024-01-01'), drift: '0.1' }],
  ['standards.retire', { id: 's1', reason: 'Dropped' }],
  ['standards.import', { json: JSON.stringify([standard]) }],
  ['standards.list', {}],
  ['calibration.templates', {}],
  ['calibration.history', { unit, channel: 't1' }],
  ...(['staircase', 'a3', 's2', 'variables', 'fixed'] as const).map((method): [Method, object] => [
    'calibration.nextDue',
    { unit, channel: 't1', method, intervalDays: 365, reliability: '0.95' },
  ]),
  [
    'batch.start',
    { units: ['abcd'], plan: wholePlan, port: 'bench:reference', source: modbus, standard: 's0' },
  ],
  ['batch.get', {}],
  ['batch.stop', {}],
  ['laboratory.get', {}],
  ['laboratory.describe', { laboratory: exampleLaboratory }],
  ['certificates.list', {}],
  ['certificates.issue', { wizard: 'w2', amends: { number, reason: 'Typed wrong' }, signature: null }],
  ['certificates.issue', { wizard: 'w2', amends: null, signature: { p12: 'MIIB', passphrase: 'x' } }],
  ['certificates.read', { number, format: 'json' }],
  ['dossier.build', {}],
  ['dossier.list', {}],
  ['dossier.read', { sha256, offset: 5 }],
  ['wizard.act', act({ type: 'chooseReference', port: 'bench:reference', source: modbus, standard: 's0' })],
  [
    'wizard.act',
    act({ type: 'chooseReference', port: 'bench:reference', source: { kind: 'scpi' }, standard: null }),
  ],
  ['wizard.act', act({ type: 'plan', plan: wholePlan })],
  ['wizard.act', act({ type: 'overrideStandard', reason: 'None other' })],
  ['wizard.act', act({ type: 'typeReading', first: '1', again: '1' })],
  ['wizard.act', act({ type: 'override', reason: 'In a hurry', task: 1 })],
  ['wizard.act', act({ type: 'circumstances', circumstances })],
  ['wizard.act', act({ type: 'circumstances', circumstances }, 'w2')],
  ['wizard.act', act({ type: 'adjust' })],
  ['wizard.act', act({ type: 'leaveAsFound' })],
  ['wizard.act', act({ type: 'finish' })],
  ['wizard.act', act({ type: 'stop' })],
];

it('answers whatever is asked of it with what the contract says, or a failure that names what is wrong', async () => {
  const answered = { results: 0, refused: 0, failures: 0 };
  const asked = fc
    .constantFrom(...requests())
    .chain(([method, sound]) =>
      oddOnes(sound as Parameters<typeof oddOnes>[0]).map((params) => ({ method, params })),
    );
  await fc.assert(
    fc.asyncProperty(asked, async ({ method, params }) => {
      try {
        const result = await host.call(method, params as never);
        expect(methods[method].result.safeParse(result).error).toBeUndefined();
        answered.results += 1;
      } catch (thrown) {
        const failure = Failure.from(thrown);
        expect(failure.code, failure.message).not.toBe('INTERNAL');
        answered[failure.code === 'REQUEST_INVALID' ? 'refused' : 'failures'] += 1;
      }
    }),
    { numRuns: 400 },
  );
  expect(Math.min(...Object.values(answered))).toBeGreaterThan(20);
  const internal = (await host.call('wizard.list', {})).filter(({ failure }) => failure?.code === 'INTERNAL');
  expect(internal).toEqual([]);
}, 120_000);
