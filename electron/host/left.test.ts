import { describe, expect, it } from 'vitest';
import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import type { ProvisionState } from '../../shared/contract/provision.ts';
import { newCalibrate } from '../../shared/wizard/calibrate.ts';
import { newProvision } from '../../shared/wizard/provision.ts';
import { newValidate } from '../../shared/wizard/validate.ts';
import { leftByRun, leftByWizard } from './left.ts';
import { interrupted } from './task-failure.ts';

const unit = 'e66058388303aa2f';
const sha = 'a'.repeat(64);
const adjusted: CalibrateState = { ...newCalibrate('w2', unit, 'bench:1'), writing: true };
const proven = {
  ...newProvision('w1'),
  unit: { hardwareId: unit },
  proof: [{ path: '/main.py', pushed: sha, running: sha, equal: true }],
  journal: { slot: 'a', manifest: sha, stage: 'confirmed' },
} as ProvisionState;

describe('how a unit was left', () => {
  it('is adjusted, not verified, however harmlessly the as-left run failed', () => {
    expect(leftByWizard('unchanged', adjusted)).toBe('adjusted-not-verified');
    expect(leftByWizard('indeterminate', adjusted)).toBe('indeterminate');
    expect(leftByWizard('unchanged', { ...adjusted, verdict: 'pass' })).toBe('unchanged');
    expect(leftByWizard('unchanged', newCalibrate('w2', unit, 'bench:1'))).toBe('unchanged');
  });

  it('has new rules, untested, however harmlessly the self-test ended', () => {
    const written = { sha256: sha, readBack: sha, fromSeq: 1 };
    const pushed = { ...newValidate('w3', unit, 'bench:1'), written };
    expect(leftByWizard('unchanged', pushed)).toBe('rules-untested');
    expect(leftByWizard('indeterminate', pushed)).toBe('indeterminate');
    expect(leftByWizard('unchanged', { ...pushed, written: null })).toBe('unchanged');
    const pushing = { ...pushed, task: { id: 1, kind: 'push' } };
    expect(interrupted(pushing).deviceState).toBe('rules-untested');
    expect(interrupted({ ...pushing, written: null }).deviceState).toBe('indeterminate');
  });

  it('counts in what a recipe did before the step that failed', () => {
    expect(leftByRun('unchanged', [proven], unit)).toBe('new-runs');
    expect(leftByRun('unchanged', [proven, adjusted], unit)).toBe('adjusted-not-verified');
    expect(leftByRun('unchanged', [{ ...proven, proof: null }], unit)).toBe('unchanged');
    expect(leftByRun('unchanged', [proven], 'another')).toBe('unchanged');
    expect(leftByRun('staged', [proven, adjusted], unit)).toBe('staged');
  });
});
