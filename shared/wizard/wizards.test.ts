import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalibrateAction, CalibrateState, PointResult } from '../contract/calibrate.ts';
import { CalibrateState as CalibrateSchema, CalibrationPlan } from '../contract/calibrate.ts';
import { Failure } from '../contract/failure.ts';
import { adjustedNotVerified, calibrateWizard, newCalibrate, nextPoint } from './calibrate.ts';

const sha = 'a'.repeat(64);
const unit = 'e66058388303aa2f';
const reference = {
  maker: 'M',
  model: 'T',
  serial: '1',
  firmware: '1',
  unit: 'degC',
  source: false,
};
const plan = CalibrationPlan.parse({
  channel: 't1',
  points: ['0', '50'],
  tolerance: '0.2',
  adjust: 'always',
  stability: {
    readings: 10,
    intervalMs: 100,
    maxDrift: '0.02',
    maxSpread: '0.05',
    nearNominal: '0.5',
    timeoutSeconds: 60,
  },
});
const point = (nominal: string, withinTolerance: boolean): PointResult => ({
  nominal,
  readings: [],
  stability: {
    stable: true,
    readings: 10,
    spanMs: 1000,
    referenceDrift: '0',
    unitDrift: '0',
    referenceSpread: '0',
    unitSpread: '0',
    distance: '0',
    missing: [],
  },
  override: null,
  meanReference: nominal,
  meanUnit: nominal,
  correction: '0',
  error: '0',
  withinTolerance,
});
const failed = {
  type: 'failed',
  failure: new Failure('NO_REPLY', { port: 'bench:1', seconds: 3, during: 'asking' }).toJSON(),
} as const;
const written = { type: 'written', written: { sha256: sha, readBack: sha, version: 2 } } as const;
const measured = (run: 'as-found' | 'as-left', nominal: string, good: boolean): CalibrateAction => ({
  type: 'measured',
  run,
  result: point(nominal, good),
});

const calibrated = (...actions: CalibrateAction[]): CalibrateState =>
  actions.reduce(calibrateWizard.reduce, newCalibrate('w1', unit, 'bench:1'));
const ready: CalibrateAction[] = [
  { type: 'chooseReference', port: 'bench:reference', source: { kind: 'scpi' }, standard: null },
  { type: 'referenceIdentified', reference },
  { type: 'plan', plan },
];
const found: CalibrateAction[] = [
  ...ready,
  { type: 'measure' },
  measured('as-found', '0', false),
  { type: 'measure' },
  measured('as-found', '50', false),
];
const foundGood: CalibrateAction[] = [
  ...ready,
  { type: 'measure' },
  measured('as-found', '0', true),
  { type: 'measure' },
  measured('as-found', '50', true),
];

describe('calibration wizard', () => {
  it('goes from the plan to a passed as-left run', () => {
    const adjusted = calibrated(...found, { type: 'adjust' }, { type: 'writing' }, written);
    expect(adjusted.step).toBe('as-left');
    expect(adjustedNotVerified(adjusted)).toBe(true);
    const left = [measured('as-left', '0', true), measured('as-left', '50', true)].reduce(
      (state, action) => calibrateWizard.reduce(calibrateWizard.reduce(state, { type: 'measure' }), action),
      adjusted,
    );
    expect(left).toMatchObject({ step: 'result', verdict: 'pass' });
    expect(adjustedNotVerified(left)).toBe(false);
  });

  it('names a unit whose write was cut "adjusted, not verified", and measures nothing until it is written', () => {
    const cut = calibrated(...found, { type: 'adjust' }, { type: 'writing' }, failed);
    expect(adjustedNotVerified(cut)).toBe(true);
    expect(calibrateWizard.blocked(cut, 'measure')).toEqual({ key: 'adjustFirst' });
    expect(calibrateWizard.blocked(cut, 'leaveAsFound')).not.toBeNull();
    expect(calibrateWizard.blocked(cut, 'adjust')).toBeNull();
  });

  it('refuses to adjust before every as-found point is taken', () => {
    const half = calibrated(...ready, { type: 'measure' }, measured('as-found', '0', false));
    expect(calibrateWizard.blocked(half, 'adjust')).toEqual({ key: 'asFoundFirst' });
    expect(calibrateWizard.reduce(half, { type: 'adjust' })).toBe(half);
  });

  it('leaves a unit as found only when it is within tolerance', () => {
    const bad = calibrated(...found);
    expect(calibrateWizard.blocked(bad, 'leaveAsFound')).toEqual({ key: 'outOfTolerance' });
    const left = calibrated(...found, { type: 'leaveUnadjusted', reason: 'sensor beyond repair' });
    expect(left).toMatchObject({
      unadjusted: true,
      verdict: 'fail',
      leftBecause: 'sensor beyond repair',
      step: 'result',
    });
    // It may be adjusted after all, and then counts only with its as-left run.
    const after = calibrateWizard.reduce(left, { type: 'adjust' });
    expect(after).toMatchObject({ unadjusted: false, leftBecause: null, verdict: null });
    const good = calibrated(...foundGood, { type: 'leaveAsFound' });
    expect(good).toMatchObject({ unadjusted: true, verdict: 'pass', written: null });
  });

  it('adjusts a unit that was to be left as found: it has passed when as-left has', () => {
    const good = calibrated(...foundGood, { type: 'leaveAsFound' }, { type: 'adjust' }, { type: 'writing' });
    expect(good).toMatchObject({ unadjusted: false, verdict: null });
    expect(adjustedNotVerified(good)).toBe(true);
    expect(calibrateWizard.blocked(calibrateWizard.reduce(good, failed), 'finish')).not.toBeNull();
  });

  it('takes no override for a reading that has been taken meanwhile', () => {
    const second = calibrated(...ready, { type: 'measure' }, measured('as-found', '0', true), {
      type: 'measure',
    });
    const task = second.task?.id ?? 0;
    const late = { type: 'override', reason: 'in a hurry', task: task - 1 } as const;
    expect(calibrateWizard.reduce(second, late).override).toBeNull();
    expect(calibrateWizard.reduce(second, { ...late, task }).override).toBe('in a hurry');
  });

  it('keeps what spoke against the standard while a reading was taken', () => {
    const early = { code: 'not-yet-valid', detail: 'issued tomorrow' } as const;
    const due = { code: 'overdue', detail: 'due yesterday' } as const;
    const checked = (...concerns: CalibrateState['concerns']): CalibrateAction => ({
      type: 'standardChecked',
      concerns,
    });
    const planned = calibrated(...ready, checked(early), checked());
    expect(planned.concerns).toEqual([]);
    const half = calibrated(...ready, checked(early), measured('as-found', '0', true));
    const later = [checked(), checked({ ...due, detail: 'a day ago' }), checked(due)];
    expect(later.reduce(calibrateWizard.reduce, half).concerns).toEqual([due, early]);
  });

  it('goes on to the next point by itself where the reference drives', () => {
    const driven = calibrated(
      { type: 'chooseReference', port: 'p', source: { kind: 'scpi' }, standard: null },
      { type: 'referenceIdentified', reference: { ...reference, source: true } },
      { type: 'plan', plan },
      { type: 'measure' },
      measured('as-found', '0', true),
    );
    expect(driven.task?.kind).toBe('measure');
    expect(nextPoint(driven)).toBe('50');
  });

  it.each(['0', '-0.2', '0.00'])('refuses a tolerance of %s, within which nothing can lie', (tolerance) => {
    expect(calibrateWizard.refuse({ type: 'plan', plan: { ...plan, tolerance } })?.code).toBe('STEP_BLOCKED');
    expect(calibrateWizard.refuse({ type: 'plan', plan })).toBeNull();
  });

  it('takes no source of uncertainty whose name the budget could not print', () => {
    const named = (name: string) =>
      CalibrationPlan.safeParse({
        ...plan,
        uncertainties: [{ name, distribution: 'normal', amount: '0.01' }],
      });
    for (const name of ['a\u200db', 'a\u00adb', 'a\nb', '\ud800', '\u202e'])
      expect(named(name).success).toBe(false);
    expect(named('Homogenität 浴 & <bath>').success).toBe(true);
  });

  it('fixes the plan with the first as-found reading', () => {
    const started = calibrated(...ready, { type: 'measure' }, measured('as-found', '0', false));
    expect(calibrateWizard.blocked(started, 'plan')).toEqual({ key: 'planIsFixed' });
  });
});

describe('any wizard', () => {
  const intents = fc.constantFrom<CalibrateAction>(
    ...ready,
    { type: 'measure' },
    measured('as-found', '0', true),
    measured('as-left', '0', false),
    { type: 'adjust' },
    { type: 'writing' },
    written,
    { type: 'leaveAsFound' },
    { type: 'stop' },
    { type: 'override', reason: 'in a hurry' },
    failed,
    { type: 'goto', step: 'result' },
    { type: 'finish' },
  );

  it('stays within its schema and never passes without its evidence, whatever the order of actions', () => {
    fc.assert(
      fc.property(fc.array(intents, { maxLength: 60 }), (actions) => {
        const state = calibrated(...actions);
        expect(CalibrateSchema.safeParse(state).error).toBeUndefined();
        if (state.done) expect(state.verdict).not.toBeNull();
        if (state.verdict === 'pass' && !state.unadjusted) {
          expect(state.asLeft.every((result) => result.withinTolerance)).toBe(true);
          expect(state.asLeft).toHaveLength(plan.points.length);
        }
        if (state.task) expect(state.task.id).toBe(state.tasksStarted);
      }),
    );
  });

  it('folds to the same state from its journal', () => {
    fc.assert(
      fc.property(fc.array(intents, { maxLength: 40 }), (actions) => {
        const journal = JSON.parse(JSON.stringify(actions)) as CalibrateAction[];
        expect(calibrated(...journal)).toEqual(calibrated(...actions));
      }),
    );
  });
});
