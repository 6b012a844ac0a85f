import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Profile } from '../../../../shared/contract/profile.ts';
import { DeadBands, Template } from '../../../../shared/contract/rule-template.ts';
import { draftOf } from '../draft.ts';
import { addedRule, unfitFor } from './adding.ts';

const resources = new URL('../../../../resources/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, resources), 'utf8'));
const templates = readdirSync(new URL('rules/templates/', resources)).map((name) =>
  Template.parse(read(`rules/templates/${name}`)),
);
const deadBands = DeadBands.parse(read('rules/dead-bands.json'));
const { channels } = Profile.parse(read('profiles/bench-thermometer.json'));
const two = channels.flatMap((channel) => [channel, { ...channel, id: 't2' }]);
const words = { ruleTitle: () => null };

const template = (id: string): Template => {
  const found = templates.find((each) => each.id === id);
  if (!found) throw new Error('no such template');
  return found;
};
const added = (id: string, answers = {}, drafts: Parameters<typeof addedRule>[4] = []) =>
  addedRule(template(id), answers, deadBands, two, drafts, words);

describe('a rule by what it means', () => {
  it.each(templates)('$id works with nothing but its usual answers', ({ id }) => {
    const made = added(id);
    expect(made.mistakes).toEqual([]);
    expect(made).toHaveProperty('rule.id', id);
  });

  it('says why a unit cannot have it', () => {
    const unfit = templates.flatMap((each) => {
      const why = unfitFor(each, channels);
      return why === null ? [] : [[each.id, why.needed, why.has]];
    });
    expect(unfit).toEqual([
      ['a-without-b', 2, 1],
      ['two-sensors-disagree', 2, 1],
    ]);
    const pressures = two.map((channel) => ({ ...channel, measurand: 'pressure' }));
    expect(unfitFor(template('too-hot'), pressures)).toEqual({
      measurands: ['temperature'],
      needed: 1,
      has: 0,
    });
    expect(templates.filter((each) => unfitFor(each, two) !== null)).toEqual([]);
  });

  it.each([
    ['too-hot', { limit: '500' }, 'limit'],
    ['too-hot', { limit: '' }, 'limit'],
    ['too-hot', { limit: 'hot' }, 'limit'],
    ['too-hot', { deadband: '-1' }, 'deadband'],
    ['too-hot', { settle: 'a while' }, 'settle'],
    ['too-hot', { every: 'maybe' }, 'every'],
    ['pump-short-cycling', { starts: 'six' }, 'starts'],
    ['two-sensors-disagree', { other: 't1' }, 'other'],
    ['unusual', { times: '0.01' }, 'times'],
  ])('%s with %o is wrong at its question', (id, answers, question) => {
    expect(added(id, answers).mistakes.map(({ path }) => path)).toContain(question);
  });

  it('bears a name that no other rule has, and the title in the words of the page', () => {
    const first = added('too-hot');
    if (!('rule' in first)) throw new Error('no rule');
    expect(added('too-hot', {}, [draftOf(first.rule)])).toHaveProperty('rule.id', 'too-hot-2');
    const german = { ruleTitle: () => 'Zu heiß' };
    expect(addedRule(template('too-hot'), {}, deadBands, two, [], german)).toHaveProperty(
      'rule.title',
      'Zu heiß',
    );
  });

  it('reads answers with spaces in them', () =>
    expect(added('too-hot', { settle: '5 s', limit: ' 70' })).toMatchObject({
      mistakes: [],
      rule: { for: '5s', when: { above: '70' } },
    }));
});
