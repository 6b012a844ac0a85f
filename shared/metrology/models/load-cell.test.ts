import { describe, expect, it } from 'vitest';
import { fitRequest } from '../fit/fit-request.ts';

const model = 'load-cell';
const x = ['0', '0.5', '1', '1.5', '2'];
const y = ['0.1', '1250.4', '2500.9', '3749.8', '5000.2'];
const refused = (path: string) => expect.objectContaining({ name: 'RequestError', path });

describe('a load cell', () => {
  it('has its load by the rated values', () => {
    const rated = { ratedOutput: '2.0', ratedLoad: '5000', excitation: '10' };
    const answer = fitRequest({ model, ...rated, evaluate: ['10', '-2'], invert: ['2500'] });
    expect(answer.evaluations).toEqual([
      { x: '10', value: '2500', standardUncertainty: null },
      { x: '-2', value: '-500', standardUncertainty: null },
    ]);
    expect(answer.inverse).toEqual([{ y: '2500', value: '10', standardUncertainty: null }]);
  });

  it.each([1, 2, 3])('is fitted as the exact polynomial of degree %d is', (degree) => {
    const { coefficients, covariance, residuals } = fitRequest({ model, x, y, degree });
    const exact = fitRequest({ model: 'polynomial', x, y, degree });
    expect(coefficients).toEqual(exact.coefficients);
    expect(covariance).toEqual(exact.covariance);
    expect(residuals).toEqual(exact.residuals);
  });

  it('reads signals in mV where the supply is given', () => {
    const millivolts = x.map((value) => String(Number(value) * 5));
    const answer = fitRequest({ model, x: millivolts, y, excitation: '5', evaluate: ['6'] });
    const expected = fitRequest({ model, x, y, evaluate: ['1.2'] });
    expect(answer.coefficients).toEqual(expected.coefficients);
    expect(answer.evaluations).toEqual([{ ...(expected.evaluations as object[])[0], x: '6' }]);
  });

  it('finds the signal of a load by the fitted curve', () => {
    const { inverse } = fitRequest({ model, x, y, degree: 3, invert: ['3000'], digits: 30 });
    const [{ value }] = inverse as [{ value: string }];
    const [back] = fitRequest({ model, x, y, degree: 3, evaluate: [value] }).evaluations as [
      { value: string },
    ];
    expect(Number(back.value)).toBe(3000);
  });

  it('refuses what the readings do not cover or determine', () => {
    expect(() => fitRequest({ model, x, y, invert: ['6000'] })).toThrow(refused('invert.0'));
    expect(() => fitRequest({ model, x, y, evaluate: ['2.1'] })).toThrow(refused('evaluate.0'));
    const bowed = ['0', '1', '2', '1', '0'];
    expect(() => fitRequest({ model, x, y: bowed, degree: 2, invert: ['1'] })).toThrow(refused('invert.0'));
    expect(() => fitRequest({ model, x: x.slice(2), y: y.slice(2), degree: 3 })).toThrow(
      'No fit is possible',
    );
    expect(() => fitRequest({ model, ratedLoad: '5000', evaluate: ['1'] })).toThrow(refused('ratedOutput'));
  });
});
