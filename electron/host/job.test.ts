import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CalibrationPlan } from '../../shared/contract/calibrate.ts';
import type { UnitIdentity } from '../../shared/contract/devices.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import { newCalibrate } from '../../shared/wizard/calibrate.ts';
import { newProvision } from '../../shared/wizard/provision.ts';
import { openOrCreateJob } from '../store/job-store.ts';
import { demandSound, describedAs, jobOverview } from './job.ts';
import { plan as plainPlan } from './workplace.fixture.ts';

const plan = CalibrationPlan.parse({ ...plainPlan, points: [...plainPlan.points] });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'job-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('demands a record that is as it was written, and names the event that is not', () => {
  const path = join(folder, 'job.plumb');
  const store = openOrCreateJob(path, { name: 'Pump house' });
  store.append({ kind: 'job.described', subject: 'job', body: { name: 'A', engineer: 'B', customer: 'C' } });
  expect(() => demandSound(store)).not.toThrow();
  expect(describedAs(store)).toEqual({ name: 'A', engineer: 'B', customer: 'C' });

  const forger = new DatabaseSync(path);
  const guards = forger.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of guards) forger.exec(`DROP TRIGGER "${String(name)}"`);
  forger.exec(`UPDATE events SET body = replace(body, '"B"', '"X"') WHERE seq = 2`);
  forger.close();
  expect(() => demandSound(store)).toThrow(
    expect.objectContaining({
      code: 'PROJECT_INVALID',
      params: expect.objectContaining({ detail: expect.stringContaining('event 2') }),
    }),
  );
  store.close();
});

describe('a unit of several channels', () => {
  const unit = 'e6605838835a8f4a';
  const identity = { hardwareId: unit } as UnitIdentity;
  const port = { port: 'bench:1', kind: 'simulated', looksLike: 'unit' } as const;
  const provision = { ...newProvision('w1'), unit: identity, port, done: true };
  const calibrate = (id: string, channel: string | null, verdict: 'pass' | 'fail' | null): WizardState => ({
    ...newCalibrate(id, unit, 'bench:1'),
    plan: channel === null ? null : { ...plan, channel },
    verdict,
  });
  const toldOf = (...calibrations: WizardState[]) => {
    const path = join(folder, 'job.plumb');
    const store = openOrCreateJob(path, { name: 'Pump house' });
    const [row] = jobOverview(store, [provision, ...calibrations], [port]).units;
    store.close();
    return [row?.calibrated, row?.wizards.calibrate, row?.next];
  };

  it('is told of by the worst of them: one that passes hides no other', () => {
    const failed = calibrate('w2', 't2', 'fail');
    const passed = calibrate('w3', 't1', 'pass');
    expect(toldOf(failed, passed)).toEqual(['failed', 'w2', 'calibrate']);
    expect(toldOf(failed, passed, calibrate('w4', 't2', 'pass'))).toEqual(['done', 'w4', 'validate']);
    expect(toldOf(calibrate('w2', 't1', 'fail'), passed)).toEqual(['done', 'w3', 'validate']);
  });

  it('is under way while a newer calibration has no channel yet, and no longer', () => {
    const passed = calibrate('w2', 't1', 'pass');
    const unplanned = calibrate('w3', null, null);
    expect(toldOf(passed, unplanned)).toEqual(['open', 'w3', 'calibrate']);
    expect(toldOf(unplanned, passed)).toEqual(['done', 'w2', 'validate']);
    expect(toldOf()).toEqual(['none', null, 'calibrate']);
  });
});
