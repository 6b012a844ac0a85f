import { describe, expect, it } from 'vitest';
import { Failure } from '../../contract/failure.ts';
import { addDecimal, multiplyDecimal } from '../../units/units.ts';
import { RequestError } from '../request.ts';
import { expectPrinted } from './figures.fixture.ts';
import { fitRequest } from './fit-request.ts';

const five = { x: ['1', '2', '3', '4', '5'], y: ['2.1', '3.9', '6.2', '7.8', '10.1'] };

const two = { x: ['1', '2'], y: ['3', '4'] };

describe('a request that cannot be meant names its member', () => {
  const refused: [string, object, string, RegExp][] = [
    [
      'a ragged matrix',
      { model: 'line', ...two, covarianceY: [['1', '0'], ['0']] },
      'covarianceY.1',
      /1 values/,
    ],
    [
      'a lopsided one',
      {
        model: 'line',
        ...two,
        covarianceY: [
          ['1', '0'],
          ['1', '1'],
        ],
      },
      'covarianceY.0.1',
      /mirror/,
    ],
    [
      'one of no errors',
      {
        model: 'line',
        ...two,
        covarianceY: [
          ['1', '2'],
          ['2', '1'],
        ],
      },
      'covarianceY',
      /positive/,
    ],
    ['one too small', { model: 'line', ...two, covarianceY: [['1']] }, 'covarianceY', /1 values, "x" has 2/],
    ['no model', { ...five }, 'model', /missing/],
    ['an unknown model', { model: 'lime', ...five }, 'model', /none of .*line/],
    ['no x', { model: 'line', y: ['1'] }, 'x', /missing/],
    ['an empty list', { model: 'line', x: [], y: [] }, 'x', /./],
    ['an empty reading', { model: 'line', x: ['1', '2'], y: ['1', ''] }, 'y.1', /empty/],
    ['a comma', { model: 'line', x: ['1', '2,5'], y: ['1', '2'] }, 'x.1', /comma/],
    ['NaN', { model: 'line', x: ['1', '2'], y: ['NaN', '2'] }, 'y.0', /not a decimal/],
    ['a number beyond 1e400', { model: 'line', x: ['1', '1e401'], y: ['1', '2'] }, 'x.1', /exponent/],
    ['unequal lists', { model: 'line', ...five, y: ['1'] }, 'y', /1 values, "x" has 5/],
    ['unequal uncertainties', { model: 'line', ...five, uy: ['1'] }, 'uy', /1 values/],
    ['weights of nothing', { model: 'line', ...five, weights: 'absolute' }, 'weights', /needs "uy"/],
    ['other weights', { model: 'line', ...five, weights: 'yes' }, 'weights', /./],
    ['zero uncertainty', { model: 'line', ...five, uy: ['1', '0', '1', '1', '1'] }, 'uy.1', /above zero/],
    ['ux of a polynomial', { model: 'polynomial', degree: 2, ...five, ux: five.x }, 'ux', /line, two-point/],
    ['no degree', { model: 'polynomial', ...five }, 'degree', /missing/],
    ['degree 11', { model: 'polynomial', degree: 11, ...five }, 'degree', /1 to 10/],
    ['a misspelt member', { model: 'line', ...five, weigths: 'absolute' }, 'weigths', /no member/],
    ['too many digits', { model: 'line', ...five, digits: 101 }, 'digits', /1 to 100/],
    ['three points of two', { model: 'two-point', ...five }, 'x', /exactly two/],
    ['ragged rows', { model: 'linear', x: [['1', '2'], ['3']], y: ['1', '2'] }, 'x.1', /1 regressors/],
    ['a float of the language', { model: 'line', x: [0.1, 0.2], y: [1, 2] }, 'x.0', /./],
    ['a knot twice', { model: 'piecewise-linear', x: ['1', '2', '1.0'], y: ['1', '2', '3'] }, 'x.2', /twice/],
    ['a probability of one', { model: 'line', ...five, probability: '1' }, 'probability', /between/],
    [
      'two zero uncertainties',
      { model: 'line', ...five, ux: ['0', '1', '1', '1', '1'], uy: ['0', '1', '1', '1', '1'] },
      'uy.0',
      /both zero/,
    ],
    [
      'a covariance too large',
      { model: 'line', ...five, ux: five.x, uy: five.x, uxy: ['1.1', '0', '0', '0', '0'] },
      'uxy.0',
      /larger/,
    ],
    [
      'a reading that a bent curve never gives',
      { model: 'polynomial', degree: 2, ...five, inverse: [{ y: '50', uy: '0.1' }] },
      'inverse.0.y',
      /outside/,
    ],
  ];
  it.each(refused)('%s', (_, request, path, message) => {
    const attempt = (): unknown => fitRequest(request);
    expect(attempt).toThrow(RequestError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ path }));
  });
});

describe('readings that do not determine the model', () => {
  const impossible: [string, object][] = [
    ['fewer points than coefficients', { model: 'polynomial', degree: 5, ...five }],
    ['one x only', { model: 'line', x: ['2', '2.0', '2.00'], y: ['1', '2', '3'] }],
    [
      'one x only, with ux',
      { model: 'line', x: ['2', '2', '2'], y: ['1', '2', '3'], ux: ['1', '1', '1'], uy: ['1', '1', '1'] },
    ],
    [
      'too few different x',
      { model: 'polynomial', degree: 2, x: ['1', '2', '1', '2'], y: ['1', '2', '3', '4'] },
    ],
    [
      'a regressor twice',
      {
        model: 'linear',
        x: [
          ['1', '2'],
          ['2', '4'],
          ['3', '6'],
          ['5', '10'],
        ],
        y: ['1', '2', '3', '4'],
      },
    ],
    ['only zeros through zero', { model: 'proportional', x: ['0', '0'], y: ['1', '2'] }],
    ['one knot', { model: 'piecewise', x: ['1'], y: ['1'] }],
    ['an inverse of a flat line', { model: 'line', x: ['1', '2', '3'], y: ['5', '5', '5'], inverse: ['5'] }],
    [
      'an inverse of a parabola with its top among the readings',
      {
        model: 'polynomial',
        degree: 2,
        x: ['0', '1', '2', '3', '4'],
        y: ['0', '3', '4', '3', '0'],
        inverse: ['2'],
      },
    ],
    [
      'an inverse of a polyline that turns',
      { model: 'piecewise-linear', x: ['1', '2', '3'], y: ['1', '2', '1'], inverse: ['1.5'] },
    ],
  ];
  it.each(impossible)('%s', (_, request) => {
    expect(() => fitRequest(request)).toThrow(Failure);
    expect(() => fitRequest(request)).toThrow(/No fit is possible/);
  });
});

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
    expectPrinted(answer.coefficients[0]?.standardUncertainty, '0.0577350269');
    expect(answer).toMatchObject({ predictions: [{ value: '15.2', extrapolated: false }] });
  });

  /** M. G. Natrella, NIST Handbook 91: by hand, s^2 = 0.12 / 3 and x0 = 3 the mean of x. */
  it('tells the mean response from one new reading', () => {
    const answer = fitRequest({ model: 'line', ...five, predict: ['3', '9'] });
    const s = Number(answer.residualStandardDeviation);
    const [middle, outside] = answer.predictions as {
      standardUncertainty: string;
      newReading: { standardUncertainty: string };
      interval: { lower: string; upper: string };
      coverageFactor: string;
      value: string;
    }[];
    expect(Number(middle?.standardUncertainty)).toBeCloseTo(s / Math.sqrt(5), 12);
    expect(Number(middle?.newReading.standardUncertainty)).toBeCloseTo(s * Math.sqrt(1.2), 12);
    expect(Number(outside?.standardUncertainty)).toBeCloseTo(s * Math.sqrt(1 / 5 + 36 / 10), 12);
    // Student t, two-sided 95 %, three degrees of freedom.
    expectPrinted(middle?.coverageFactor, '3.182446305');
    const half = (Number(middle?.interval.upper) - Number(middle?.interval.lower)) / 2;
    expect(half).toBeCloseTo(3.182446305 * (s / Math.sqrt(5)), 8);
    expect(answer.warnings).toEqual([expect.stringContaining('predict.1')]);
  });

  it('does not average away what all readings have in common', () => {
    const uy = ['0.1', '0.2', '0.1', '0.3', '0.2'];
    const common = '0.25';
    const covarianceY = uy.map((u, j) =>
      uy.map((_, k) => (j === k ? addDecimal(common, multiplyDecimal(u, u)) : common)),
    );
    const apart = fitRequest({ model: 'line', ...five, uy, digits: 40 });
    const together = fitRequest({ model: 'line', ...five, covarianceY, digits: 40 });
    expect(together.coefficients.map(({ value }) => value)).toEqual(
      apart.coefficients.map(({ value }) => value),
    );
    expect(together.chiSquared).toEqual(apart.chiSquared);
    // A common error moves the offset by its whole self, and nothing else.
    const [[offset = '', ...others] = [], ...rows] = apart.covariance ?? [];
    const moved = [
      [Number(addDecimal(offset, common)), ...others.map(Number)],
      ...rows.map((row) => row.map(Number)),
    ];
    expect(together.covariance?.map((row) => row.map(Number))).toEqual(moved);
    expect(together.lackOfFit).toBeNull();
  });

  it('takes a matrix without correlations as uncertainties', () => {
    const covarianceY = [
      ['0.01', '0', '0'],
      ['0', '0.04', '0'],
      ['0', '0', '0.09'],
    ];
    const readings = {
      model: 'polynomial',
      degree: 1,
      x: ['1', '2', '4'],
      y: ['1', '3', '4'],
      predict: ['3'],
      inverse: ['2'],
    };
    expect(fitRequest({ ...readings, covarianceY })).toEqual(
      fitRequest({ ...readings, uy: ['0.1', '0.2', '0.3'] }),
    );
  });

  it('finds the lack of fit of a line through a parabola, and none of the parabola', () => {
    const x = ['0', '0', '1', '1', '2', '2', '3', '3'];
    const y = ['0.1', '-0.1', '1.1', '0.9', '4.1', '3.9', '9.1', '8.9'];
    const line = fitRequest({ model: 'line', x, y, compare: true });
    // Pure error: 8 x 0.1^2. The line leaves (1, -1, -1, 1) twice besides: 8.
    expect(line.lackOfFit).toMatchObject({
      statistic: '200',
      numeratorDegreesOfFreedom: 2,
      denominatorDegreesOfFreedom: 4,
      pureErrorSumOfSquares: '0.08',
      lackOfFitSumOfSquares: '8',
    });
    expect(Number((line.lackOfFit as { p: string }).p)).toBeLessThan(0.001);
    expect(line.comparison).toMatchObject({ proposed: 'polynomial-2' });
    const parabola = fitRequest({ model: 'polynomial', degree: 2, x, y });
    expect(parabola.lackOfFit).toMatchObject({ statistic: '0', p: '1' });
  });

  it('solves a cubic for the reading, and propagates', () => {
    // y = x + x^3 exactly, so that the curve itself adds nothing.
    const x = ['0', '1', '2', '3', '4', '5'];
    const y = ['0', '2', '10', '30', '68', '130'];
    const inverse = [{ y: '10', uy: '0.13' }, { y: '5', uy: '0' }, '130'];
    const answer = fitRequest({ model: 'polynomial', degree: 3, x, y, inverse, digits: 30 });
    const [exact, other, end] = answer.inverse as { x: string; standardUncertainty: string }[];
    expect(exact).toMatchObject({ x: '2', standardUncertainty: '0.01' });
    // x^3 + x - 5 = 0, to thirty digits by Newton's steps in forty-digit decimals.
    expectPrinted(other?.x, '1.51598022769282058968467151318');
    expect(end?.x).toBe('5');
  });

  it("has Fieller's interval where the gain is badly known", () => {
    const scattered = {
      model: 'line',
      x: ['1', '2', '3', '4'],
      y: ['1', '3', '2', '4'],
      uy: ['0.5', '0.5', '0.5', '0.5'],
    };
    const [found] = fitRequest({ ...scattered, inverse: ['2.5'] }).inverse as {
      x: string;
      fieller: { lower: string; upper: string };
    }[];
    // Symmetric about the mean of x where y is the mean of y: (2.5 - x)^2 (b^2 - k^2 u_b^2) = k^2 u^2 / n.
    const k2 = 1.959963984540054 ** 2;
    const half = Math.sqrt((k2 * 0.25) / 4 / (0.64 - k2 * 0.05));
    expect(found?.x).toBe('2.5');
    expect(Number(found?.fieller.upper)).toBeCloseTo(2.5 + half, 8);
    expect(Number(found?.fieller.lower)).toBeCloseTo(2.5 - half, 8);
    const flat = { ...scattered, y: ['1', '3', '2', '1.1'], inverse: ['2'] };
    expect(fitRequest(flat)).toMatchObject({ inverse: [{ fieller: 'unbounded' }] });
  });

  it('goes straight from knot to knot, with the uncertainty of both', () => {
    const request = {
      model: 'piecewise linear',
      x: ['10', '0', '20'],
      y: ['5', '0', '30'],
      uy: ['0.3', '0.4', '0.5'],
      predict: ['5', '10', '12'],
      inverse: [{ y: '10', uy: '0' }],
    };
    const answer = fitRequest(request);
    expect(answer).toMatchObject({
      monotone: true,
      predictions: [
        { value: '2.5', standardUncertainty: '0.25' },
        { value: '5', standardUncertainty: '0.3' },
        { value: '10', standardUncertainty: '0.26' },
      ],
      inverse: [{ x: '12', standardUncertainty: '0.104' }],
    });
    expect(() => fitRequest({ ...request, predict: ['20.1'] })).toThrow(/beyond the knots/);
  });

  it('is right for ten thousand readings', () => {
    const x = Array.from({ length: 10_000 }, (_, k) => String(k));
    const y = x.map((_, k) => `${2 * k + 1}.${k % 2 === 0 ? '1' : '3'}`);
    const uy = x.map((_, k) => `0.1${String((k * 7919) % 100_003).padStart(6, '0')}`);
    for (const more of [{}, { uy }]) {
      const { coefficients, residuals } = fitRequest({ model: 'line', x, y, ...more, digits: 12 });
      expect(residuals).toHaveLength(10_000);
      expect(Number(coefficients[1]?.value)).toBeCloseTo(2, 6);
      expect(Number(coefficients[0]?.value)).toBeCloseTo(1.2, 2);
    }
  });
});
