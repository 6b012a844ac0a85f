import { describe, expect, it } from 'vitest';
import { draftOf, drivingPoints, newRule, readDraft, readRules } from './draft.ts';

const high = { ...newRule('t1', []), threshold: '50' };
const low = { ...newRule('t1', ['alarm-1']), side: 'below' as const, threshold: '5' };

describe('rule form', () => {
  it('reads a rule, and shows what it read', () => {
    const read = readDraft(high);
    expect(read).toMatchObject({
      rule: { id: 'alarm-1', when: { sensor: 't1', above: '50', deadband: '1' }, for: '2s' },
    });
    if ('rule' in read) expect(draftOf(read.rule)).toEqual(high);
  });

  it.each([
    ['threshold', { threshold: '' }],
    ['threshold', { threshold: 'x', side: 'below' as const }],
    ['deadband', { deadband: '' }],
    ['id', { id: 'High' }],
    ['for', { for: '2 minutes' }],
    ['sensor', { sensor: '' }],
  ])('names %s as what is wrong', (problem, part) =>
    expect(readDraft({ ...high, ...part })).toEqual({ problem }),
  );

  it('takes no two rules of one name', () => {
    expect(readRules([high, high])).toBeNull();
    expect(readRules([high, low])).toHaveLength(2);
    expect(readRules([])).toBeNull();
  });

  it('gives a name that is free', () => expect(newRule('t1', ['alarm-2', 'x']).id).toBe('alarm-3'));
});

describe('set points for the proof', () => {
  const points = (...drafts: (typeof high)[]) => drivingPoints(readRules(drafts) ?? []);
  it('drives over and back', () => expect(points(high)).toEqual(['47', '52', '47']));
  it('drives under and back', () => expect(points({ ...high, ...low })).toEqual(['8', '3', '8']));
  it('drives both ways from the middle', () =>
    expect(points(high, low as typeof high)).toEqual(['27.5', '52', '27.5', '3', '27.5']));
});
