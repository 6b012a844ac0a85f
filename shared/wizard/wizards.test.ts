import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalibrateAction, CalibrateState, PointResult } from '../contract/calibrate.ts';
import { CalibrateState as CalibrateSchema } from '../contract/calibrate.ts';
import { noConnection } from '../contract/connection.ts';
import type { RuleEvent } from '../contract/devices.ts';
import { Failure } from '../contract/failure.ts';
import type { ProvisionAction, PushJournal } from '../contract/provision.ts';
import type { ValidateAction, ValidateState } from '../contract/validate.ts';
import { adjustedNotVerified, calibrateWizard, newCalibrate, nextPoint } from './calibrate.ts';
import { isProven, isPushOpen, newProvision, provisionWizard } from './provision.ts';
import { newValidate, validateWizard } from './validate.ts';

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
const plan = {
  channel: 't1',
  points: ['0', '50'],
  tolerance: '0.2',
  adjust: 'always' as const,
  stability: {
    readings: 10,
    intervalMs: 100,
    maxDrift: '0.02',
    maxSpread: '0.05',
    nearNominal: '0.5',
    timeoutSeconds: 60,
  },
};
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
  { type: 'chooseReference', port: 'bench:reference' },
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
    const good = calibrated(
      ...ready,
      { type: 'measure' },
      measured('as-found', '0', true),
      { type: 'measure' },
      measured('as-found', '50', true),
      { type: 'leaveAsFound' },
    );
    expect(good).toMatchObject({ unadjusted: true, verdict: 'pass', written: null });
  });

  it('goes on to the next point by itself where the reference drives', () => {
    const driven = calibrated(
      { type: 'chooseReference', port: 'p' },
      { type: 'referenceIdentified', reference: { ...reference, source: true } },
      { type: 'plan', plan },
      { type: 'measure' },
      measured('as-found', '0', true),
    );
    expect(driven.task?.kind).toBe('measure');
    expect(nextPoint(driven)).toBe('50');
  });

  it('fixes the plan with the first as-found reading', () => {
    const started = calibrated(...ready, { type: 'measure' }, measured('as-found', '0', false));
    expect(calibrateWizard.blocked(started, 'plan')).toEqual({ key: 'planIsFixed' });
  });
});

describe('provisioning wizard', () => {
  const port = { port: 'bench:1', kind: 'simulated', looksLike: 'unit' } as const;
  const identity = {
    hardwareId: unit,
    family: 'micropython',
    implementation: 'micropython',
    version: '1.27',
    platform: 'rp2',
    machine: 'bench',
    freeBytes: 1,
    totalBytes: 2,
    tag: null,
    agent: null,
  };
  const settings = { tag: 'TT-1', asset: '', location: 'L', profile: 'p', periodMs: 100 };
  const until = (...actions: ProvisionAction[]) => actions.reduce(provisionWizard.reduce, newProvision('w1'));
  const planned: ProvisionAction[] = [
    { type: 'identify', port },
    { type: 'identified', unit: identity },
    { type: 'describe', settings, software: { kind: 'app' } },
    { type: 'connect', connection: noConnection },
    {
      type: 'planned',
      asFound: { sha256: sha, unit, at: 1, files: [] },
      difference: [],
      software: { product: 'plumbline-agent', version: '0.1.0', securityCounter: 0, bundle: null },
      plan: [{ path: '/main.py', size: 1, sha256: sha }],
    },
  ];
  const journal = (stage: PushJournal['stage']): PushJournal => ({ slot: 'a', manifest: sha, stage });
  const line = { path: '/main.py', pushed: sha, running: sha, equal: true };
  const pushed: ProvisionAction[] = [
    ...planned,
    { type: 'push' },
    { type: 'pushing', journal: journal('staging') },
    { type: 'pushed', files: [] },
    { type: 'proved', proof: [line], selfTest: [], agent: '0.1.0' },
  ];

  it('is finished only with a proof in which every line is equal, and confirmed', () => {
    const open = until(...pushed);
    expect(isProven(open)).toBe(false);
    expect(isPushOpen(open)).toBe(true);
    expect(open.task?.kind).toBe('push');
    const proven = until(...pushed, { type: 'confirmed', journal: journal('confirmed') });
    expect(isPushOpen(proven)).toBe(false);
    expect(isProven(proven)).toBe(true);
    expect(provisionWizard.reduce(proven, { type: 'finish' }).done).toBe(true);
    const wrong = { ...proven, proof: [{ ...line, running: null, equal: false }] };
    expect(provisionWizard.blocked(wrong, 'finish')).toEqual({ key: 'proveFirst' });
    expect(provisionWizard.blocked({ ...proven, proof: [] }, 'finish')).toEqual({ key: 'proveFirst' });
  });

  it('forgets the unit when another port is identified', () => {
    const again = until(...planned, { type: 'identify', port: { ...port, port: 'bench:2' } });
    expect(again).toMatchObject({ unit: null, plan: null, task: { kind: 'identify' } });
  });

  it('keeps a push that was cut on record, through a new plan', () => {
    const cut = until(
      ...planned,
      { type: 'push' },
      { type: 'pushing', journal: journal('flipping') },
      failed,
    );
    expect(isPushOpen(cut)).toBe(true);
    const again = provisionWizard.reduce(cut, { type: 'connect', connection: noConnection });
    expect(again).toMatchObject({ journal: { stage: 'flipping' }, plan: null, task: { kind: 'plan' } });
  });

  it('plans again when lines are left out, and keeps which', () => {
    const left = until(...planned, { type: 'leaveOut', lines: ['config.json:/tag'] });
    expect(left).toMatchObject({ leftOut: ['config.json:/tag'], plan: null, task: { kind: 'plan' } });
    expect(provisionWizard.blocked({ ...left, task: null }, 'push')).toEqual({ key: 'planFirst' });
  });

  it('with a broker is finished only when the broker has seen the unit', () => {
    const broker = {
      host: 'bench:broker',
      port: 8883,
      tls: null,
      login: { kind: 'anonymous' },
      watcher: null,
      topic: 'plumbline',
      keepAliveSeconds: 15,
    } as const;
    const proven = {
      ...until(...pushed, { type: 'confirmed', journal: journal('confirmed') }),
      connection: { ...noConnection, broker },
    };
    expect(provisionWizard.blocked(proven, 'finish')).toEqual({ key: 'proveBrokerFirst' });
    const proving = provisionWizard.reduce(proven, { type: 'proveBroker' });
    expect(proving.task?.kind).toBe('broker');
    const proved = provisionWizard.reduce(proving, { type: 'brokerProved' });
    expect(provisionWizard.reduce(proved, { type: 'finish' }).done).toBe(true);
    expect(provisionWizard.reduce(proved, { type: 'rollBack' }).brokerProved).toBe(false);
  });

  it('taken back is proven no more', () => {
    const proven = until(...pushed, { type: 'confirmed', journal: journal('confirmed') });
    const back = provisionWizard.reduce(provisionWizard.reduce(proven, { type: 'rollBack' }), {
      type: 'rolledBack',
      journal: journal('rolled-back'),
    });
    expect(isProven(back)).toBe(false);
    expect(provisionWizard.blocked(back, 'finish')).toEqual({ key: 'proveFirst' });
    expect(provisionWizard.blocked(back, 'rollBack')).toEqual({ key: 'pushFirst' });
  });

  it('keeps the task after stop until the task itself says how it left the unit', () => {
    const stopped = until(...planned, { type: 'push' }, { type: 'stop' });
    expect(stopped.task?.kind).toBe('push');
    expect(provisionWizard.reduce(stopped, failed)).toMatchObject({
      task: null,
      failure: { code: 'NO_REPLY' },
    });
  });
});

describe('rules wizard', () => {
  const compiled = {
    text: '{}',
    sha256: sha,
    revision: 'aaaaaaaa',
    ids: ['hot', 'cold'],
    sentences: ['', ''],
  };
  const prove: ValidateAction = { type: 'prove', referencePort: null, setPoints: [], timeoutSeconds: 60 };
  const pushed: ValidateAction[] = [
    { type: 'rules', rules: [] },
    { type: 'compiled', compiled },
    { type: 'push' },
    { type: 'written', written: { sha256: sha, readBack: sha, fromSeq: 1 } },
    prove,
  ];
  const event = (rule: number, kind: RuleEvent['kind']): ValidateAction => ({
    type: 'decided',
    event: { seq: 1, t: 1, rule, kind },
  });
  const comparison = { frames: 9, decisions: 4, lostFrames: 0, differences: [] };
  const until = (...actions: ValidateAction[]): ValidateState =>
    [...pushed, ...actions].reduce(validateWizard.reduce, newValidate('w1', unit, 'bench:1'));

  it('passes when every rule fired and cleared and nothing differed', () => {
    const done = until(event(0, 'ON'), event(1, 'ON'), event(1, 'OFF'), event(0, 'OFF'), {
      type: 'compared',
      comparison,
    });
    expect(done).toMatchObject({ verdict: 'pass', step: 'result' });
  });

  it('does not take an OFF before the ON as evidence', () => {
    const done = until(event(0, 'OFF'), event(0, 'ON'), event(1, 'ON'), event(1, 'OFF'), {
      type: 'compared',
      comparison,
    });
    expect(done.verdict).toBe('fail');
    expect(done.evidence[0]).toMatchObject({ cleared: null });
  });

  it('fails with a single difference', () => {
    const difference = { seq: 1, unit: [], app: [{ seq: 1, t: 1, rule: 0, kind: 'ON' as const }] };
    const done = until(event(0, 'ON'), event(0, 'OFF'), event(1, 'ON'), event(1, 'OFF'), {
      type: 'compared',
      comparison: { ...comparison, differences: [difference] },
    });
    expect(done.verdict).toBe('fail');
  });

  it('drops all evidence when the rules change', () => {
    const changed = validateWizard.reduce(until(event(0, 'ON'), failed), { type: 'rules', rules: [] });
    expect(changed).toMatchObject({ compiled: null, written: null, evidence: [] });
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
