import { describe, expect, it } from 'vitest';
import { AuthorRule } from '../contract/validate.ts';
import { compileRules } from './compile.ts';
import { readDeviceForm } from './device-form.ts';
import { createEngine } from './engine.ts';

const channels = [
  { id: 't1', quantum: '0.001', unit: 'degC', min: '-20', max: '120', staleMs: 2000 },
  { id: 'p1', quantum: '0.05', unit: 'bar', staleMs: 0 },
];
const second = { id: 't2', quantum: '0.001', unit: 'degC', staleMs: 0 };
const rule = (change: object = {}, when: object = {}) =>
  AuthorRule.parse(
    JSON.parse(
      JSON.stringify({
        id: 'hot',
        when: { sensor: 't1', above: '70.0', deadband: '0.5', ...when },
        ...change,
      }),
    ),
  );
const compile = (...rules: AuthorRule[]) => {
  const compiled = compileRules(rules, channels);
  if ('mistakes' in compiled) throw new Error(JSON.stringify(compiled.mistakes));
  return compiled;
};
const mistakes = (...rules: AuthorRule[]) => {
  const compiled = compileRules(rules, channels);
  return 'mistakes' in compiled ? compiled.mistakes.map(({ path, message }) => `${path} ${message}`) : [];
};

describe('compileRules', () => {
  it('writes the device form, whole numbers only', () => {
    const hot = rule({ for: '5s', clearAfter: '10s', ifNoData: 'fire', severity: 'high' });
    const low = rule(
      { id: 'low' },
      { sensor: 'p1', above: undefined, below: '1.5', deadband: '0.1', not: true },
    );
    const { text, ids } = compile(hot, low);
    expect(text).toBe(
      '{"v":1,"in":[["t1",2000],["p1",0]],"sig":[["in",0],["in",1]],' +
        '"cond":[["hi",0,70000,500],["lo",1,30,2],["not",1]],' +
        '"rule":[{"id":"hot","c":0,"on":5000,"off":10000,"unk":1,"sev":3},' +
        '{"id":"low","c":2,"on":0,"off":0,"unk":2,"sev":2}]}',
    );
    expect(ids).toEqual(['hot', 'low']);
    expect(createEngine(readDeviceForm(text)).rules).toBe(2);
  });

  it('gives the same bytes for the same rules', () => {
    expect(compile(rule()).text).toBe(compile(rule()).text);
  });

  it('says each rule in a sentence', () => {
    expect(compile(rule({ for: '5s' })).sentences).toEqual([
      'hot: fires when t1 is at or above 70.000 °C for 5 s; clears when it is below 69.500 °C; without data it stays as it is; medium severity.',
    ]);
    expect(compile(rule({}, { not: true })).sentences[0]).toMatch(
      /fires when t1 is below 69\.500 °C; clears when it is at or above 70\.000 °C/,
    );
  });

  it('says a rule of two sensors in a sentence, each limit with its unit', () => {
    const sentenceOf = (when: object): string | undefined => {
      const compiled = compileRules([AuthorRule.parse({ id: 'two', when })], [...channels, second]);
      return 'sentences' in compiled ? compiled.sentences[0] : undefined;
    };
    expect(sentenceOf({ sensor: 't1', minus: 't2', outside: ['-1', '1'], deadband: '0.2' })).toMatch(
      /fires when t1 minus t2 is below -1\.000 °C or above 1\.000 °C; clears when it is within -0\.800 °C to 0\.800 °C;/,
    );
    const first = { sensor: 't1', above: '30' };
    const without = { sensor: 't2', above: '60' };
    expect(sentenceOf({ first, without, within: '8s' })).toMatch(
      /fires when t1 is at or above 30\.000 °C and within 8 s t2 is not at or above 60\.000 °C; clears when t2 is at or above 60\.000 °C, or the wait for it begins anew;/,
    );
  });

  it.each<[string, AuthorRule, string]>([
    [
      'an unknown sensor',
      rule({}, { sensor: 'x' }),
      '0.when.sensor is not a channel of the unit; it has: t1, p1',
    ],
    [
      'a part of a quantum',
      rule({}, { above: '70.0005' }),
      '0.when.above is not a whole number of steps of 0.001 °C',
    ],
    ['a negative dead-band', rule({}, { deadband: '-0.5' }), '0.when.deadband must not be negative'],
    [
      'a part of a quantum as dead-band',
      rule({}, { deadband: '0.0001' }),
      '0.when.deadband is not a whole number of steps of 0.001 °C',
    ],
    [
      'a limit the sensor never shows',
      rule({}, { above: '121' }),
      "0.when.above is outside the sensor's range, -20 to 120 °C",
    ],
    [
      'a count beyond 2^31',
      rule({}, { sensor: 'p1', above: '107374182.45' }),
      '0.when.above is beyond what the unit can count',
    ],
    [
      'a rule that never clears',
      rule({}, { deadband: '90' }),
      '0.when.above leaves no value within the sensor’s range on its other side',
    ],
    [
      'a delay beyond 2^31 ms',
      rule({ clearAfter: '597h' }),
      '0.clearAfter is longer than a unit can wait, 24 days',
    ],
  ])('refuses %s', (_, wrong, expected) => {
    expect(mistakes(wrong)).toEqual([expected]);
  });

  it('names every mistake of every rule', () => {
    const both = rule({ for: '999999h' }, { above: '700', deadband: '-1' });
    expect(mistakes(rule(), both).map((line) => line.split(' ')[0])).toEqual([
      '1.id',
      '1.for',
      '1.when.above',
      '1.when.deadband',
    ]);
  });

  it('takes the ends of what can be counted and waited', () => {
    expect(mistakes(rule({ for: '596h' }, { sensor: 'p1', above: '107374182.4' }))).toEqual([]);
  });
});
