import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataFault } from '../../contract/recordings.ts';
import { AuthorRule } from '../../contract/validate.ts';
import { compileRules } from '../compile.ts';
import { type Fault, injectFaults } from './faults.ts';
import { faultsOf } from './faults-of.ts';
import { createLiveFaults } from './live-faults.ts';
import { recordingOf } from './recording.ts';
import { replayRecording } from './replay.ts';

const channels = [{ id: 't1', quantum: '0.1', unit: 'degC', staleMs: 2000 }];
const compiled = compileRules(
  [AuthorRule.parse({ id: 'hot', when: { sensor: 't1', above: '70' } })],
  channels,
);
const form: unknown = 'text' in compiled ? JSON.parse(compiled.text) : null;
/** One value a second, in tenths of a degree. */
const seconds = (...values: (number | null)[]) =>
  recordingOf(values.map((value, i) => ({ t: i * 1000, inputs: { t1: value } })));

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
    const { late } = replayRecording(form, injectFaults(even, [{ kind: 'clock', at: 5000, ms: -3000 }]));
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
    [{ kind: 'spike', input: 't1', at: 0, height: '0.05' }, 'fault 1, height: 0.05 is not a whole number'],
    [{ kind: 'spike', input: 'x', at: 0, height: '1' }, 'fault 1, input: there is no channel x'],
    [{ kind: 'noise', input: 't1', from: 0, to: 9, amplitude: '-1' }, 'fault 1, amplitude: it is below zero'],
    [
      { kind: 'drift', input: 't1', from: 0, to: 9, perHour: '999999999999' },
      'fault 1, perHour: 999999999999 is too',
    ],
    [{ kind: 'stuck', input: 't1', from: 9, to: 9 }, 'fault 1, to: it ends before it begins'],
  ])('%j is refused', (fault, words) => {
    expect(() => faultsOf([fault], channels, 0)).toThrow(words);
    expect(() => createLiveFaults([fault], channels)).toThrow(words);
  });

  it('change live frames as they change a recording of them', () => {
    const values = fc.array(fc.option(fc.integer({ min: 600, max: 800 })), {
      minLength: 3,
      maxLength: 60,
      size: 'max',
    });
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
