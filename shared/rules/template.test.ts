import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DeadBands, Template } from '../contract/rule-template.ts';
import { compileRules } from './compile.ts';
import {
  channelOf,
  fillTemplate,
  fitting,
  questionAt,
  sensorsAsked,
  usualAnswers,
  usualFor,
} from './template-fill.ts';
import { conditionText } from './text-print.ts';

const folder = new URL('../../resources/rules/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const templates = readdirSync(new URL('templates/', folder)).map((name) =>
  Template.parse(read(`templates/${name}`)),
);
const deadBands = DeadBands.parse(read('dead-bands.json'));
const channel = { quantum: '0.001', unit: 'degC', min: '-20', max: '120', staleMs: 2000 };
const channels = [
  { ...channel, id: 't1', measurand: 'temperature' },
  { ...channel, id: 't2', measurand: 'pressure' },
];

describe('templates', () => {
  it.each([
    ['a-without-b', '(t1 above 50.000) without (t2 above 50.000) within 30s', '0s', '0s'],
    ['pump-short-cycling', '6 times within 1h (t1 above 50.000 dead-band 1.400)', '0s', '0s'],
    ['rising-too-fast', 't1 smoothed light rising 14.000 per min over 30s', '60s', '0s'],
    ['sensor-silent', 't1 silent', '5s', '0s'],
    ['sensor-stuck', 't1 stuck for 10min tolerance 0', '0s', '0s'],
    ['too-hot', 't1 above 92.000 dead-band 1.400', '60s', '0s'],
    ['two-sensors-disagree', 't1 minus t2 outside -2.800 to 2.800 dead-band 0.700', '60s', '0s'],
    ['unusual', 't1 unusual 6 floor 0.700', '60s', '0s'],
  ])('%s with nothing but its suggestions', (id, text, on, off) => {
    const template = templates.find((each) => each.id === id);
    if (!template) throw new Error('no such template');
    const result = fillTemplate(template, 'my-rule', usualAnswers(template, {}, channels, deadBands));
    if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes));
    expect(conditionText(result.rule.when)).toBe(text);
    expect([result.rule.for, result.rule.clearAfter]).toEqual([on, off]);
    expect(compileRules([result.rule], channels)).toHaveProperty('text');
  });

  it('are all there is, each under its own name', () => {
    expect(templates.map(({ id }) => id).toSorted()).toHaveLength(8);
    for (const { questions, rule } of templates) {
      const used = [...JSON.stringify([rule, questions]).matchAll(/\{(\w+)\}/g)].map(([, id]) => id);
      const ids = questions.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(used));
    }
  });

  it('rounds a dead-band up to whole steps, at least one', () => {
    const template = templates.find(({ id }) => id === 'too-hot');
    if (!template) throw new Error('no such template');
    const coarse = (quantum: string) =>
      usualAnswers(template, {}, [{ ...channel, quantum, id: 't1', measurand: 'temperature' }], deadBands)
        .deadband;
    expect([coarse('0.5'), coarse('10'), coarse('0.7')]).toEqual(['1.5', '10', '1.4']);
  });

  it('asks whether every excursion matters, and delays the right end; the dead-band follows the measurand', () => {
    const template = templates.find(({ id }) => id === 'too-hot');
    if (!template) throw new Error('no such template');
    const answers = usualAnswers(template, { sensor: 't2', every: 'yes', limit: '80' }, channels, deadBands);
    const result = fillTemplate(template, 'hot', answers);
    expect(result).toMatchObject({
      rule: { for: '0s', clearAfter: '15s', when: { sensor: 't2', above: '80', deadband: '2.800' } },
    });
    expect(fillTemplate(template, 'hot', { ...answers, limit: '' })).toEqual({
      mistakes: [{ path: 'limit', message: 'is not answered' }],
    });
    expect(fillTemplate(template, 'hot', { ...answers, limit: '8,5' })).toMatchObject({
      mistakes: [{ path: 'when.above' }],
    });
  });

  const template = (id: string) => {
    const found = templates.find((each) => each.id === id);
    if (!found) throw new Error('no such template');
    return found;
  };

  it('say where a suggestion comes from', () => {
    const told = (id: string, about: string, of = channels) => {
      const { questions } = template(id);
      const question = questions.find((each) => each.id === about);
      if (question === undefined || question.kind === 'sensor') throw new Error('no such question');
      const answers = usualAnswers(template(id), {}, of, deadBands);
      return usualFor(question, channelOf(question, answers, of), deadBands);
    };
    const eemua = { from: 'eemua', measurand: 'temperature' };
    expect(told('too-hot', 'deadband')).toEqual({ ...eemua, text: '1.400', percent: '1' });
    expect(told('too-hot', 'settle')).toEqual({ ...eemua, text: '60s', percent: null });
    expect(told('too-hot', 'limit')).toMatchObject({ from: 'range', percent: '80' });
    expect(told('sensor-silent', 'patience')).toMatchObject({ from: 'template', text: '5s' });
    const voltage = [{ ...channel, id: 'u1', measurand: 'voltage' }];
    expect(told('unusual', 'settle', voltage)).toMatchObject({ text: '15s', measurand: null });
  });

  it('know which channels they can look at, and how many they need', () => {
    expect(fitting(template('too-hot'), channels).map(({ id }) => id)).toEqual(['t1']);
    expect(fitting(template('unusual'), channels)).toHaveLength(2);
    expect(templates.filter((each) => sensorsAsked(each) === 2).map(({ id }) => id)).toEqual([
      'a-without-b',
      'two-sensors-disagree',
    ]);
    const pressure = usualAnswers(template('too-hot'), {}, channels.slice(1), deadBands);
    expect([pressure.sensor, pressure.limit]).toEqual(['', '']);
  });

  it.each([
    ['too-hot', 'when.above', 'limit'],
    ['too-hot', 'limit', 'limit'],
    ['too-hot', 'for', 'settle'],
    ['too-hot', 'clearAfter', null],
    ['two-sensors-disagree', 'when.outside.0', 'difference'],
    ['a-without-b', 'when.first.above', 'limit'],
    ['a-without-b', 'when.without.above', 'otherLimit'],
    ['pump-short-cycling', 'when.times', 'starts'],
    ['too-hot', 'when', null],
  ])('%s: %s is the answer to %s', (id, path, question) => {
    const answers = usualAnswers(template(id), {}, channels, deadBands);
    expect(questionAt(template(id), answers, path)).toBe(question);
  });
});
