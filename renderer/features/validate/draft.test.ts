import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Profile } from '../../../shared/contract/profile.ts';
import { DeadBands } from '../../../shared/contract/rule-template.ts';
import { anyRules } from '../../../shared/rules/author.fixture.ts';
import { draftOf, drivingPoints, freeName, newRule, readDraft, readRules } from './draft.ts';

const resources = new URL('../../../resources/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, resources), 'utf8'));
const deadBands = DeadBands.parse(read('rules/dead-bands.json'));
const [t1] = Profile.parse(read('profiles/bench-thermometer.json')).channels;

const fresh = newRule(t1, deadBands, []);
const high = { ...fresh, threshold: '50', deadband: '1' };
const low = { ...high, id: 'low', side: 'below' as const, threshold: '5' };

describe('rule form', () => {
  it('begins with what EEMUA 191 has for the measurand', () =>
    expect(fresh).toMatchObject({ sensor: 't1', deadband: '1.400', for: '60s', clearAfter: '0s' }));

  it('reads a rule, and shows what it read', () => {
    const read = readDraft(high);
    expect(read).toMatchObject({
      rule: { id: 'alarm', when: { sensor: 't1', above: '50', deadband: '1' }, for: '60s' },
    });
    if ('rule' in read) expect(draftOf(read.rule)).toEqual(high);
  });

  it('loses nothing of any rule', () =>
    fc.assert(
      fc.property(anyRules, (rules) => {
        expect(rules.map(draftOf).map(readDraft)).toEqual(rules.map((rule) => ({ rule })));
      }),
      { numRuns: 300 },
    ));

  it.each([
    ['when.above', { threshold: '' }],
    ['when.below', { threshold: 'x', side: 'below' as const }],
    ['when.deadband', { deadband: 'wide' }],
    ['id', { id: 'High' }],
    ['for', { for: '2 minutes' }],
    ['when.sensor', { sensor: '' }],
    ['when', { condition: 't1 above' }],
    ['when', { condition: 't1 above 5 t2' }],
    ['remind.times', { remindEvery: '5min' }],
    ['remind.every', { remindTimes: '5' }],
    ['remind.times', { remindEvery: '5min', remindTimes: '0' }],
    ['firstOut', { firstOut: 'Group 1' }],
    ['shelveAtMost', { shelveAtMost: 'long' }],
    ['actions.0.output', { actions: [{ output: '', level: 1 as const }] }],
    ['actions.0.output', { actions: [{ output: '256', level: 1 as const }] }],
  ])('names %s as what is wrong', (path, part) => {
    const read = readDraft({ ...high, ...part });
    expect('mistakes' in read && read.mistakes.map((mistake) => mistake.path)).toEqual([path]);
  });

  it('names every field that is wrong, and where in the condition', () => {
    const read = readDraft({ ...high, condition: 't1 abve 5', for: '', id: 'X' });
    expect('mistakes' in read && read.mistakes.map(({ path }) => path)).toEqual(['when', 'id', 'for']);
    expect('mistakes' in read && read.mistakes[0]?.message).toContain('column 4: ');
  });

  it('takes no two rules of one name', () => {
    expect(readRules([high, high])).toBeNull();
    expect(readRules([high, low])).toHaveLength(2);
    expect(readRules([])).toBeNull();
  });

  it('gives a name that is free', () => {
    expect(freeName('alarm', ['x'])).toBe('alarm');
    expect(freeName('alarm', ['alarm', 'alarm-2'])).toBe('alarm-3');
  });
});

describe('set points for the proof', () => {
  const points = (...drafts: (typeof high)[]) => drivingPoints(readRules(drafts) ?? []);
  it('drives over and back', () => expect(points(high)).toEqual(['47', '52', '47']));
  it('drives under and back', () => expect(points({ ...high, ...low })).toEqual(['8', '3', '8']));
  it('drives both ways from the middle', () =>
    expect(points(high, low as typeof high)).toEqual(['27.5', '52', '27.5', '3', '27.5']));
  it('drives between the thresholds of one thing and of what must follow it', () => {
    const [rule] = readRules([high]) ?? [];
    if (!rule) throw new Error('the rule is not there');
    const first = { sensor: 't1', above: '30' };
    const when = { first, without: { sensor: 't2', above: '60' }, within: '8s' };
    expect(drivingPoints([{ ...rule, when }])).toEqual(['28', '45', '62', '28']);
    expect(drivingPoints([{ ...rule, when: { sensor: 't1', minus: 't2', outside: ['-1', '1'] } }])).toEqual(
      [],
    );
  });
});
