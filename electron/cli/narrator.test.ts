import { describe, expect, it } from 'vitest';
import {
  CalibrationPlan,
  type PointResult,
  type StabilityEvidence,
} from '../../shared/contract/calibrate.ts';
import type { RuleEvent } from '../../shared/contract/devices.ts';
import { exampleInput } from '../../shared/report/example.fixture.ts';
import { newCalibrate } from '../../shared/wizard/calibrate.ts';
import { newValidate } from '../../shared/wizard/validate.ts';
import { Narrator } from './narrator.ts';
import { progressWords, waitingFor } from './progress-words.ts';

const plan = CalibrationPlan.parse({
  channel: 't1',
  points: ['0', '25', '80'],
  tolerance: '0.20',
  adjust: 'always',
  stability: {
    readings: 10,
    intervalMs: 100,
    maxDrift: '0.04',
    maxSpread: '0.03',
    nearNominal: '0.50',
    timeoutSeconds: 60,
  },
});

const evidence = (change: Partial<StabilityEvidence>): StabilityEvidence => ({
  stable: false,
  readings: 10,
  spanMs: 900,
  referenceDrift: '0.0402',
  unitDrift: '0.01',
  referenceSpread: '0.001',
  unitSpread: '0.008',
  distance: '0.1',
  missing: [],
  ...change,
});

const result = (nominal: string, error: string, withinTolerance: boolean): PointResult => ({
  nominal,
  readings: [],
  stability: evidence({ stable: true }),
  override: null,
  meanReference: nominal,
  meanUnit: nominal,
  correction: '0',
  error,
  withinTolerance,
});

describe('what a point waits for', () => {
  it.each([
    [{ missing: ['readings' as const, 'distance' as const], readings: 3 }, 'waiting: 3 of 10 readings'],
    [
      { missing: ['distance' as const, 'unit-drift' as const], distance: '7.25' },
      'waiting: 7.250 (at most 0.50) from the point',
    ],
    [{ missing: ['reference-drift' as const] }, 'waiting: drift of the reference 0.041 (at most 0.04)'],
    [
      { missing: ['unit-drift' as const, 'unit-spread' as const], unitDrift: '0.2', unitSpread: '0.05' },
      'waiting: drift of the unit 0.200 (at most 0.04), spread of the unit 0.050 (at most 0.03)',
    ],
    [{}, 'stable'],
  ])('%j', (change, words) => {
    expect(waitingFor(evidence(change), plan.stability)).toBe(words);
  });
});

describe('the progress of a push', () => {
  const progress = (key: string, done: number) =>
    progressWords({
      wizard: 'w1',
      task: 1,
      key,
      params: { file: '/a.py', done, total: 9 },
      done: 0,
      total: 1,
    });

  it('counts files as people do', () => {
    expect(progress('staging', 2)).toBe('staging 3 of 9 files: /a.py');
    expect(progress('replacing', 9)).toBe('replacing 9 of 9 files: /a.py');
  });

  it('says nothing of what it does not know', () => {
    expect(progress('dreaming', 1)).toBeNull();
  });
});

describe('the narrator', () => {
  const hearing = () => {
    const said: string[] = [];
    const clock = { now: 0 };
    const narrator = new Narrator(
      (line) => said.push(line.trim()),
      () => clock.now,
    );
    return { said, clock, narrator };
  };

  it('tells each point once', () => {
    const { said, narrator } = hearing();
    const state = { ...newCalibrate('w2', 'e6', 'bench:1'), plan };
    const first = { ...state, asFound: [result('0', '1.19637500', false)] };
    narrator.wizard(state);
    narrator.wizard(first);
    narrator.wizard({ ...first });
    narrator.wizard({ ...first, asFound: [...first.asFound, result('25', '-0.0312', true)] });
    expect(said).toEqual([
      'as-found point 1 of 3: 0, error 1.196, outside +-0.20',
      'as-found point 2 of 3: 25, error -0.031, within +-0.20',
    ]);
  });

  it('counts the way back and the cycles', () => {
    const { said, narrator } = hearing();
    const there = { ...plan, sequence: 'up-down' as const, cycles: 2 };
    narrator.wizard({ ...newCalibrate('w2', 'e6', 'bench:1'), plan: there });
    narrator.wizard({
      ...newCalibrate('w2', 'e6', 'bench:1'),
      plan: there,
      asFound: [result('0', '0', true)],
    });
    expect(said).toEqual(['as-found point 1 of 10: 0, error 0.000, within +-0.20']);
  });

  it('tells of the running point at most once a second', () => {
    const { said, clock, narrator } = hearing();
    narrator.wizard({ ...newCalibrate('w2', 'e6', 'bench:1'), plan });
    const update = { wizard: 'w2', nominal: '0', reference: '1.2', unit: '2.4', at: 0, elapsedSeconds: 1 };
    for (const now of [0, 200, 999, 1000, 1999]) {
      clock.now = now;
      narrator.live({ ...update, evidence: evidence({ missing: ['readings'], readings: 1 + now }) });
    }
    expect(said.map((line) => /(\d+) of 10 readings/.exec(line)?.[1])).toEqual(['1', '1001']);
  });

  it('tells what the self-test on the unit showed', () => {
    const told = (found: string): string[] => {
      const { said, narrator } = hearing();
      const { validate: state } = exampleInput();
      if (!state?.selfTest) throw new Error('the example has a self-test');
      const blank = newValidate(state.id, state.unit, state.port);
      const before = { ...blank, compiled: state.compiled, written: state.written };
      narrator.wizard(before);
      narrator.wizard({ ...before, selfTest: { ...state.selfTest, found } });
      return said.slice(-1);
    };
    const { expected = '' } = exampleInput().validate?.selfTest ?? {};
    expect(told(expected)).toEqual(['self-test on the unit: 200 vectors, 612 decisions, decided alike']);
    expect(told('0')).toEqual([
      'self-test on the unit: 200 vectors, 612 decisions, decided otherwise than here',
    ]);
  });

  it('tells that a rule fired, and that it cleared', () => {
    const { said, narrator } = hearing();
    const event = (kind: RuleEvent['kind'], seq: number): RuleEvent => ({ seq, t: seq * 100, rule: 0, kind });
    const state = newValidate('w3', 'e6', 'bench:1');
    const fired = { id: 'too-hot', fired: event('ON', 5), cleared: null };
    narrator.wizard({ ...state, evidence: [{ id: 'too-hot', fired: null, cleared: null }] });
    narrator.wizard({ ...state, evidence: [fired] });
    narrator.wizard({ ...state, evidence: [{ ...fired, cleared: event('OFF', 9) }] });
    expect(said).toEqual(['rule "too-hot" fired', 'rule "too-hot" cleared']);
  });
});
