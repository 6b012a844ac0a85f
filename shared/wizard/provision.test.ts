import { describe, expect, it } from 'vitest';
import { noConnection } from '../contract/connection.ts';
import { Failure } from '../contract/failure.ts';
import type { ProvisionAction, PushJournal } from '../contract/provision.ts';
import { isProven, isPushOpen, newProvision, provisionWizard } from './provision.ts';

const sha = 'a'.repeat(64);
const unit = 'e66058388303aa2f';
const failed = {
  type: 'failed',
  failure: new Failure('NO_REPLY', { port: 'bench:1', seconds: 3, during: 'asking' }).toJSON(),
} as const;

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
