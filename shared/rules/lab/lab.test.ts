import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Origin } from '../../contract/lab.ts';
import type { DataFault } from '../../contract/recordings.ts';
import { AuthorRule } from '../../contract/validate.ts';
import { anyCase } from '../arbitrary.fixture.ts';
import { compileRules } from '../compile.ts';
import { createEngine } from '../engine.ts';
import { coverageOf } from './coverage.ts';
import { recordingOf } from './recording.ts';
import { replayRecording } from './replay.ts';
import { keepAsTest, runRuleTest } from './rule-test.ts';
import { runSeen } from './run-seen.ts';
import { delaysBetween, sweep, thresholdsBetween } from './sweep.ts';

const channels = [{ id: 't1', quantum: '0.1', unit: 'degC', min: '-20', max: '120', staleMs: 2000 }];
const hot = AuthorRule.parse({ id: 'hot', when: { sensor: 't1', above: '70', deadband: '1' }, for: '1s' });
const formOf = (...rules: AuthorRule[]): unknown => {
  const compiled = compileRules(rules, channels);
  if ('mistakes' in compiled) throw new Error(JSON.stringify(compiled.mistakes));
  return JSON.parse(compiled.text);
};
/** One value a second, in tenths of a degree. */
const seconds = (...values: (number | null)[]) =>
  recordingOf(values.map((value, i) => ({ t: i * 1000, inputs: { t1: value } })));
const humps = seconds(600, 710, 720, 715, 600, 600, 705, 600, 720, 720, 720, 600);

describe('replay of a draft', () => {
  it('decides as the engine does frame by frame', () => {
    fc.assert(
      fc.property(anyCase, ({ form, frames }) => {
        const plain = frames.map(([t, inputs]) => ({ t, inputs }));
        const engine = createEngine(form);
        const expected = plain.flatMap(({ t, inputs }) => engine.feed(t, inputs));
        const { events, late } = replayRecording(form, recordingOf(plain));
        expect(events).toEqual(expected);
        expect(late).toBe(engine.late);
      }),
      { numRuns: 60 },
    );
  });

  it('counts alarms, time in alarm, alarms a day', () => {
    const { rules, duration } = replayRecording(formOf(hot), humps);
    expect(duration).toBe(11_000);
    expect(rules).toEqual([
      {
        id: 'hot',
        alarms: [
          { from: 2000, until: 4000, reminders: 0 },
          { from: 9000, until: 11_000, reminders: 0 },
        ],
        fires: 2,
        timeInAlarm: 4000,
        alarmsPerDay: (2 * 86_400) / 11,
        noise: ['often'],
      },
    ]);
  });

  it('says what would be noise', () => {
    const beats = seconds(...Array.from({ length: 60 }, (_, i) => (i % 4 < 2 ? 720 : 600)));
    expect(replayRecording(formOf(hot), beats).rules[0]?.noise).toEqual(['often', 'chatters', 'fleeting']);
    const stands = seconds(600, ...Array.from({ length: 9000 }, () => 720));
    expect(replayRecording(formOf(hot), stands).rules[0]).toMatchObject({ fires: 1, noise: ['standing'] });
    const calm = seconds(...Array.from({ length: 100 }, () => 600));
    expect(replayRecording(formOf(hot), calm).rules[0]).toMatchObject({ fires: 0, noise: [] });
  });
});

describe('sweep', () => {
  const base = { rules: [hot], rule: 0, channels, recording: humps };

  it('shows alarms against the threshold and against the delay', () => {
    const values = thresholdsBetween('69', '73', 3, '0.1');
    expect(values).toEqual(['69.0', '71.0', '73.0']);
    const points = sweep({ ...base, path: 'when.above', values });
    expect(points.map((point) => 'fires' in point && [point.value, point.fires])).toEqual([
      ['69.0', 2],
      ['71.0', 2],
      ['73.0', 0],
    ]);
    const delays = sweep({ ...base, path: 'for', values: delaysBetween(0, 4000, 3) });
    expect(delays.map((point) => 'fires' in point && [point.value, point.fires])).toEqual([
      ['0s', 3],
      ['2s', 2],
      ['4s', 0],
    ]);
  });

  it('never fires more often with a longer delay, or a higher threshold without a dead-band', () => {
    const walk = fc.array(fc.integer({ min: 600, max: 800 }), { minLength: 5, maxLength: 80 });
    fc.assert(
      fc.property(walk, (values) => {
        const points = sweep({
          ...base,
          recording: seconds(...values),
          path: 'for',
          values: delaysBetween(0, 9000, 10),
        });
        const fires = points.map((point) => ('fires' in point ? point.fires : -1));
        expect(fires).toEqual(fires.toSorted((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });

  it('goes over counts, and names a mistake by the place of the rule', () => {
    const often = AuthorRule.parse({
      id: 'often',
      when: { times: 2, within: '1min', of: { sensor: 't1', above: '70' } },
    });
    const points = sweep({
      ...base,
      rules: [hot, often],
      rule: 1,
      path: 'when.times',
      values: ['1', '2', '3', '9999'],
    });
    expect(points).toMatchObject([{ fires: 1 }, { fires: 1 }, { fires: 1 }, { mistakes: [{}] }]);
    const wrong = sweep({ ...base, rules: [hot, hot], rule: 1, path: 'when.above', values: ['999'] });
    expect(wrong).toMatchObject([{ mistakes: [{ path: '1.when.above' }] }]);
  });

  it('names values that no rule can have', () => {
    expect(sweep({ ...base, path: 'when.above', values: ['70.05', 'x', '999'] })).toMatchObject([
      { mistakes: [{ path: '0.when.above' }] },
      { mistakes: [{ path: 'when.above' }] },
      { mistakes: [{ path: '0.when.above' }] },
    ]);
  });
});

describe('coverage and kept tests', () => {
  const form = formOf(hot);
  const calm = seconds(...Array.from({ length: 4000 }, () => 600));
  const hour = 3_600_000;
  const run = (origin: Origin, normal: boolean, recording = humps) =>
    runSeen(form, recording, { origin, name: origin, data: null, revision: '12345678', normal });

  it('asks for a rule that fired, cleared, and held its tongue', () => {
    expect(coverageOf(1, [run('injected', false)], hour)).toMatchObject([{ accepted: false, quiet: null }]);
    expect(coverageOf(1, [run('live', true, calm)], hour)).toMatchObject([{ accepted: false, fired: null }]);
    const all = [run('injected', false), run('bench', false), run('live', true, calm)];
    expect(coverageOf(1, all, hour)).toEqual([
      {
        fired: { origin: 'bench', run: 'bench', t: 2000 },
        cleared: { origin: 'bench', run: 'bench', t: 4000 },
        quiet: { origin: 'live', run: 'live', t: 0, ms: 3_999_000 },
        falseAlarms: [],
        accepted: true,
      },
    ]);
  });

  it('does not take silence of a rule that saw nothing, that was too short, or that was made up', () => {
    const blind = seconds(...Array.from({ length: 4000 }, () => null));
    const short = seconds(...Array.from({ length: 100 }, () => 600));
    for (const quiet of [run('live', true, blind), run('live', true, short), run('injected', true, calm)]) {
      expect(coverageOf(1, [run('bench', false), quiet], hour)).toMatchObject([
        { quiet: null, accepted: false },
      ]);
    }
  });

  it('counts of the silence only what the rule could see', () => {
    const away = seconds(...Array.from({ length: 4000 }, (_, i) => (i < 1000 ? 600 : null)));
    const known = run('live', true, away).rules[0]?.known ?? 0;
    expect([known > 990_000, known < 1_010_000]).toEqual([true, true]);
    const seen = [run('bench', false), run('live', true, away)];
    expect(coverageOf(1, seen, hour)).toMatchObject([{ quiet: null, accepted: false }]);
    expect(coverageOf(1, seen, 900_000)).toMatchObject([{ quiet: { ms: known }, accepted: true }]);
  });

  it('names runs with false alarms', () => {
    const found = coverageOf(1, [run('bench', false), run('live', true, calm), run('recording', true)], hour);
    expect(found).toMatchObject([{ accepted: false, falseAlarms: [{ run: 'recording', t: 2000 }] }]);
  });

  const kept = {
    name: 'humps',
    recording: 'r1',
    sha256: '0'.repeat(64),
    faults: [{ kind: 'spike', input: 't1', at: 5000, height: '20' }] satisfies DataFault[],
    seed: 1,
    rules: ['hot'],
  };

  it('keeps a replay as a test, and says what is missing when the rules decide otherwise', () => {
    const test = keepAsTest(form, humps, kept, channels);
    expect(test.expected).toHaveLength(6);
    const passed = { name: 'humps', passed: true, missing: 0, unexpected: 0, first: null };
    expect(runRuleTest(form, humps, test, channels)).toEqual(passed);
    const other = formOf(AuthorRule.parse({ id: 'other', when: { sensor: 't1', above: '0' } }), hot);
    expect(runRuleTest(other, humps, test, channels)).toEqual(passed);
    expect(runRuleTest(formOf({ ...hot, for: '2s' }), humps, test, channels)).toEqual({
      name: 'humps',
      passed: false,
      missing: 4,
      unexpected: 2,
      first: 'missing: hot ON at 2000 ms',
    });
  });

  it('fails where the rule is gone, even if nothing is expected of it', () => {
    const test = keepAsTest(form, calm, { ...kept, faults: [] }, channels);
    expect(test.expected).toEqual([]);
    expect(runRuleTest(formOf({ ...hot, id: 'hotter' }), calm, test, channels)).toMatchObject({
      passed: false,
      first: 'there is no rule hot any more',
    });
  });

  it('does not keep more than a person could look through', () => {
    const beats = seconds(...Array.from({ length: 1200 }, (_, i) => (i % 4 < 2 ? 720 : 600)));
    expect(() => keepAsTest(form, beats, { ...kept, faults: [] }, channels)).toThrow('600 times');
  });
});
