import { describe, expect, it } from 'vitest';
import type { RuleEvent } from '../contract/devices.ts';
import { Failure } from '../contract/failure.ts';
import type { ValidateAction, ValidateState } from '../contract/validate.ts';
import { newValidate, validateWizard } from './validate.ts';

const sha = 'a'.repeat(64);
const unit = 'e66058388303aa2f';
const failed = {
  type: 'failed',
  failure: new Failure('NO_REPLY', { port: 'bench:1', seconds: 3, during: 'asking' }).toJSON(),
} as const;

describe('rules wizard', () => {
  const compiled = {
    text: '{}',
    sha256: sha,
    revision: 'aaaaaaaa',
    ids: ['hot', 'cold'],
    sentences: ['', ''],
  };
  const selfTest = {
    engine: 1,
    revision: 'aaaaaaaa',
    vectors: 200,
    frames: 900,
    decisions: 90,
    expected: sha,
  };
  const prove: ValidateAction = { type: 'prove', referencePort: null, setPoints: [], timeoutSeconds: 60 };
  const pushed: ValidateAction[] = [
    { type: 'rules', rules: [] },
    { type: 'compiled', compiled },
    { type: 'push' },
    { type: 'written', written: { sha256: sha, readBack: sha, fromSeq: 1 } },
    { type: 'selfTested', selfTest: { ...selfTest, found: sha } },
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
      runs: [],
    });
    expect(done).toMatchObject({ verdict: 'pass', step: 'result' });
  });

  it('does not take an OFF before the ON as evidence', () => {
    const done = until(event(0, 'OFF'), event(0, 'ON'), event(1, 'ON'), event(1, 'OFF'), {
      type: 'compared',
      comparison,
      runs: [],
    });
    expect(done.verdict).toBe('fail');
    expect(done.evidence[0]).toMatchObject({ cleared: null });
  });

  it('fails with a single difference', () => {
    const difference = { seq: 1, unit: [], app: [{ seq: 1, t: 1, rule: 0, kind: 'ON' as const }] };
    const done = until(event(0, 'ON'), event(0, 'OFF'), event(1, 'ON'), event(1, 'OFF'), {
      type: 'compared',
      comparison: { ...comparison, differences: [difference] },
      runs: [],
    });
    expect(done.verdict).toBe('fail');
  });

  it('does not prove what decided otherwise than the app in the self-test', () => {
    const other = sha.replace('a', 'b');
    const wrong = [
      ...pushed.slice(0, 4),
      { type: 'selfTested', selfTest: { ...selfTest, found: other } },
      failed,
    ] as ValidateAction[];
    const state = wrong.reduce(validateWizard.reduce, newValidate('w1', unit, 'bench:1'));
    expect(state).toMatchObject({ step: 'try', selfTest: { found: other } });
    expect(validateWizard.blocked(state, 'prove')).toEqual({ key: 'selfTestFirst' });
    const nothing = { ...state, selfTest: { ...selfTest, vectors: 0, found: sha } };
    expect(validateWizard.blocked(nothing, 'prove')).toEqual({ key: 'selfTestFirst' });
  });

  it('leaves no evidence out in silence where there is no room for more', () => {
    const run = { origin: 'live', name: 'TT', data: null, revision: 'aaaaaaaa', from: 0, to: 1 } as const;
    const runs = Array.from({ length: 98 }, () => ({ ...run, normal: true, rules: [] }));
    const full = { ...pushed.slice(0, 2).reduce(validateWizard.reduce, newValidate('w1', unit, 'p')), runs };
    expect(validateWizard.blocked(full, 'count')).toEqual({ key: 'evidenceFull' });
    const room = validateWizard.reduce(full, { type: 'forget', run: 0 });
    expect(validateWizard.blocked(room, 'shadow')).toBeNull();
  });

  it('does not push rules of which a kept test fails', () => {
    const data = { recording: 'r1', faults: [], seed: 1 };
    const test = { test: 1, name: 'spike', ...data, sha256: sha, rules: ['hot'], expected: [] } as const;
    const run = (...actions: ValidateAction[]) =>
      [...pushed.slice(0, 2), ...actions].reduce(validateWizard.reduce, newValidate('w1', unit, 'bench:1'));
    const kept: ValidateAction[] = [
      { type: 'keepTest', name: 'spike', data },
      { type: 'kept', test: { ...test, faults: [], rules: [...test.rules], expected: [] } },
      { type: 'rules', rules: [] },
      { type: 'compiled', compiled },
    ];
    expect(run(...kept)).toMatchObject({ task: { kind: 'test' }, tested: [] });
    const tested = { name: 'spike', passed: false, missing: 1, unexpected: 0, first: 'hot ON at 5 ms' };
    const failing = run(...kept, { type: 'tested', tested: [tested], runs: [] });
    expect(validateWizard.blocked(failing, 'push')).toEqual({ key: 'testsFail' });
    const dropped = validateWizard.reduce(failing, { type: 'dropTest', name: 'spike' });
    expect(validateWizard.blocked(dropped, 'push')).toBeNull();
  });

  it('drops all evidence when the rules change', () => {
    const changed = validateWizard.reduce(until(event(0, 'ON'), failed), { type: 'rules', rules: [] });
    expect(changed).toMatchObject({ compiled: null, written: null, evidence: [] });
  });
});
