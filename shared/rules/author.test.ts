import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuthorRule } from '../contract/validate.ts';
import { anyRules, channels } from './author.fixture.ts';
import { compileRules } from './compile.ts';
import { decompileRules } from './decompile.ts';
import { readDeviceForm } from './device-form.ts';
import { createEngine } from './engine.ts';

const rules = (...whens: object[]) =>
  whens.map((when, index) => AuthorRule.parse({ id: `r${index}`, when, ...('id' in when ? when : {}) }));
const compiled = (whens: object[], options = {}) => {
  const result = compileRules(rules(...whens), channels, options);
  if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes));
  return JSON.parse(result.text) as { in: unknown[]; sig: unknown[]; cond: unknown[]; rule: unknown[] };
};
const refused = (when: object, options = {}) => {
  const result = compileRules(rules(when), channels, options);
  return 'mistakes' in result ? result.mistakes.map(({ path, message }) => `${path} ${message}`) : [];
};
const words = /^(is|must|needs|leaves)\b/;

describe('author form', () => {
  it('compiles to what the unit runs, or names each mistake; the same every time', () => {
    let sound = 0;
    fc.assert(
      fc.property(anyRules, (many) => {
        const result = compileRules(many, channels);
        expect(compileRules(many, channels)).toEqual(result);
        if ('mistakes' in result) {
          for (const { path, message } of result.mistakes) {
            expect(path).toMatch(/^\d+\.\w+/);
            expect(message).toMatch(words);
          }
          return;
        }
        sound += 1;
        expect(createEngine(readDeviceForm(result.text)).rules).toBe(many.length);
      }),
      { numRuns: 500 },
    );
    expect(sound).toBeGreaterThan(25);
  });

  it('comes back from the device form as rules that compile to the same bytes', () => {
    fc.assert(
      fc.property(anyRules, (many) => {
        const result = compileRules(many, channels);
        if ('mistakes' in result) return;
        const back = decompileRules(readDeviceForm(result.text), channels);
        expect(compileRules(back, channels)).toMatchObject({ text: result.text });
      }),
      { numRuns: 500 },
    );
  });

  it('says every operator', () => {
    const t1 = { sensor: 't1' };
    const hot = { ...t1, above: '70' };
    expect(
      compiled([
        { ...t1, smooth: 'light', above: '70.0', deadband: '0.5' },
        { ...t1, silent: true },
        { ...t1, stuck: '10min' },
        { ...t1, rising: '120', per: 'min', over: '10s', points: 16 },
        { ...t1, unusual: '6', floor: '0.05' },
        { times: 3, within: '1min', of: hot },
        { first: hot, without: { ...t1, below: '20' }, within: '30s' },
        { atLeast: 2, among: [hot, { ...t1, silent: true }, { ...t1, stuck: '10min' }] },
        { ...t1, minus: 'all', average: '1min', samples: 64, outside: ['-1', '1'] },
        { during: { days: ['mon', 'fri'], from: '08:30', to: '17:00' } },
        { not: true, ...hot },
      ]),
    ).toMatchObject({
      in: [
        ['t1', 2000],
        ['all', 1500],
      ],
      sig: [
        ['in', 0],
        ['ewma', 0, 4],
        ['in', 1],
        ['diff', 0, 2],
        ['avg', 3, 60_000, 64],
      ],
      cond: [
        ['hi', 1, 70_000, 500],
        ['bad', 0],
        ['stuck', 0, 0, 600_000],
        ['roc', 0, 2000, 10_000, 1, 16],
        ['anom', 0, 7, 96, 50, 120, 1],
        ['hi', 0, 70_000, 0],
        ['cnt', 5, 3, 60_000],
        ['lo', 0, 20_000, 0],
        ['miss', 5, 7, 30_000],
        ['nof', 2, [5, 1, 2]],
        ['out', 4, -1000, 1000, 0],
        ['week', 17, 510, 1020],
        ['not', 5],
      ],
    });
  });

  it('says every option of a rule', () => {
    const hot = { sensor: 't1', above: '70' };
    const many = [
      AuthorRule.parse({ id: 'a', when: hot, firstOut: 'boiler' }),
      AuthorRule.parse({
        id: 'b',
        when: hot,
        needsAck: true,
        remind: { every: '10min', times: 3 },
        onlyOnCrossing: true,
        firstOut: 'boiler',
        inhibitedBy: ['a'],
        shelveAtMost: '1h',
        actions: [{ output: 4, level: 1 }],
      }),
    ];
    const result = compileRules(many, channels);
    expect('text' in result && JSON.parse(result.text).rule).toEqual([
      { id: 'a', c: 0, on: 0, off: 0, unk: 2, sev: 2, grp: 1 },
      {
        id: 'b',
        c: 0,
        on: 0,
        off: 0,
        unk: 2,
        sev: 2,
        latch: 1,
        rep: 600_000,
        rn: 3,
        edge: 1,
        grp: 1,
        inh: [0],
        smax: 3_600_000,
        act: [['gpio', 4, 1]],
      },
    ]);
    expect('text' in result && result.sentences[1]).toBe(
      'b: fires when t1 is at or above 70.000 °C; clears when it is below 70.000 °C; without data it stays as it is; ' +
        'stays until it is acknowledged; reminds every 10 min, at most 3 times; only a crossing counts, not how it ' +
        'starts; tells whether it was first of boiler; is silent while a is active; is shelved for at most 1 h; ' +
        'sets output 4 to 1; medium severity.',
    );
  });

  it.each<[string, object, string]>([
    [
      'values that exclude each other',
      {
        all: [
          { sensor: 't1', above: '80' },
          { sensor: 't1', below: '20' },
        ],
      },
      '0.when is a contradiction: it can never hold, the rule never fires',
    ],
    [
      'values of which one always holds',
      {
        any: [
          { sensor: 't1', above: '20' },
          { sensor: 't1', below: '30' },
        ],
      },
      '0.when is always true: the rule never clears',
    ],
    [
      'more than there are',
      { atLeast: 3, among: [{ sensor: 't1', silent: true }] },
      '0.when.atLeast is more than',
    ],
    [
      'limits the wrong way round',
      { sensor: 't1', outside: ['50', '20'] },
      '0.when.outside must name the lower',
    ],
    ['the whole range', { sensor: 't1', outside: ['-20', '120'] }, '0.when.outside is the whole range'],
    [
      'a rate between two counts',
      { sensor: 't1', rising: '0.09', per: 'min', over: '1min' },
      '0.when.rising must be',
    ],
    ['no time', { sensor: 't1', stuck: '0s' }, '0.when.stuck must be longer than 0'],
    ['other steps', { sensor: 't1', minus: 'p1', above: '1' }, '0.when.minus must count in the same steps'],
    [
      'a product beyond 2^52',
      { sensor: 't1', rising: '2000000', per: 's', over: '500h' },
      '0.when.over is too long',
    ],
    [
      'an unknown sensor deep inside',
      { all: [{ sensor: { sensor: 'x1', smooth: 3 }, silent: true }] },
      '0.when.all.0.sensor.sensor is not',
    ],
  ])('refuses %s', (_, when, expected) => {
    expect(refused(when)).toEqual([expect.stringContaining(expected)]);
  });

  it('takes what only looks like a contradiction: a dead-band holds over the other limit', () => {
    const both = [
      { sensor: 't1', above: '80', deadband: '70' },
      { sensor: 't1', below: '20' },
    ];
    expect(refused({ all: both })).toEqual([]);
    expect(
      refused({
        all: [
          { sensor: 't1', above: '80' },
          { sensor: 'all', below: '20' },
        ],
      }),
    ).toEqual([]);
  });

  it('refuses rules that silence themselves', () => {
    const when = { sensor: 't1', above: '70' };
    const named = (id: string, ...by: string[]) => AuthorRule.parse({ id, when, inhibitedBy: by });
    const said = (...many: AuthorRule[]) => {
      const result = compileRules(many, channels);
      return 'mistakes' in result ? result.mistakes.map(({ path }) => path) : [];
    };
    expect(said(named('a', 'a'))).toEqual(['0.inhibitedBy.0']);
    expect(said(named('a', 'z'))).toEqual(['0.inhibitedBy.0']);
    expect(said(named('a', 'b'), named('b', 'c'), named('c', 'a'))).toEqual(
      [0, 1, 2].map((n) => `${n}.inhibitedBy.0`),
    );
    expect(said(AuthorRule.parse({ id: 'a', when }), named('b', 'a'), named('c', 'a', 'b'))).toEqual([]);
  });

  it('17 keeps to what a small board can count', () => {
    const small = { profile: 'small' };
    expect(refused({ sensor: 't1', above: '70', smooth: 'light' }, small)).toEqual([]);
    expect(refused({ sensor: 'p1', above: '70' }, small)).toEqual([
      expect.stringContaining('0.when.sensor must have'),
    ]);
    expect(refused({ sensor: 't1', rising: '60', per: 'min', over: '1s' }, small)).toHaveLength(1);
    expect(refused({ sensor: 't1', unusual: '6' }, small)).toHaveLength(1);
    expect(refused({ sensor: 't1', stuck: '200h' }, small)).toEqual([expect.stringContaining('6 days')]);
    expect(refused({ sensor: 't1', stuck: '200h' })).toEqual([]);
  });

  it('knows how many samples a window needs where it knows the period', () => {
    const mean = { sensor: 't1', average: '10s', above: '70' };
    expect(compiled([mean], { periodMs: 100 }).sig[1]).toEqual(['avg', 0, 10_000, 102]);
    expect(refused(mean, { periodMs: 10 })).toEqual([
      expect.stringContaining('0.when.average needs 1002 samples'),
    ]);
  });
});
