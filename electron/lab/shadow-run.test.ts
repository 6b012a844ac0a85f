import { describe, expect, it } from 'vitest';
import type { Frame } from '../../shared/contract/devices.ts';
import type { DataFault } from '../../shared/contract/recordings.ts';
import { AuthorRules } from '../../shared/contract/validate.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import { ShadowRun } from './shadow-run.ts';

const channels = [{ id: 't1', quantum: '0.1', unit: 'degC', staleMs: 5000 }];
const compiled = compileRules(
  AuthorRules.parse([
    { id: 'hot', when: { sensor: 't1', above: '70' }, for: '2s' },
    { id: 'cold', when: { sensor: 't1', below: '0' } },
  ]),
  channels,
);
const text = 'text' in compiled ? compiled.text : '';
const facts = { origin: 'live', name: 'x', data: null, revision: '12345678', normal: true } as const;

const started = (faults: DataFault[] = []) => new ShadowRun(text, channels, faults);
/** A frame a second, in degrees. */
const frame = (seq: number, value: number | null): Frame => ({
  seq,
  t: seq * 1000,
  at: 0,
  channels: [{ id: 't1', value: value === null ? null : value * 10, raw: null }],
});
const fed = (run: ShadowRun, values: readonly (number | null)[], from = 1): void => {
  for (const [i, value] of values.entries()) run.frame(frame(from + i, value));
};

describe('the shadow', () => {
  it('decides on live frames, and says what it saw', () => {
    const run = started();
    fed(run, [60, 75, 75, 75, 60, 60]);
    expect(run.now()).toEqual({
      frames: 6,
      t: 6000,
      states: ['NORMAL', 'NORMAL'],
      fires: [1, 0],
      recent: [
        { seq: 4, t: 4000, rule: 0, kind: 'ON' },
        { seq: 5, t: 5000, rule: 0, kind: 'OFF' },
      ],
    });
    expect(run.seen(facts)).toEqual({
      ...facts,
      from: 1000,
      to: 6000,
      rules: [
        { fired: 4000, cleared: 5000, alarms: 1, saw: true, known: 5000 },
        { fired: null, cleared: null, alarms: 0, saw: true, known: 5000 },
      ],
    });
  });

  it('starts cold after a gap, and held its tongue only for as long as nothing was missing', () => {
    const run = started();
    fed(run, [60, 75, 75]);
    fed(run, [75, 75], 5);
    expect([run.restarts, run.now().fires]).toEqual([1, [0, 0]]);
    fed(run, [75], 7);
    expect(run.now().fires).toEqual([1, 0]);
    expect(run.seen(facts)).toMatchObject({ from: 1000, to: 3000, rules: [{ fired: 7000, alarms: 1 }, {}] });
  });

  it('starts cold when the unit restarts, or a line was damaged', () => {
    const run = started();
    run.restart();
    expect(run.restarts).toBe(0);
    fed(run, [60, 60, 60, 60]);
    fed(run, [60, 60], 1);
    run.restart();
    expect(run.restarts).toBe(2);
    expect(run.now().states).toEqual(['NORMAL', 'NORMAL']);
    expect(run.seen(facts)).toMatchObject({ from: 1000, to: 4000 });
  });

  it('has seen nothing where nothing came, or nothing but bad values', () => {
    expect(started().seen(facts)).toBeNull();
    const blind = started();
    fed(blind, [null, null]);
    expect(blind.seen(facts)?.rules).toMatchObject([{ saw: false }, { saw: false }]);
    const away = started();
    fed(away, [60, 60, null, null, 60, 60]);
    expect(away.seen(facts)?.rules).toMatchObject([{ saw: true, known: 2000 }, { known: 2000 }]);
  });

  it('puts faults in as they are made up', () => {
    const run = started([{ kind: 'spike', input: 't1', at: 2000, height: '-80' }]);
    fed(run, [60, 60, 60, 60]);
    expect(run.now().recent).toMatchObject([
      { seq: 3, rule: 1, kind: 'ON' },
      { seq: 4, rule: 1, kind: 'OFF' },
    ]);
  });
});
