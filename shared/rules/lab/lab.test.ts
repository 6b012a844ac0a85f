import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Origin } from '../../contract/lab.ts';
import type { DataFault } from '../../contract/recordings.ts';
import { AuthorRule } from '../../contract/validate.ts';
import { anyCase } from '../arbitrary.fixture.ts';
import { compileRules } from '../compile.ts';
import { createEngine } from '../engine.ts';
import { coverageOf } from './coverage.ts';
import { type Fault, injectFaults } from './faults.ts';
import { faultsOf } from './faults-of.ts';
import { createLiveFaults } from './live-faults.ts';
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

  it('names values that no rule can have', () => {
    expect(sweep({ ...base, path: 'when.above', values: ['70.05', 'x', '999'] })).toMatchObject([
      { mistakes: [{ path: '0.when.above' }] },
      { mistakes: [{ path: 'when.above' }] },
      { mistakes: [{ path: '0.when.above' }] },
    ]);
  });
});

describe('faults', () => {
  const even = seconds(...Array.from({ length: 10 }, () => 600));
  const column = (...faults: Fault[]) => [...(injectFaults(even, faults, 7).samples[0] ?? [])];
  const during = { input: 't1', from: 3000, to: 6000 };

  it.each<[Fault, number[]]>([
    [
      { kind: 'spike', input: 't1', at: 2500, height: 200 },
      [600, 600, 600, 800, 600, 600, 600, 600, 600, 600],
    ],
    [
      { kind: 'dropout', ...during, how: 'bad' },
      [600, 600, 600, Number.NaN, Number.NaN, Number.NaN, 600, 600, 600, 600],
    ],
    [{ kind: 'drift', ...during, perHour: 36_000 }, [600, 600, 600, 600, 610, 620, 630, 630, 630, 630]],
  ])('%j', (fault, expected) => {
    expect(column(fault)).toEqual(expected);
  });

  it('hold a value, spread it, and leave the rest and the given recording alone', () => {
    const rising = seconds(1, 2, 3, 4, 5, 6, 7, 8);
    const held = injectFaults(rising, [{ kind: 'stuck', ...during }]);
    expect([...(held.samples[0] ?? [])]).toEqual([1, 2, 3, 3, 3, 3, 7, 8]);
    const noisy = column({ kind: 'noise', ...during, amplitude: 50 });
    expect(noisy).toEqual(column({ kind: 'noise', ...during, amplitude: 50 }));
    expect(noisy.filter((x) => x !== 600).length).toBeGreaterThan(1);
    expect(noisy.every((x, i) => Math.abs(x - 600) <= (i >= 3 && i < 6 ? 50 : 0))).toBe(true);
    expect([...(even.samples[0] ?? [])]).toEqual(Array.from({ length: 10 }, () => 600));
  });

  it('step the clock: back, and frames are late until it has caught up', () => {
    const { late } = replayRecording(
      formOf(hot),
      injectFaults(even, [{ kind: 'clock', at: 5000, ms: -3000 }]),
    );
    expect(late).toBe(3);
    expect(injectFaults(even, [{ kind: 'clock', at: 5000, ms: 60_000 }]).times[5]).toBe(65_000);
  });
});

/** Faults of t1 somewhere in a minute. */
const anyFault: fc.Arbitrary<DataFault> = fc
  .tuple(
    fc.integer({ min: -1000, max: 60_000 }),
    fc.integer({ min: 1, max: 40_000 }),
    fc.integer({ min: -900, max: 900 }),
  )
  .chain(([from, length, tenths]) => {
    const during = { input: 't1', from, to: from + length };
    const value = (tenths / 10).toFixed(1).replace(/^-0\.0$/, '0.0');
    return fc.constantFrom<DataFault>(
      { kind: 'spike', input: 't1', at: from, height: value },
      { kind: 'stuck', ...during },
      { kind: 'dropout', ...during, how: 'bad' },
      { kind: 'dropout', ...during, how: 'silent' },
      { kind: 'drift', ...during, perHour: value },
      { kind: 'noise', ...during, amplitude: value.replace('-', '') },
      { kind: 'clock', at: from, ms: tenths * 10 },
    );
  });

describe('faults as a person gives them', () => {
  it('are counted exactly, from the first row on', () => {
    const given: DataFault[] = [
      { kind: 'spike', input: 't1', at: 1500, height: '-2.5' },
      { kind: 'clock', at: 10, ms: 5 },
    ];
    expect(faultsOf(given, channels, 7000)).toEqual([
      { kind: 'spike', input: 't1', at: 8500, height: -25 },
      { kind: 'clock', at: 7010, ms: 5 },
    ]);
  });

  it.each<[DataFault, string]>([
    [{ kind: 'spike', input: 't1', at: 0, height: '0.05' }, 'faults.0.height: 0.05 is not a whole number'],
    [{ kind: 'spike', input: 'x', at: 0, height: '1' }, 'faults.0.input: there is no channel x'],
    [{ kind: 'noise', input: 't1', from: 0, to: 9, amplitude: '-1' }, 'faults.0.amplitude: it is below zero'],
    [
      { kind: 'drift', input: 't1', from: 0, to: 9, perHour: '999999999999' },
      'faults.0.perHour: 999999999999 is too',
    ],
    [{ kind: 'stuck', input: 't1', from: 9, to: 9 }, 'faults.0.to: it ends before it begins'],
  ])('%j is refused', (fault, words) => {
    expect(() => faultsOf([fault], channels, 0)).toThrow(words);
    expect(() => createLiveFaults([fault], channels)).toThrow(words);
  });

  it('change live frames as they change a recording of them', () => {
    const values = fc.array(fc.option(fc.integer({ min: 600, max: 800 })), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.array(anyFault, { maxLength: 5 }), fc.nat(99), (samples, faults, seed) => {
        const frames = samples.map((t1, i) => ({ t: 5000 + i * 1000, inputs: { t1 } }));
        const live = createLiveFaults(faults, channels, seed);
        const changed = recordingOf(frames.map(({ t, inputs }) => live(t, inputs)));
        const whole = injectFaults(recordingOf(frames), faultsOf(faults, channels, 5000), seed);
        expect(changed.times).toEqual(whole.times);
        // Where nothing of an input is left, there is no column of it.
        expect(changed.samples[0] ?? frames.map(() => Number.POSITIVE_INFINITY)).toEqual(
          changed.samples[0] ? whole.samples[0] : [...(whole.samples[0] ?? [])],
        );
      }),
      { numRuns: 300 },
    );
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
