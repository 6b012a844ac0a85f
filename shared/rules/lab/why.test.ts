import { describe, expect, it } from 'vitest';
import { AuthorRule } from '../../contract/validate.ts';
import { compileRules } from '../compile.ts';
import { recordingOf } from './recording.ts';
import { whyAt } from './why.ts';
import { whyNot } from './why-not.ts';

const channels = ['t1', 'p1'].map((id) => ({ id, quantum: '0.1', unit: 'degC', staleMs: 5000 }));
const formOf = (...rules: object[]): unknown => {
  const parsed = rules.map((rule, i) => AuthorRule.parse({ id: `r${i}`, ...rule }));
  const compiled = compileRules(parsed, channels);
  if ('mistakes' in compiled) throw new Error(JSON.stringify(compiled.mistakes));
  return JSON.parse(compiled.text);
};
const hot = { sensor: 't1', above: '70', deadband: '1' };
const low = { sensor: 'p1', below: '5' };
/** Tenths of a degree, a second apart. */
const recording = recordingOf(
  [600, 690, 705, 710, 695, 600, null, 600].map((t1, i) => ({ t: i * 1000, inputs: { t1, p1: 100 - i } })),
);

describe('why', () => {
  const form = formOf({ when: { all: [hot, { ...low, not: true }] }, for: '5s' });

  it('shows state, timer and every condition with its value at an instant', () => {
    expect(whyAt(form, recording, 2500, channels).rules).toEqual([
      {
        id: 'r0',
        state: 'PENDING',
        since: 2000,
        due: 7000,
        suppressed: false,
        condition: {
          text: 'all of (t1 above 70.0 dead-band 1.0, not p1 below 5.0)',
          truth: 1,
          parts: [
            { text: 't1 above 70.0 dead-band 1.0', truth: 1, value: '70.5', away: '1.5', parts: [] },
            {
              text: 'not p1 below 5.0',
              truth: 1,
              parts: [{ text: 'p1 below 5.0', truth: 0, value: '9.8', away: '4.8', parts: [] }],
            },
          ],
        },
      },
    ]);
  });

  it('knows what is unknown, and what timers do between two frames', () => {
    expect(whyAt(form, recording, 6000, channels).rules[0]?.condition.parts[0]).toEqual({
      text: 't1 above 70.0 dead-band 1.0',
      truth: null,
      value: null,
      parts: [],
    });
    const late = whyAt(formOf({ when: { sensor: 't1', silent: true } }), recording, 20_000, channels);
    expect(late.rules[0]).toMatchObject({ state: 'ACTIVE', condition: { truth: 1, value: null } });
  });
});

it('is as the engine was, after a clock that stepped back', () => {
  const rows = [600, 690, 705, 710, 695, 600, 600, 600, 720].map((t1, i) => ({
    t: (i < 4 ? i : i - 3) * 1000,
    inputs: { t1 },
  }));
  const stepped = recordingOf(rows);
  const form = formOf({ when: hot });
  expect(whyAt(form, stepped, 3500, channels).rules[0]?.condition.value).toBe('71.0');
  expect(whyAt(form, stepped, 4500, channels).rules[0]?.condition.value).toBe('60.0');
  expect(whyAt(form, stepped, 5000, channels).rules[0]).toMatchObject({ state: 'ACTIVE' });
});

describe('timers in words', () => {
  const timerOf = (when: object, t: number, rule = recording) =>
    whyAt(formOf({ when }), rule, t, channels).rules[0]?.condition.timer;
  const still = recordingOf(Array.from({ length: 90 }, (_, i) => ({ t: i * 1000, inputs: { t1: 600 } })));

  it.each<[string, object, number, string | undefined]>([
    ['a sensor that stands still', { sensor: 't1', stuck: '1min' }, 12_300, 'still for 12s of 1min'],
    ['one that stands longer', { sensor: 't1', stuck: '1min' }, 80_000, 'still for 1min of 1min'],
    [
      'a count',
      { times: 3, within: '10min', of: { sensor: 't1', above: '50' } },
      5000,
      '1 of 3 within 10min',
    ],
    ['an old count', { times: 3, within: '2s', of: { sensor: 't1', above: '50' } }, 2000, '0 of 3 within 2s'],
    [
      'a follower',
      { first: { sensor: 't1', above: '50' }, followedBy: { sensor: 't1', above: '90' }, within: '5s' },
      1500,
      'waits 3500ms more',
    ],
    [
      'a follower that is too late',
      { first: { sensor: 't1', above: '50' }, followedBy: { sensor: 't1', above: '90' }, within: '5s' },
      9000,
      undefined,
    ],
    [
      'what is missing',
      { first: { sensor: 't1', above: '50' }, without: { sensor: 't1', above: '90' }, within: '5s' },
      6000,
      'missing since 1s',
    ],
    ['a plain threshold', { sensor: 't1', above: '50' }, 6000, undefined],
  ])('%s', (_, when, t, expected) => {
    expect(timerOf(when, t, still)).toBe(expected);
  });
});

describe('why not', () => {
  const ask = (rule: object, from = 0, to = 7000, index = 0, ...others: object[]) =>
    whyNot(formOf(rule, ...others), recording, { rule: index, from, to }, channels);

  it('fired, or was on already', () => {
    expect(ask({ when: hot })).toEqual({ reason: 'fired', at: 2000 });
    expect(ask({ when: hot }, 3000)).toMatchObject({ reason: 'already-on' });
    expect(ask({ when: hot }, 2000)).toEqual({ reason: 'fired', at: 2000 });
  });

  it('did not last long enough', () => {
    expect(ask({ when: hot, for: '5s' })).toEqual({
      reason: 'too-short',
      longest: 2000,
      needed: 5000,
      at: 2000,
    });
  });

  it('never held: how near it came, and when', () => {
    expect(ask({ when: { sensor: 't1', above: '75' } })).toEqual({
      reason: 'never-held',
      at: 3000,
      nearest: { text: 't1 above 75.0', truth: 0, value: '71.0', away: '4.0', parts: [] },
    });
  });

  it('was silenced, had no crossing, knew nothing, had no frames', () => {
    const silenced = { when: hot, inhibitedBy: ['r1'] };
    const other = { when: { sensor: 't1', above: '60' } };
    expect(ask(silenced, 0, 7000, 0, other)).toEqual({ reason: 'suppressed', at: 2000 });
    expect(ask({ when: { sensor: 't1', above: '10' }, onlyOnCrossing: true }, 0, 5000)).toMatchObject({
      reason: 'no-crossing',
      at: 0,
    });
    expect(ask({ when: hot }, 6000, 6500)).toMatchObject({ reason: 'unknown' });
    expect(ask({ when: hot }, 100, 900)).toEqual({ reason: 'no-frames' });
  });
});
