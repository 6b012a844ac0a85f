import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StandardEntry } from '../../shared/contract/standards.ts';
import { fromDecimal, standardAt, standardConcerns } from '../../shared/metrology/metrology.ts';
import { certifiedError } from '../bench/reference.ts';
import { type JobStore, openOrCreateJob } from '../store/job-store.ts';
import type { Client } from './server.ts';
import { loadBenchStandard, Standards, standardHandlers } from './standards.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));

const certificate = (number: string, issued = '2026-01-10', due = '2027-01-10') => ({
  number,
  laboratory: 'Lab',
  accreditation: '',
  issued,
  due,
  points: [{ value: '0', correction: '0', expandedUncertainty: '0.02', coverageFactor: '2' }],
});
const entry = (serial: string, more: object = {}): StandardEntry =>
  StandardEntry.parse({
    maker: 'Fluke',
    model: '1524',
    serial,
    unit: 'degC',
    resolution: '0.001',
    certificates: [certificate('C-1')],
    ...more,
  });

const bench = await loadBenchStandard(resources);
const client: Client = { post: () => undefined, backlog: 0, onClose: () => undefined };
let folder: string;
let store: JobStore;
let told: string[][];
const register = (isBenchAttached = false): Standards =>
  new Standards({
    store,
    bench,
    isBenchAttached,
    changed: (list) => told.push(list.map(({ id }) => id)),
    now: () => new Date(2026, 10, 5, 23, 59),
  });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'standards-'));
  store = openOrCreateJob(join(folder, 'job.plumb'), { name: 'J' });
  told = [];
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});
const events = (): number => [...store.events({ kind: 'standard.saved' })].length;
const refusal = (detail: RegExp, standard?: string) =>
  expect.objectContaining({
    code: 'STANDARD_INVALID',
    params: expect.objectContaining({
      detail: expect.stringMatching(detail),
      ...(standard === undefined ? {} : { standard }),
    }),
  });

describe('the register of reference standards', () => {
  it('is what the record holds, the newest entry of each', async () => {
    const handlers = standardHandlers({ standards: register() });
    const first = await handlers['standards.add']({ standard: entry('1') }, client);
    await handlers['standards.add']({ standard: entry('2') }, client);
    await handlers['standards.change']({ id: 's1', standard: entry('1', { remarks: 'new probe' }) }, client);
    expect(first).toEqual({ ...entry('1'), id: 's1', bench: false, retired: null });
    expect(await handlers['standards.list']({}, client)).toMatchObject([
      { id: 's1', remarks: 'new probe' },
      { id: 's2', remarks: '' },
    ]);
    expect(events()).toBe(3);
    expect(told).toEqual([['s1'], ['s1', 's2'], ['s1', 's2']]);
    expect(register().list()).toEqual(await handlers['standards.list']({}, client));
  });

  it('keeps the certificates of before as the drift history', async () => {
    const handlers = standardHandlers({ standards: register() });
    await handlers['standards.add']({ standard: entry('1') }, client);
    const next = certificate('C-2', '2027-01-05', '2028-01-05');
    await handlers['standards.recalibrated']({ id: 's1', certificate: next, drift: '0.004' }, client);
    const [standard] = register().list();
    expect(standard?.certificates.map(({ number }) => number)).toEqual(['C-1', 'C-2']);
    expect(standard?.drift).toBe('0.004');
    const again = { id: 's1', certificate: certificate('C-2', '2028-01-05', '2029-01-05'), drift: null };
    await expect(async () => handlers['standards.recalibrated'](again, client)).rejects.toThrow(
      refusal(/certificates\[2\].number/),
    );
    expect(events()).toBe(2);
  });

  it('retires a standard as of today, once', async () => {
    const handlers = standardHandlers({ standards: register() });
    await handlers['standards.add']({ standard: entry('1') }, client);
    await handlers['standards.retire']({ id: 's1', reason: 'dropped' }, client);
    expect(register().find({ id: 's1' })?.retired).toEqual({ on: '2026-11-05', reason: 'dropped' });
    await expect(async () =>
      handlers['standards.retire']({ id: 's1', reason: 'again' }, client),
    ).rejects.toThrow(expect.objectContaining({ code: 'STEP_BLOCKED' }));
    await handlers['standards.change']({ id: 's1', standard: entry('1') }, client);
    expect(register().find({ id: 's1' })?.retired).not.toBeNull();
  });

  it('finds a standard by its number and as an instrument says who it is', () => {
    const standards = register();
    standards.add(entry('1'));
    standards.add(entry('2'));
    expect(standards.find({ maker: 'Fluke', model: '1524', serial: '2' })?.id).toBe('s2');
    expect(standards.find({ id: 's2' })?.serial).toBe('2');
    expect(standards.find({ maker: 'Fluke', model: '1524', serial: '3' })).toBeNull();
    expect(standards.find({ id: 's3' })).toBeNull();
    expect(standards.idOf({ maker: 'fluke', model: '1524', serial: '2' })).toBe('s2');
    expect(() => standards.idOf({ maker: 'Fluke', model: '1524', serial: '3' })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    expect(() => standards.change('s3', entry('3'))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('refuses one that is there already, however it is written, and says which', () => {
    const standards = register();
    standards.add(entry('A-1'));
    standards.add(entry('A-2'));
    const twice = entry('a-1', { maker: 'FLUKE' });
    expect(() => standards.add(twice)).toThrow(refusal(/already, as s1/, 'FLUKE 1524 a-1'));
    expect(() => standards.change('s2', twice)).toThrow(refusal(/already, as s1/));
    expect(standards.change('s1', twice).serial).toBe('a-1');
    expect(events()).toBe(3);
  });

  it('refuses an entry with a mistake and enters nothing', () => {
    const wrong = entry('1', { certificates: [certificate('C', '2026-05-01', '2026-04-30')] });
    expect(() => register().add(wrong)).toThrow(refusal(/certificates\[0\].due is before/));
    expect([events(), told]).toEqual([0, []]);
  });
});

describe('another project’s register', () => {
  it('is taken over but for what is known; a second time nothing is left to add', () => {
    const standards = register();
    standards.add(entry('1', { remarks: 'ours' }));
    const retired = { on: '2026-02-02', reason: 'broken' };
    const theirs = [
      { ...entry('1', { remarks: 'theirs' }), id: 's7', bench: false, retired: null },
      { ...entry('2'), id: 's1', bench: false, retired },
      entry('3'),
    ];
    const json = JSON.stringify(theirs);
    expect(standards.import(json)).toEqual({ added: ['s2', 's3'], known: ['s1'] });
    expect(standards.list()).toMatchObject([{ remarks: 'ours' }, { id: 's2', retired }, { serial: '3' }]);
    expect(standards.import(json)).toEqual({ added: [], known: ['s1', 's2', 's3'] });
    expect(standards.import(JSON.stringify({ standards: standards.list() }))).toMatchObject({ added: [] });
    const asWritten = JSON.stringify(entry('3', { maker: ' fluke ' }));
    expect(standards.import(asWritten)).toEqual({ added: [], known: ['s3'] });
    expect(() => standards.addAll(JSON.stringify([entry('4'), entry('3')]))).toThrow(
      refusal(/already, as s3/),
    );
    expect(standards.addAll(JSON.stringify([entry('4'), entry('5')])).map(({ id }) => id)).toEqual([
      's4',
      's5',
    ]);
  });

  it.each([
    ['{', /JSON/],
    ['3', /object/],
    [JSON.stringify([entry('1'), { ...entry('2'), unit: undefined }]), /^unit /],
    [JSON.stringify([entry('1'), { ...entry('2'), unit: 'furlong' }]), /furlong/],
    [JSON.stringify([entry('1'), entry('1')]), /twice/],
    [
      JSON.stringify([{ ...entry('1'), certificates: [{ ...certificate('C'), due: '2026-02-30' }] }]),
      /^certificates\[0\]\.due /,
    ],
    [JSON.stringify([{ ...entry('1'), resolution: '0,1' }]), /^resolution /],
  ])('with a mistake is refused whole: %s', (json, detail) => {
    expect(() => register().import(json)).toThrow(refusal(detail));
    expect(events()).toBe(0);
  });
});

describe('the reference of the simulated bench', () => {
  it('is there while the bench is, without an entry in the record, and good enough for its channel', () => {
    expect(register(false).list()).toEqual([]);
    expect(register(false).find({ id: 's0' })).toEqual(bench);
    const standards = register(true);
    expect(standards.list()).toEqual([bench]);
    expect(standards.find({ maker: 'Plumbline', model: 'Bench Thermometer', serial: 'REF-0001' })).toEqual(
      bench,
    );
    expect(events()).toBe(0);
    const plan = { points: ['-20', '10', '50', '120'], tolerance: '0.20', leastTur: '4' };
    expect(standardConcerns(bench, plan, 'degC', standards.today())).toEqual([]);
  });

  it('is corrected by its certificate within the certificate’s uncertainty', () => {
    for (let celsius = -20; celsius <= 120; celsius += 1) {
      const { correction } = standardAt(bench, fromDecimal(String(celsius)));
      const left = certifiedError(celsius) + Number(correction.over) / Number(correction.under);
      expect(Math.abs(left)).toBeLessThan(0.0003);
    }
  });

  it('can be changed like any other, and stays one of the bench', () => {
    const standards = register(true);
    const { id: _, bench: __, retired: ___, ...own } = bench;
    const overdue = { ...own, certificates: [certificate('B-2', '2020-01-01', '2021-01-01')] };
    expect(standards.change('s0', overdue)).toMatchObject({ id: 's0', bench: true });
    expect(standards.list()).toMatchObject([{ id: 's0', certificates: [{ number: 'B-2' }] }]);
    expect(register(false).list()).toHaveLength(1);
  });

  it('gives way to an entry of a person with its name', () => {
    const standards = register(true);
    const { id: _, bench: __, retired: ___, ...own } = bench;
    expect(standards.add({ ...own, remarks: 'mine' })).toMatchObject({ id: 's1', bench: true });
    expect(standards.list()).toMatchObject([{ id: 's1', remarks: 'mine' }]);
    expect(() => standards.add(own)).toThrow(refusal(/as s1/));
  });

  it('is described in a file that is as the register has it', () => {
    const text = readFileSync(join(resources, 'standards', 'bench.json'), 'utf8');
    expect(JSON.parse(text)).toEqual(bench);
  });
});
