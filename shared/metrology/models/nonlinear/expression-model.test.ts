import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../../contract/failure.ts';
import { fitRequest } from '../../fit/fit-request.ts';
import { figures, relativeDifference } from '../figures.fixture.ts';
import { expressionModel } from './expression-model.ts';

const fitted = (request: Readonly<Record<string, unknown>>) =>
  expressionModel.answer({ model: 'expression', ...request });
const line = { expression: 'b1+b2*x', start: { b1: '0', b2: '0' } };
const six = ['1', '2', '3', '4', '5', '6'];
const rising = ['2.1', '3.9', '6.2', '7.8', '10.1', '12.2'];

describe('a weighted fit', () => {
  const text = z.string();
  const known = figures(
    'nonlinear-weighted',
    z.object({
      x: z.array(text),
      y: z.array(text),
      uy: z.array(text),
      parameters: z.array(text),
      cofactors: z.array(z.array(text)),
      chi_squared: text,
      u_absolute: z.array(text),
      u_relative: z.array(text),
    }),
  );
  const { x, y, uy } = known;
  const decay = {
    expression: 'b1*exp(-b2*x)+b3',
    start: { b1: '1', b2: '1', b3: '0' },
    x,
    y,
    uy,
    digits: 22,
  };

  it.each([
    [undefined, known.u_absolute],
    ['absolute', known.u_absolute],
    ['relative', known.u_relative],
  ])('has the uncertainties of weights %s', (weights, expected) => {
    const { coefficients, chiSquared } = fitted({ ...decay, ...(weights && { weights }) });
    for (const [k, { value, standardUncertainty }] of coefficients.entries()) {
      expect(relativeDifference(value, known.parameters[k] ?? '')).toBeLessThan(1e-21);
      expect(relativeDifference(standardUncertainty ?? '', expected[k] ?? '')).toBeLessThan(1e-21);
    }
    expect(relativeDifference(String(chiSquared), known.chi_squared)).toBeLessThan(1e-21);
  });

  it('has the covariance matrix', () => {
    const { covariance } = fitted(decay);
    for (const [j, row] of known.cofactors.entries())
      for (const [k, value] of row.entries())
        expect(relativeDifference(covariance?.[j]?.[k] ?? '', value)).toBeLessThan(1e-21);
  });
});

describe('a request', () => {
  it('may have the formula as its model, with an equals sign', () => {
    const answer = expressionModel.answer({ model: 'y = b1+b2*x', start: line.start, x: six, y: rising });
    expect(answer.coefficients.map(({ value }) => value)).toEqual(['-0.02', '2.02']);
    expect(answer.residuals).toEqual(['0.1', '-0.12', '0.16', '-0.26', '0.02', '0.1']);
  });

  it('may transform the response, in the formula or beside it', () => {
    const x = six;
    const y = ['7.4', '20.1', '54.6', '148', '403', '1097'];
    const start = { b1: '1', b2: '1' };
    const beside = fitted({ expression: 'b1+b2*x', response: 'log(y)', start, x, y });
    const inside = fitted({ expression: 'log(y) = b1+b2*x', start, x, y });
    expect(inside.coefficients).toEqual(beside.coefficients);
    expect(Number(beside.coefficients[1]?.value)).toBeCloseTo(1, 2);
  });

  it('takes uncertainties of y into those of its response', () => {
    const x = ['1', '2', '3', '4'];
    const y = ['2', '8', '16', '64'];
    const uy = ['0.1', '0.2', '0.4', '0.8'];
    const start = { b1: '1', b2: '1' };
    const answer = fitted({ expression: 'log(y) = b1+b2*x', start, x, y, uy });
    // u(ln y) = u(y)/y.
    const logs = y.map((value) => Math.log(Number(value)).toPrecision(17));
    const relative = y.map((value, i) => (Number(uy[i]) / Number(value)).toPrecision(17));
    const direct = fitRequest({ model: 'line', x, y: logs, uy: relative });
    for (const [k, { value, standardUncertainty }] of direct.coefficients.entries()) {
      expect(Number(answer.coefficients[k]?.value)).toBeCloseTo(Number(value), 12);
      expect(Number(answer.coefficients[k]?.standardUncertainty)).toBeCloseTo(
        Number(standardUncertainty),
        12,
      );
    }
  });

  it('may have several independents, named or not', () => {
    const rows = [
      ['1', '2'],
      ['2', '1'],
      ['3', '5'],
      ['4', '3'],
      ['5', '9'],
    ];
    const y = ['8', '7', '21', '17', '37'];
    const unnamed = fitted({
      expression: 'b0+b1*x1+b2*x2',
      start: { b0: '0', b1: '0', b2: '0' },
      x: rows,
      y,
    });
    const names = fitted({
      expression: 'b0+b1*p+b2*q',
      variables: ['p', 'q'],
      start: { b0: '0', b1: '0', b2: '0' },
      x: rows,
      y,
    });
    expect(unnamed.coefficients.map(({ value }) => value)).toEqual(['0', '2', '3']);
    expect(names.coefficients).toEqual(unnamed.coefficients);
    expect(unnamed.residuals).toEqual(['0', '0', '0', '0', '0']);
  });

  it('predicts with the uncertainty of the parameters', () => {
    const { predictions } = fitted({ ...line, x: six, y: rising, predict: ['2.5'] });
    // By hand: s^2 = 0.032, mean of x 3.5, sum of squares 17.5: u^2 = s^2 (1/6 + 1/17.5).
    expect(predictions).toMatchObject([
      { x: '2.5', value: '5.03', standardUncertainty: '0.0846280376819926' },
    ]);
  });

  it('predicts as the exact line does, intervals and new readings included', () => {
    const request = { x: six, y: rising, predict: ['2.5', '9'], probability: '0.99' };
    const found = z.object({
      predictions: z.array(z.record(z.string(), z.unknown())),
      warnings: z.unknown(),
    });
    const curved = found.parse(fitted({ ...line, ...request }));
    const exact = found.parse(fitRequest({ model: 'line', ...request }));
    expect(curved.predictions).toEqual(exact.predictions);
    expect(curved.warnings).toEqual(exact.warnings);
  });

  it('leaves uncertainties open where no degree of freedom is left', () => {
    const answer = fitted({
      expression: 'b1*exp(-b2*x)+b3',
      start: { b1: '1', b2: '1', b3: '1' },
      x: ['1', '2', '3'],
      y: ['3', '2', '1.5'],
    });
    expect(answer.coefficients).toEqual([
      { name: 'b1', value: '4', standardUncertainty: null },
      { name: 'b2', value: '0.693147180559945', standardUncertainty: null },
      { name: 'b3', value: '1', standardUncertainty: null },
    ]);
    expect(answer).toMatchObject({ degreesOfFreedom: 0, residualStandardDeviation: null, covariance: null });
  });

  const wrong: [path: string, request: Readonly<Record<string, unknown>>][] = [
    ['start.b2', { expression: 'b1+b2*x', start: { b1: '0' }, x: six, y: rising }],
    ['start.b3', { expression: 'b1+b2*x', start: { b1: '0', b2: '0', b3: '1' }, x: six, y: rising }],
    ['start.b1', { ...line, start: { b1: 'NaN', b2: '0' }, x: six, y: rising }],
    ['x.0', { ...line, x: ['1,5', ...six.slice(1)], y: rising }],
    ['x.1', { ...line, x: ['1', '', '3', '4', '5', '6'], y: rising }],
    ['x.2', { ...line, x: ['1', '2', '1e401', '4', '5', '6'], y: rising }],
    ['x.1', { ...line, x: ['1', ['2', '3'], '3', '4', '5', '6'], y: rising }],
    ['y', { ...line, x: six, y: rising.slice(1) }],
    ['uy', { ...line, x: six, y: rising, uy: ['1'] }],
    ['uy.0', { ...line, x: six, y: rising, uy: six.map(() => '0') }],
    ['uy', { ...line, x: six, y: rising, weights: 'absolute' }],
    ['expression', { expression: 'b1+*x', start: { b1: '1' }, x: six, y: rising }],
    ['expression', { expression: 'b1+b2*y', start: { b1: '1', b2: '1' }, x: six, y: rising }],
    ['expression', { expression: '2*x', start: {}, x: six, y: rising }],
    ['expression', { start: {}, x: six, y: rising }],
    ['y.0', { ...line, response: 'log(y)', x: six, y: ['-1', ...rising.slice(1)] }],
    ['response', { ...line, response: 'log(z)', x: six, y: rising }],
    ['ux', { ...line, x: six, y: rising, ux: six }],
  ];
  it.each(wrong)('names the member that is wrong: %s', (path, request) => {
    expect(() => fitted(request)).toThrow(expect.objectContaining({ name: 'RequestError', path }));
  });

  const impossible: [why: string, request: Readonly<Record<string, unknown>>][] = [
    ['fewer readings than parameters', { ...line, x: ['1'], y: ['1'] }],
    [
      'two factors of which only the product counts',
      { expression: 'b1*b2*x', start: { b1: '1', b2: '1' }, x: six, y: rising },
    ],
    [
      'a factor and a shift that do the same',
      { expression: 'b1*exp(b2+b3*x)', start: { b1: '1', b2: '1', b3: '0.1' }, x: six, y: rising },
    ],
    [
      'too few different places',
      {
        expression: 'b1*exp(-b2*x)+b3',
        start: { b1: '1', b2: '1', b3: '1' },
        x: ['1', '1', '2', '2'],
        y: ['1', '1.1', '2', '2.1'],
      },
    ],
    ['the same place only', { ...line, x: ['3', '3', '3'], y: ['1', '2', '3'] }],
    [
      'a constant channel under a decay',
      { expression: 'b1+b2*exp(-b3*x)', start: { b1: '1', b2: '1', b3: '1' }, x: six, y: six.map(() => '5') },
    ],
    [
      'a formula without a value',
      { expression: 'b1*ln(-x)+b2', start: { b1: '1', b2: '1' }, x: six, y: rising },
    ],
  ];
  it.each(impossible)('is refused for %s', (_, request) => {
    expect(() => fitted(request)).toThrow(Failure);
    expect(() => fitted(request)).toThrow(expect.objectContaining({ code: 'FIT_IMPOSSIBLE' }));
  });

  it('says that readings do not determine the parameters', () => {
    const product = { expression: 'b1*b2*x', start: { b1: '1', b2: '1' } };
    expect(() => fitted({ ...product, x: six, y: rising })).toThrow('do not determine');
  });

  it('tells a constant channel without R squared', () => {
    const answer = fitted({ ...line, x: six, y: six.map(() => '5') });
    expect(answer.coefficients.map(({ value }) => value)).toEqual(['5', '0']);
    expect(answer.rSquared).toBeNull();
  });

  it('says where another start led to the minimum', () => {
    const answer = fitted({ expression: 'b1*ln(x-b2)', start: { b1: '1', b2: '5' }, x: six, y: rising });
    expect(answer.warnings).toEqual([expect.stringContaining('another start')]);
  });
});

describe('what is fitted', () => {
  const coefficient = fc.integer({ min: 20, max: 400 }).map((value) => value / 100);
  const places = Array.from({ length: 12 }, (_, k) => (k / 4).toString());

  it('comes back where the readings lie on the curve', () => {
    fc.assert(
      fc.property(coefficient, coefficient, coefficient, (amplitude, rate, floor) => {
        const y = places.map((x) => (amplitude * Math.exp(-rate * Number(x)) + floor).toFixed(15));
        const { coefficients } = fitted({
          expression: 'a*exp(-r*x)+f',
          start: { a: '1', r: '1', f: '1' },
          x: places,
          y,
        });
        for (const [k, expected] of [amplitude, rate, floor].entries())
          expect(Math.abs(Number(coefficients[k]?.value) - expected)).toBeLessThan(1e-9 * (1 + expected));
      }),
      { numRuns: 25 },
    );
  });

  it('does not depend on the order of the readings, digit by digit', () => {
    const pairs = places.map((x, k) => ({
      x,
      y: (3 * Math.exp(-Number(x)) + 0.01 * ((k * 7) % 5)).toFixed(4),
    }));
    const request = { expression: 'a*exp(-r*x)', start: { a: '1', r: '0.5' } };
    const answerOf = (ordered: typeof pairs) =>
      fitted({ ...request, x: ordered.map(({ x }) => x), y: ordered.map(({ y }) => y), digits: 40 });
    const expected = answerOf(pairs);
    fc.assert(
      fc.property(fc.shuffledSubarray(pairs, { minLength: pairs.length }), (shuffled) => {
        const { coefficients, residualSumOfSquares } = answerOf(shuffled);
        expect(coefficients).toEqual(expected.coefficients);
        expect(residualSumOfSquares).toBe(expected.residualSumOfSquares);
      }),
      { numRuns: 15 },
    );
  });
});
