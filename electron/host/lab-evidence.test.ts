import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordingFacts } from '../../shared/contract/recordings.ts';
import { AuthorRules, ValidateState } from '../../shared/contract/validate.ts';
import type { Host } from './host.ts';
import { acted, csvOf, fileOf, hostAgain, hostWithUnit, imported, unit } from './lab.fixture.ts';

let folder: string;
let jobPath: string;
let host: Host;
let recording: RecordingFacts;
let wizard: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-evidence-test-'));
  jobPath = join(folder, 'job.plumb');
  host = await hostWithUnit(jobPath);
  recording = await imported(host, csvOf(humps));
  ({ id: wizard } = await host.call('wizard.open', { kind: 'validate', unit, fresh: true }));
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

const hot = (above: string) =>
  AuthorRules.parse([{ id: 'hot', when: { sensor: 't1', above, deadband: '1' }, for: '2s' }]);
const humps = [60, 60, 72, 72, 72, 72, 60, 60, 60, 60, 60, 60];
const data = { recording: 'r1', faults: [], seed: 1 };
const stuck = [{ kind: 'stuck' as const, input: 't1', from: 3000, to: 90_000 }];

describe('evidence and tests from recordings', () => {
  it('a replay is counted, one with faults as made up, and each anew for other rules', async () => {
    const first = await acted(host, wizard, { type: 'rules', rules: hot('70') });
    expect(first).toMatchObject({ step: 'try', failure: null });
    await acted(host, wizard, { type: 'count', data, normal: false });
    const counted = await acted(host, wizard, {
      type: 'count',
      data: { ...data, faults: stuck },
      normal: true,
    });
    expect(ValidateState.parse(counted)).toEqual(counted);
    expect(counted.runs).toMatchObject([
      {
        origin: 'recording',
        name: 'a week',
        data: { recording: 'r1', sha256: recording.sha256 },
        normal: false,
        rules: [{ fired: 4000, cleared: 6000, alarms: 1, saw: true }],
      },
      { origin: 'injected', normal: true, rules: [{ fired: 4000, cleared: null }] },
    ]);
    const other = await acted(host, wizard, { type: 'rules', rules: hot('80') });
    expect(other.runs.map(({ revision }) => revision)).toEqual(Array(2).fill(other.compiled?.revision));
    expect(other.runs.map(({ rules }) => rules[0]?.alarms)).toEqual([0, 0]);
  });

  it('what was seen live says nothing of other rules', async () => {
    const first = await acted(host, wizard, { type: 'rules', rules: hot('70') });
    const { revision = '' } = first.compiled ?? {};
    const rules = [{ fired: 1, cleared: 2, alarms: 1, saw: true }];
    const run = {
      origin: 'live',
      name: 'TT-1 boot 3',
      data: null,
      revision,
      from: 0,
      to: 9,
      normal: true,
      rules,
    };
    host.store.append({ kind: 'wizard.action', subject: wizard, body: { type: 'seen', run } });
    await host.close();
    host = await hostAgain(jobPath);
    const same = await acted(host, wizard, { type: 'rules', rules: hot('70') });
    expect(same.runs).toEqual([run]);
    expect((await acted(host, wizard, { type: 'rules', rules: hot('71') })).runs).toEqual([]);
  });

  it('a kept test runs again with each change, and blocks what it forbids', async () => {
    await acted(host, wizard, { type: 'rules', rules: hot('70') });
    const kept = await acted(host, wizard, { type: 'keepTest', name: 'humps', data });
    expect(kept.tests).toMatchObject([
      {
        name: 'humps',
        sha256: recording.sha256,
        rules: ['hot'],
        expected: [
          [4000, 'hot', 'ON'],
          [6000, 'hot', 'OFF'],
        ],
      },
    ]);
    const worse = await acted(host, wizard, { type: 'rules', rules: hot('80') });
    expect(worse.tested).toEqual([
      { name: 'humps', passed: false, missing: 2, unexpected: 0, first: 'missing: hot ON at 4000 ms' },
    ]);
    const pushed = host.call('wizard.act', {
      id: wizard,
      action: { kind: 'validate', intent: { type: 'push' } },
    });
    await expect(pushed).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    const better = await acted(host, wizard, { type: 'rules', rules: hot('71') });
    expect(better.tested).toMatchObject([{ passed: true }]);
  });

  it('a test whose recording was changed or is gone fails, and says why', async () => {
    await acted(host, wizard, { type: 'rules', rules: hot('70') });
    await acted(host, wizard, { type: 'keepTest', name: 'humps', data });
    await acted(host, wizard, { type: 'count', data, normal: false });
    writeFileSync(fileOf(jobPath, recording), csvOf(humps).replace('72', '73'));
    const changed = await acted(host, wizard, { type: 'rules', rules: hot('71') });
    expect(changed).toMatchObject({ failure: null, tested: [{ passed: false, missing: 2 }] });
    expect(changed.tested[0]?.first).toContain('it was changed after it was taken in');
    // What was counted stays what it was: evidence of other rules.
    expect(changed.runs[0]?.revision).not.toBe(changed.compiled?.revision);
    rmSync(fileOf(jobPath, recording));
    const gone = await acted(host, wizard, { type: 'rules', rules: hot('72') });
    expect(gone.tested[0]?.first).toContain('it is not there');
  });

  it('a later validation of the unit takes rules, tests and the quiet time over, and remembers it', async () => {
    await acted(host, wizard, { type: 'rules', rules: hot('70') });
    await acted(host, wizard, { type: 'keepTest', name: 'humps', data });
    await acted(host, wizard, { type: 'quiet', seconds: 77 });
    const { id } = await host.call('wizard.open', { kind: 'validate', unit, fresh: true });
    expect(id).not.toBe(wizard);
    await host.close();
    host = await hostAgain(jobPath);
    const later = await host.call('wizard.get', { id });
    expect(later).toMatchObject({
      rules: [{ id: 'hot' }],
      tests: [{ name: 'humps' }],
      quietSeconds: 77,
      compiled: null,
      runs: [],
    });
    const tried = await acted(host, id, { type: 'rules', rules: hot('71') });
    expect(tried.tested).toMatchObject([{ name: 'humps', passed: true }]);
  });

  it('a test that cannot be kept says why, and nothing is kept', async () => {
    await acted(host, wizard, { type: 'rules', rules: hot('70') });
    const refused = await acted(host, wizard, {
      type: 'keepTest',
      name: 'x',
      data: { ...data, faults: [{ kind: 'spike', input: 'p', at: 0, height: '1' }] },
    });
    expect(refused.failure?.what).toContain('fault 1, input: there is no channel p');
    expect(refused.tests).toEqual([]);
    const missing = await acted(host, wizard, {
      type: 'count',
      data: { ...data, recording: 'r9' },
      normal: false,
    });
    expect(missing).toMatchObject({ failure: { code: 'NOT_FOUND' }, runs: [] });
  });

  it('no more tests are kept than the record holds; one of the same name takes the place of the other', async () => {
    await acted(host, wizard, { type: 'rules', rules: hot('70') });
    const first = await acted(host, wizard, { type: 'keepTest', name: 'test 0', data });
    for (let i = 1; i < 50; i += 1) {
      const body = { type: 'kept', test: { ...first.tests[0], name: `test ${i}` } };
      host.store.append({ kind: 'wizard.action', subject: wizard, body });
    }
    await host.close();
    host = await hostAgain(jobPath);
    const full = await acted(host, wizard, { type: 'keepTest', name: 'one more', data });
    expect([full.tests.length, full.failure?.code]).toEqual([50, 'TRIAL_INVALID']);
    const again = await acted(host, wizard, { type: 'keepTest', name: 'test 7', data });
    expect([again.tests.length, again.failure]).toEqual([50, null]);
  });

  it('a recording of another unit is no evidence of this one, and no comparison with what it decided', async () => {
    const decided = { boot: 1, revision: null, events: [], lost: 0 };
    const body = { ...recording, id: 'r2', unit: 'ffff', name: 'of another', origin: 'live', decided };
    host.store.append({ kind: 'recording.added', subject: 'ffff', body });
    await host.close();
    host = await hostAgain(jobPath);
    await acted(host, wizard, { type: 'rules', rules: hot('70') });
    const counted = await acted(host, wizard, {
      type: 'count',
      data: { ...data, recording: 'r2' },
      normal: true,
    });
    expect(counted).toMatchObject({ failure: { code: 'TRIAL_INVALID' }, runs: [] });
    const beside = host.call('lab.beside', { unit, rules: hot('70'), recording: 'r2' });
    await expect(beside).rejects.toThrow('is of the unit ffff');
  });
});
