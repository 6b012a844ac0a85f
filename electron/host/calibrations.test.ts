import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CalibrateState, CalibrationPlan, type PointResult } from '../../shared/contract/calibrate.ts';
import type { Method, ParsedParams, Result } from '../../shared/contract/contract.ts';
import { methods } from '../../shared/contract/contract.ts';
import type { RunEvaluation } from '../../shared/contract/evaluation.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import { exampleProfile as profile } from '../../shared/contract/profile.fixture.ts';
import { newCalibrate } from '../../shared/wizard/calibrate.ts';
import { newProvision } from '../../shared/wizard/provision.ts';
import { type JobStore, openOrCreateJob } from '../store/job-store.ts';
import { loadTemplates } from './calibration-templates.ts';
import { calibrationHandlers, isCalibrated } from './calibrations.ts';
import type { Client } from './server.ts';
import type { Services } from './services.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));
const unit = 'abcd';
const plan = CalibrationPlan.parse({
  channel: profile.channels[0]?.id,
  points: ['0', '50'],
  tolerance: '0.1',
  adjust: 'when-needed',
  stability: {
    readings: 5,
    intervalMs: 20,
    maxDrift: '1',
    maxSpread: '1',
    nearNominal: '1',
    timeoutSeconds: 9,
  },
});

let folder: string;
let store: JobStore;
let wizards: WizardState[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'calibrations-'));
  store = openOrCreateJob(join(folder, 'job.plumb'), { name: 'J' });
  const provisioned = newProvision('w1');
  wizards = [
    {
      ...provisioned,
      unit: { hardwareId: unit },
      settings: { profile: profile.id },
    } as unknown as WizardState,
  ];
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const day = (text: string): number => new Date(`${text}T12:00:00`).getTime();
const results = (errors: string[], at: number): PointResult[] =>
  errors.map(
    (error, i) =>
      ({ nominal: plan.points[i], error, readings: [{ at: at - 1 }, { at }] }) as unknown as PointResult,
  );
const judged = (errors: string[], verdict: string, isStated = true): RunEvaluation =>
  ({
    verdict,
    uncertaintyStatement: isStated ? 'k = 2' : null,
    points: errors.map((error, i) => ({
      nominal: plan.points[i],
      error,
      expandedUncertainty: '0.02',
      standardUncertainty: '0.01',
    })),
  }) as unknown as RunEvaluation;

/** A calibration in which nothing was adjusted. */
const passed = (
  id: string,
  date: string,
  errors: string[],
  more: Partial<CalibrateState> = {},
): CalibrateState => ({
  ...newCalibrate(id, unit, 'bench:1'),
  plan,
  asFound: results(errors, day(date)),
  asFoundEvaluation: judged(errors, 'pass'),
  unadjusted: true,
  verdict: 'pass',
  done: true,
  ...more,
});
const adjusted = (id: string, date: string, more: Partial<CalibrateState> = {}): CalibrateState => ({
  ...passed(id, date, ['0.2', '0.3']),
  asFoundEvaluation: judged(['0.2', '0.3'], 'fail'),
  unadjusted: false,
  writing: true,
  written: { sha256: 'x', readBack: 'x', version: 2 },
  asLeft: results(['0.01', '0.00'], day(date) + 5),
  asLeftEvaluation: judged(['0.01', '0.00'], 'conditional-pass'),
  ...more,
});

const client: Client = { post: () => undefined, backlog: 0, onClose: () => undefined };
/** The method as it is behind the contract: what goes in and what comes out fit. */
async function call<M extends Extract<Method, `calibration.${string}`>>(
  name: M,
  params: object,
): Promise<Result<M>> {
  const services = {
    store,
    desk: { list: () => wizards },
    profiles: new Map([[profile.id, profile]]),
    options: { resources },
  } as unknown as Services;
  const parsed = methods[name].params.parse(params) as ParsedParams<M>;
  const handler = calibrationHandlers(services)[name] as unknown as (
    given: ParsedParams<M>,
    from: Client,
  ) => unknown;
  return methods[name].result.parse(await handler(parsed, client)) as Result<M>;
}
const history = (channel: string | null = null) => call('calibration.history', { unit, channel });
const due = (method: string, more: object = {}) =>
  call('calibration.nextDue', { unit, channel: plan.channel, method, intervalDays: 365, ...more });

describe('the calibrations of a unit', () => {
  it('are told oldest first, with errors and uncertainty as they were judged', async () => {
    wizards.push(adjusted('w3', '2026-03-01'), passed('w2', '2025-03-01', ['0.01', '-0.02']));
    store.append({ kind: 'certificate.issued', subject: unit, body: { wizard: 'w3', number: 'C-1' } });
    store.append({ kind: 'certificate.issued', subject: unit, body: { wizard: 'w3', number: 'C-2' } });
    const point = (nominal: string, error: string) => ({ nominal, error, expandedUncertainty: '0.02' });
    expect(await history()).toEqual([
      {
        wizard: 'w2',
        at: day('2025-03-01'),
        channel: plan.channel,
        unit: profile.channels[0]?.unit,
        tolerance: '0.1',
        adjusted: false,
        verdict: 'pass',
        asFound: [point('0', '0.01'), point('50', '-0.02')],
        asLeft: [],
        certificate: null,
      },
      expect.objectContaining({
        wizard: 'w3',
        at: day('2026-03-01') + 5,
        adjusted: true,
        verdict: 'conditional-pass',
        asLeft: [point('0', '0.01'), point('50', '0.00')],
        certificate: 'C-2',
      }),
    ]);
    expect(await history('other')).toEqual([]);
  });

  it('are there also where a calibration broke off after adjusting, or is of before runs were judged', async () => {
    const open = { verdict: null, done: false };
    wizards.push(
      adjusted('w2', '2025-01-01', { ...open, asLeft: [], asLeftEvaluation: null }),
      passed('w3', '2025-02-01', ['0.1', '0.1'], { asFoundEvaluation: null }),
      passed('w4', '2025-03-01', ['0.1', '0.1'], {
        asFoundEvaluation: judged(['0.1', '0.1'], 'pass', false),
      }),
      passed('w5', '2025-04-01', ['0.1'], { ...open, asFoundEvaluation: null }),
      { ...newCalibrate('w6', unit, 'bench:1') },
      { ...passed('w7', '2025-05-01', ['0', '0']), unit: 'ef01' },
    );
    expect(await history()).toMatchObject([
      { wizard: 'w2', verdict: 'none', adjusted: true, asLeft: [] },
      {
        wizard: 'w3',
        verdict: 'pass',
        asFound: [{ expandedUncertainty: null }, { expandedUncertainty: null }],
      },
      {
        wizard: 'w4',
        verdict: 'pass',
        asFound: [{ expandedUncertainty: null }, { expandedUncertainty: null }],
      },
    ]);
  });

  it('make a channel a reference for another one where the last one that counts has passed', () => {
    const channel = plan.channel;
    expect(isCalibrated(wizards, unit, channel)).toBe(false);
    wizards.push(passed('w2', '2025-01-01', ['0', '0']));
    expect(isCalibrated(wizards, unit, channel)).toBe(true);
    expect(isCalibrated(wizards, unit, 'other')).toBe(false);
    wizards.push({ ...newCalibrate('w3', unit, 'bench:1'), plan });
    expect(isCalibrated(wizards, unit, channel)).toBe(true);
    wizards.push(adjusted('w4', '2025-02-01', { verdict: null }));
    expect(isCalibrated(wizards, unit, channel)).toBe(false);
    wizards.push(passed('w5', '2025-03-01', ['1', '1'], { verdict: 'fail' }));
    expect(isCalibrated(wizards, unit, channel)).toBe(false);
  });
});

describe('the next calibration', () => {
  it('cannot be said without a calibration, and the basis says so', async () => {
    expect(await due('staircase')).toEqual({
      due: null,
      intervalDays: null,
      basis: `This job holds no calibration of the channel ${plan.channel}.`,
    });
  });

  it('is due after the agreed interval, or as the staircase has it', async () => {
    wizards.push(passed('w2', '2025-03-01', ['0.01', '-0.02']));
    expect(await due('fixed')).toMatchObject({ due: '2026-03-01', intervalDays: 365 });
    const staircase = await due('staircase', { intervalDays: 100 });
    expect(staircase.intervalDays).toBeGreaterThan(100);
    expect(staircase.basis).not.toBe('');
  });

  it('is not made up where the calibrations are too few for the method', async () => {
    wizards.push(passed('w2', '2025-03-01', ['0.01', '-0.02']));
    for (const method of ['a3', 's2', 'variables']) {
      const answer = await due(method);
      expect(answer).toMatchObject({ due: null, intervalDays: null });
      expect(answer.basis).toMatch(/few/i);
    }
  });

  it('is when the drift reaches the tolerance, several calibrations of a day counted as one', async () => {
    const drifting = ['2021-01-01', '2022-01-01', '2023-01-01', '2024-01-01', '2025-01-01'];
    drifting.forEach((date, i) => {
      wizards.push(passed(`w${i + 2}`, date, ['0.000', `0.0${i}${i % 2}`]));
    });
    const once = await due('variables', { reliability: '0.90' });
    expect(once.due).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(once.basis).toContain('50');
    wizards.push(passed('w9', '2025-01-01', ['0.000', '0.040']));
    expect(await due('variables', { reliability: '0.90' })).toEqual(once);
  });

  it('is refused for a reliability that is none', async () => {
    for (const date of ['2021-01-01', '2022-01-01', '2023-01-01', '2024-01-01', '2025-01-01', '2026-01-01']) {
      wizards.push(passed(`w${wizards.length + 1}`, date, ['0', '0.01']));
    }
    await expect(due('a3', { reliability: '1.5' })).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
  });
});

describe('templates of plans', () => {
  it('are there for the usual sensors, each of them sound', async () => {
    const templates = await call('calibration.templates', {});
    expect(templates.map(({ id }) => id)).toEqual([
      'current-loop',
      'load-cell',
      'pressure-transmitter',
      'humidity',
      'resistance-thermometer',
      'thermocouple',
    ]);
    expect(templates.find(({ id }) => id === 'pressure-transmitter')).toMatchObject({
      plan: { sequence: 'up-down' },
      description: expect.stringContaining('three times'),
    });
  });

  it.each([
    ['a measurand that is none', { measurands: ['warmth'] }, 'warmth'],
    ['a share outside of the range', { shares: ['0', '1.01'] }, '1.01'],
    ['a share that is there twice', { shares: ['0.5', '0.50'] }, 'twice'],
    ['no tolerance', { toleranceShare: '0' }, 'tolerance'],
    ['a member that is not known', { colour: 'red' }, 'colour'],
  ])('with %s is not loaded', async (_, change, words) => {
    const sound = JSON.parse(readFileSync(join(resources, 'calibrations', 'humidity.json'), 'utf8'));
    mkdirSync(join(folder, 'calibrations'));
    writeFileSync(join(folder, 'calibrations', 'x.json'), JSON.stringify({ ...sound, ...change }));
    await expect(loadTemplates(folder)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      params: { detail: expect.stringContaining(words) },
    });
  });
});
