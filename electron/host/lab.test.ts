import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Replayed } from '../../shared/contract/lab-methods.ts';
import { AuthorRules } from '../../shared/contract/validate.ts';
import type { Host } from './host.ts';
import { csvOf, hostWithUnit, imported, unit } from './lab.fixture.ts';

let folder: string;
let host: Host;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-lab-test-'));
  host = await hostWithUnit(join(folder, 'job.plumb'));
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

const hot = (above: string) =>
  AuthorRules.parse([{ id: 'hot', when: { sensor: 't1', above, deadband: '1' }, for: '2s' }]);
const humps = [60, 60, 72, 72, 72, 72, 60, 60, 'NaN', 60, 72, 60];
const data = { recording: 'r1' };

describe('the rule lab over a recording', () => {
  beforeEach(() => imported(host, csvOf(humps)));

  it('replays a draft, sweeps it, and says why', async () => {
    const rules = hot('70');
    const replayed = await host.call('lab.replay', { unit, rules, data });
    expect(Replayed.parse(replayed)).toEqual(replayed);
    expect(replayed).toMatchObject({
      from: 0,
      to: 11_000,
      frames: 12,
      rules: [{ id: 'hot', fires: 1, alarms: [{ from: 4000, until: 6000 }] }],
    });
    const values = ['50', '70', '80', '70.0005'];
    const points = await host.call('lab.sweep', { unit, rules, data, rule: 0, path: 'when.above', values });
    expect(points).toMatchObject([{ fires: 1 }, { fires: 1 }, { fires: 0 }, { mistakes: [{}] }]);
    expect(await host.call('lab.why', { unit, rules, data, at: 3500 })).toMatchObject({
      t: 3500,
      rules: [{ state: 'PENDING', since: 2000, due: 4000, condition: { truth: 1, value: '72.000' } }],
    });
    const whyNot = await host.call('lab.whyNot', { unit, rules, data, rule: 0, from: 7000, to: 11_000 });
    expect(whyNot).toMatchObject({ reason: 'too-short', longest: 0, needed: 2000 });
  });

  it('leaves a sweep where a newer one is asked for, and replays in between', async () => {
    const rules = hot('70');
    const asked = { unit, rules, data, rule: 0, path: 'when.above' };
    const values = Array.from({ length: 100 }, (_, i) => String(20 + i));
    const [older, replayed, newer] = await Promise.allSettled([
      host.call('lab.sweep', { ...asked, values }),
      host.call('lab.replay', { unit, rules, data }),
      host.call('lab.sweep', { ...asked, values: values.slice(0, 20) }),
    ]);
    expect(older).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } });
    expect(replayed).toMatchObject({ value: { rules: [{ fires: 1 }] } });
    expect(newer).toMatchObject({ value: { length: 20 } });
  });

  it('puts faults in, and names what is wrong with one', async () => {
    const spike = (height: string) => ({
      recording: 'r1',
      faults: [{ kind: 'spike' as const, input: 't1', at: 3000, height }],
    });
    const rules = hot('70');
    expect(await host.call('lab.replay', { unit, rules, data: spike('-20') })).toMatchObject({
      rules: [{ fires: 0 }],
    });
    await expect(host.call('lab.replay', { unit, rules, data: spike('0.0001') })).rejects.toThrow(
      'fault 1, height: 0.0001 is not a whole number of steps of 0.001',
    );
  });

  it('answers with the mistakes of a draft', async () => {
    const rules = AuthorRules.parse([{ id: 'x', when: { sensor: 'p9', above: '1' } }]);
    expect(await host.call('lab.replay', { unit, rules, data })).toMatchObject({
      mistakes: [{ path: '0.when.sensor' }],
    });
    const none = host.call('lab.whyNot', { unit, rules: hot('1'), data, rule: 3, from: 0, to: 1 });
    await expect(none).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const missing = host.call('lab.replay', { unit, rules: hot('1'), data: { recording: 'r7' } });
    await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('has its templates', async () => {
  const { templates, deadBands } = await host.call('lab.templates', {});
  expect(templates).toHaveLength(8);
  expect(deadBands.source).toContain('EEMUA');
});
