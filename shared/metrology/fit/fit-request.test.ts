import { describe, expect, it } from 'vitest';
import { expectPrinted } from './figures.fixture.ts';
import { fitRequest } from './fit-request.ts';

const five = { x: ['1', '2', '3', '4', '5'], y: ['2.1', '3.9', '6.2', '7.8', '10.1'] };

describe('what a fit answers', () => {
  it('takes the whole form of a request, and what is null as left out', () => {
    const request = { model: 'line', degree: '1', ...five, ux: null, uy: null, weights: null, digits: '12' };
    const plain = fitRequest({ model: 'line', ...five, digits: 12 });
    expect(fitRequest({ ...request, intercept: true })).toEqual(plain);
    expect(fitRequest({ ...request, intercept: false }).coefficients).toEqual(
      fitRequest({ model: 'proportional', ...five, digits: 12 }).coefficients,
    );
  });

  it('has the members of the form, as text', () => {
    const answer = fitRequest({ model: 'line', ...five });
    expect(answer).toMatchObject({
      coefficients: [
        { name: 'b0', value: '0.05', standardUncertainty: expect.any(String) },
        { name: 'b1', value: '1.99', standardUncertainty: expect.any(String) },
      ],
      degreesOfFreedom: 3,
      residuals: ['0.06', '-0.13', '0.18', '-0.21', '0.1'],
      weights: 'none',
      warnings: [],
    });
  });

  it('says null, never NaN, of a constant channel', () => {
    const answer = fitRequest({ model: 'line', x: ['1', '2', '3'], y: ['5.0', '5.0', '5.0'] });
    expect(answer).toMatchObject({ rSquared: null, f: null, residualStandardDeviation: '0' });
    expect(answer.coefficients.map(({ value }) => value)).toEqual(['5', '0']);
    expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity/);
  });

  it('takes numbers of any size exactly', () => {
    const answer = fitRequest({ model: 'two-point', x: ['0', '1e400'], y: ['1e-400', '2e-400'] });
    expect(answer.coefficients[0]?.value).toBe(`0.${'0'.repeat(399)}1`);
    expect(answer.coefficients[1]?.value).toBe(`0.${'0'.repeat(799)}1`);
  });

  it('predicts and inverts as exactly there', () => {
    const big = (values: readonly string[]): string[] => values.map((value) => `${value}e390`);
    const questions = { predict: big(['3', '9']), inverse: [{ y: '5.5e-390', uy: '0' }] };
    const y = five.y.map((value) => `${value}e-390`);
    const parabola = { model: 'polynomial', degree: 2, digits: 12 };
    const far = fitRequest({ ...parabola, x: big(five.x), y, ...questions });
    const near = fitRequest({ ...parabola, ...five, predict: ['3', '9'], inverse: [{ y: '5.5', uy: '0' }] });
    type Inverse = { x: string; standardUncertainty: string };
    const [[found], [expected]] = [far.inverse as [Inverse], near.inverse as [Inverse]];
    expect(found.x.startsWith(expected.x.replace('.', ''))).toBe(true);
    const [value] = far.predictions as { value: string; interval: { upper: string } }[];
    const [same] = near.predictions as { value: string; interval: { upper: string } }[];
    expect(value?.value.replace(/^0\.0*/, '')).toBe(same?.value.replace('.', ''));
    expect(value?.interval.upper.replace(/^0\.0*/, '')).toBe(same?.interval.upper.replace('.', ''));
  });

  it('has the uncertainty of a two-point line from its points', () => {
    const points = { model: 'two-point', x: ['0', '10'], y: ['1', '21'] };
    expect(fitRequest({ ...points, uy: ['0.3', '0.4'] }).coefficients).toEqual([
      { name: 'b0', value: '1', standardUncertainty: '0.3' },
      { name: 'b1', value: '2', standardUncertainty: '0.05' },
    ]);
    // u(x) counts as gain x u(x) in y.
    expect(fitRequest({ ...points, ux: ['0.15', '0.2'], uy: ['0', '0'] }).coefficients).toEqual([
      { name: 'b0', value: '1', standardUncertainty: '0.3' },
      { name: 'b1', value: '2', standardUncertainty: '0.05' },
    ]);
    expect(fitRequest(points).coefficients[0]?.standardUncertainty).toBeNull();
  });

  it('has an offset as the mean difference, with its standard uncertainty', () => {
    const answer = fitRequest({
      model: 'offset',
      x: ['10', '20', '30'],
      y: ['10.1', '20.3', '30.2'],
      predict: ['15'],
    });
    expect(answer.coefficients[0]?.value).toBe('0.2');
    // 1 - 0.02 / 202.02: of the readings, not of their differences from x.
    expectPrinted(answer.rSquared, '0.99990099990');
    expectPrinted(answer.coefficients[0]?.standardUncertainty, '0.0577350269');
    expect(answer).toMatchObject({ predictions: [{ value: '15.2', extrapolated: false }] });
  });
});

describe('models by other words', () => {
  const four = { x: ['1', '2', '3', '4'], y: ['1', '2', '4', '5.5'] };
  const ask = (request: object) => fitRequest({ ...four, ...request });

  it.each<[string, object]>([
    ['Straight line', { model: 'line' }],
    ['gain+offset', { model: 'line' }],
    ['2-point', { model: 'two-point', x: ['1', '2'], y: ['1', '2'] }],
    ['line through zero', { model: 'proportional' }],
    ['quadratic', { model: 'polynomial', degree: 2 }],
    ['Cubic', { model: 'polynomial', degree: 3 }],
    ['linear regression', { model: 'linear' }],
    ['Steinhart\u2013Hart', { model: 'steinhart-hart', x: ['10000', '5000', '2000'], y: ['25', '40', '65'] }],
  ])('%s', (words, same) => {
    const { model: _, ...members } = { model: '', ...same };
    const { degree: __, ...others } = { degree: 0, ...members };
    expect(ask({ ...others, model: words })).toEqual(ask(same));
  });

  it('a thermocouple may have its type in its name, and what is evaluated may be called predicted', () => {
    const asked = { model: 'thermocouple', type: 'K', evaluate: ['100'], invert: ['4.096'] };
    expect(fitRequest({ model: 'Thermocouple K', predict: ['100'], inverse: ['4.096'] })).toEqual(
      fitRequest(asked),
    );
    expect(fitRequest({ ...asked, type: ' k' })).toEqual(fitRequest(asked));
    expect(ask({ model: 'line', evaluate: ['2'], invert: ['2'] })).toEqual(
      ask({ model: 'line', predict: ['2'], inverse: ['2'] }),
    );
    expect(() => ask({ model: 'line', evaluate: ['2'], predict: ['2'] })).toThrow(
      expect.objectContaining({ path: 'evaluate' }),
    );
  });

  it('a degree beside its name is the one that counts, and a wrong one is refused', () => {
    expect(ask({ model: 'quadratic', degree: 1 })).toEqual(ask({ model: 'polynomial', degree: 1 }));
    expect(() => ask({ model: 'cubic', degree: 11 })).toThrow(expect.objectContaining({ path: 'degree' }));
  });

  it('a polynomial of degree 1 is the line, with uncertainty in x as well', () => {
    const both = { ux: ['0.1', '0.1', '0.1', '0.1'], uy: ['0.2', '0.1', '0.2', '0.1'] };
    expect(ask({ model: 'polynomial', degree: '1', ...both })).toEqual(ask({ model: 'line', ...both }));
  });

  it('uncertainties of x that are all zero say nothing to a polynomial', () => {
    const parabola = { model: 'polynomial', degree: 2, uy: ['0.2', '0.1', '0.2', '0.1'] };
    expect(ask({ ...parabola, ux: ['0', '0.0', '0', '0'] })).toEqual(ask(parabola));
  });
});
