import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuthorRule } from '../../contract/validate.ts';
import { compileRules } from '../compile.ts';
import { type ImproveRequest, improve } from './improve.ts';
import { recordingOf } from './recording.ts';
import { type Alarm, replayRecording } from './replay.ts';
import { delaysBetween, thresholdsBetween } from './sweep.ts';

const channels = [{ id: 't1', quantum: '0.1', unit: 'degC', min: '-20', max: '120', staleMs: 5000 }];
const hot = AuthorRule.parse({ id: 'hot', when: { sensor: 't1', above: '70', deadband: '1' } });
const seconds = (...values: number[]) =>
  recordingOf(values.map((value, i) => ({ t: i * 1000, inputs: { t1: value } })));
const alarmsOf = (rule: AuthorRule, recording: ImproveRequest['recording']): Alarm[] => {
  const compiled = compileRules([rule], channels);
  if ('mistakes' in compiled) throw new Error(JSON.stringify(compiled.mistakes));
  return replayRecording(JSON.parse(compiled.text), recording).rules[0]?.alarms ?? [];
};
/** A short hump of 71.5, a long one of 74. */
const humps = seconds(600, 715, 600, 600, 740, 740, 740, 600, 600);
const asked: ImproveRequest = {
  rules: [hot],
  rule: 0,
  path: 'when.above',
  values: thresholdsBetween('60', '80', 201, '0.1'),
  channels,
  recording: humps,
  judged: [
    { from: 1000, right: false },
    { from: 4000, right: true },
  ],
};

describe('a value learned from alarms that were judged', () => {
  it('is the nearest that leaves out the wrong ones and keeps the right ones', () => {
    expect(improve(asked)).toBe('71.6');
    expect(improve({ ...asked, path: 'for', values: delaysBetween(0, 5000, 51) })).toBe('1s');
    const short = [
      { from: 1000, right: true },
      { from: 4000, right: false },
    ];
    expect(improve({ ...asked, judged: short })).toBeNull();
    expect(improve({ ...asked, judged: [{ from: 1000, right: true }] })).toBe('70.0');
  });

  it('passes over what is no value of the field, and refuses an alarm that is not there', () => {
    expect(improve({ ...asked, values: ['soon', '5s', '75', '71.61', '73'] })).toBe('73');
    expect(() => improve({ ...asked, judged: [{ from: 1, right: true }] })).toThrow('alarm 1');
    expect(() =>
      improve({ ...asked, rules: [{ ...hot, when: { sensor: 'x', above: '1', not: false } }] }),
    ).toThrow('0.when.sensor');
  });

  it('holds for any course and any judgement', () => {
    const course = fc.array(fc.integer({ min: 650, max: 760 }), { minLength: 4, maxLength: 60 });
    const verdicts = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
    const field = fc.constantFrom<Pick<ImproveRequest, 'path' | 'values'>>(
      { path: 'when.above', values: thresholdsBetween('66', '76', 51, '0.1') },
      { path: 'for', values: delaysBetween(0, 4000, 9) },
    );
    fc.assert(
      fc.property(course, verdicts, field, (values, rights, { path, values: given }) => {
        const recording = seconds(...values);
        const today = alarmsOf(hot, recording);
        fc.pre(today.length > 0);
        const judged = today.map(({ from }, i) => ({ from, right: rights[i] === true }));
        const found = improve({ ...asked, recording, path, values: given, judged });
        const fits = (value: string): boolean => {
          const rule =
            path === 'for' ? { ...hot, for: value } : { ...hot, when: { ...hot.when, above: value } };
          const alarms = alarmsOf(rule, recording);
          const within = ({ from, until }: Alarm, t: number): boolean => from <= t && t < (until ?? 1e9);
          // Looked at moment by moment, another way than by intervals.
          return today.every((old, i) => {
            const moments = Array.from({ length: 2 * values.length }, (_, half) => half * 500);
            const seen = moments.some((t) => within(old, t) && alarms.some((one) => within(one, t)));
            return seen === rights[i];
          });
        };
        const away = (value: string): number =>
          path === 'for' ? given.indexOf(value) : Math.abs(Math.round(Number(value) * 10) - 700);
        const best = given.filter(fits).toSorted((a, b) => away(a) - away(b))[0];
        expect(found === null ? null : away(found)).toBe(best === undefined ? null : away(best));
        if (found !== null) expect(fits(found)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
