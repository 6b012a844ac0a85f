import { describe, expect, it } from 'vitest';
import { checkRequest } from '../request.ts';
import { budgetRequest } from './budget-schema.ts';
import { answerBudget } from './request.ts';

const answered = (request: unknown) => answerBudget(checkRequest(budgetRequest, request));
const three = ['a', 'b', 'c'].map((name) => ({ name, value: '2', standardUncertainty: '1' }));

describe('correlations in every form that is read', () => {
  const expected = answered({ sources: three, correlations: [{ a: 'a', b: 'b', r: '-0.36' }] });

  it.each<[string, unknown]>([
    ['the other way round', [{ a: 'b', b: 'a', r: '-0.36' }]],
    ['as a list', [['a', ' b ', '-0.36']]],
    ['between', [{ between: ['a', 'b'], r: '-0.36' }]],
    ['coefficient', [{ a: 'a', b: 'b', coefficient: '-0.36' }]],
    ['first and second', [{ first: 'a', second: 'b', correlation: '-0.36' }]],
    [
      'as a matrix in the order of the sources',
      [
        ['1', '-0.36', '0'],
        ['-0.360', '1.0', '0'],
        ['0', '0', '1'],
      ],
    ],
  ])('%s', (_, correlations) => {
    expect(answered({ sources: three, correlations })).toEqual(expected);
  });

  it.each<[string, string, unknown]>([
    [
      'a matrix that is not symmetric',
      'correlations.0.1',
      [
        ['1', '0.5', '0'],
        ['0.4', '1', '0'],
        ['0', '0', '1'],
      ],
    ],
    [
      'a diagonal that is not 1',
      'correlations.1.1',
      [
        ['1', '0', '0'],
        ['0', '2', '0'],
        ['0', '0', '1'],
      ],
    ],
    [
      'a coefficient above 1',
      'correlations.0.r',
      [
        ['1', '2', '0'],
        ['2', '1', '0'],
        ['0', '0', '1'],
      ],
    ],
    ['an unknown word', 'correlations.0.strength', [{ a: 'a', b: 'b', strength: '0.5' }]],
  ])('refuses %s', (_, path, correlations) => {
    expect(() => answered({ sources: three, correlations })).toThrow(expect.objectContaining({ path }));
  });

  it('takes sources with the names of numbers by their names', () => {
    const sources = three.map((source, i) => ({ ...source, name: String(i + 1) }));
    const rows = [
      ['1', '2', '0.5'],
      ['1', '3', '0'],
      ['2', '3', '0'],
    ];
    expect(answered({ sources, correlations: rows }).correlationMatrix).toMatchObject({
      r: [
        ['1', '0.5', '0'],
        ['0.5', '1', '0'],
        ['0', '0', '1'],
      ],
    });
  });
});

it('a member that is null is left out: readings keep their own degrees of freedom', () => {
  const { effectiveDegreesOfFreedom } = answered({
    sources: [
      { name: 'a', readings: ['1', '2', '4'], degreesOfFreedom: null, halfWidth: null, sensitivity: null },
    ],
    correlations: null,
    model: null,
    probability: null,
  });
  expect(effectiveDegreesOfFreedom).toBe('2');
});

it.each(['INF', '∞', ' infinity', 'Infinite'])('degrees of freedom may be %s', (degreesOfFreedom) => {
  const sources = [{ name: 'a', readings: ['1', '2', '4'], degreesOfFreedom }];
  expect(answered({ sources }).effectiveDegreesOfFreedom).toBe('infinity');
});

it.each([
  ['U shaped', 0.5],
  ['u_shaped', 0.5],
  ['Rect', 1 / 3],
  ['TRI', 1 / 6],
])('the distribution may be called %s', (distribution, variance) => {
  const sources = [{ name: 'a', distribution, halfWidth: '1' }];
  expect(Number(answered({ sources }).combinedStandardUncertainty) ** 2).toBeCloseTo(variance, 12);
});

it('expanded with its k is U/k in every distribution', () => {
  const ask = (source: object) =>
    answered({
      sources: [
        { name: 'a', value: '1', ...source },
        { name: 'b', standardUncertainty: '0.4' },
      ],
    });
  const [known, stated] = [
    ask({ standardUncertainty: '0.5', distribution: 'rectangular' }),
    ask({ expanded: '1', k: '2', distribution: 'rectangular' }),
  ];
  expect(stated).toEqual(known);
  expect(Number(stated.combinedStandardUncertainty) ** 2).toBeCloseTo(0.41, 12);
});

describe('a model as it is written', () => {
  const sources = [
    { name: 'V', value: '6', standardUncertainty: '1' },
    { name: 'I', value: '2', standardUncertainty: '1' },
  ];
  it.each(['V/I', 'R = V/I', ' R_1=V \u00f7 I', 'V\u00b7I/I\u00d71/I', '\u22120+V/I', 'V*I**-1'])(
    '%s',
    (model) => {
      expect(answered({ sources, model }).value).toBe('3');
    },
  );
  it.each([
    ['R == V/I', 4],
    ['R = S = V/I', 7],
    ['2 = V/I', 3],
    ['R = V/', 7],
  ])('%s is refused at character %i', (model, at) =>
    expect(() => answered({ sources, model })).toThrow(
      expect.objectContaining({ path: 'model', message: expect.stringContaining(`(at character ${at})`) }),
    ),
  );
});

describe('a sensitivity beside a model', () => {
  const ask = (sensitivity: string) => () =>
    answered({
      sources: [{ name: 'a', value: '3', standardUncertainty: '1', sensitivity }],
      model: 'a*0.3334',
    });
  it.each(['0.33', '0.333', '0.3334'])('%s says the same, rounded', (text) =>
    expect(ask(text)).not.toThrow(),
  );
  it.each(['0.3', '0.34', '0', '1', '-0.3334'])('%s says something else', (text) =>
    expect(ask(text)).toThrow(expect.objectContaining({ path: 'sources.0.sensitivity' })),
  );
});

it.each<[string, object]>([
  ['degreesOfFreedom', { degreesOfFreedom: '1e-308' }],
  ['degreesOfFreedom', { degreesOfFreedom: '0.0999' }],
  ['relativeUncertaintyOfUncertainty', { relativeUncertaintyOfUncertainty: '3' }],
])('%s that leaves nothing to judge by is refused', (member, change) => {
  const sources = [{ name: 'a', standardUncertainty: '1', ...change }];
  expect(() => answered({ sources })).toThrow(expect.objectContaining({ path: `sources.0.${member}` }));
});

it('numbers that lead out of the range of doubles are refused', () => {
  const sources = [{ name: 'a', value: '700', standardUncertainty: '1e200' }];
  expect(() => answered({ sources, model: 'exp(a)', order: 2 })).toThrow(
    expect.objectContaining({ name: 'RequestError' }),
  );
});
