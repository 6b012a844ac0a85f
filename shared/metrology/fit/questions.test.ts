import { describe, expect, it } from 'vitest';
import { addDecimal, multiplyDecimal } from '../../units/units.ts';
import { expectPrinted } from './figures.fixture.ts';
import { fitRequest } from './fit-request.ts';

const five = { x: ['1', '2', '3', '4', '5'], y: ['2.1', '3.9', '6.2', '7.8', '10.1'] };

describe('questions to a fit', () => {
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

  it('proposes a parabola for one, also where nothing was read twice', () => {
    const x = ['1', '2', '3', '4', '5', '6', '7'];
    const y = ['1.1', '3.9', '9.1', '15.9', '25.1', '35.9', '49.0'];
    const { comparison } = fitRequest({ model: 'line', x, y, compare: true });
    expect(comparison).toMatchObject({ proposed: 'polynomial-2', models: [{}, { signRuns: 3 }, {}, {}] });
    const straight = fitRequest({
      model: 'line',
      x,
      y: ['1.1', '1.9', '3.1', '3.9', '5.0', '6.1', '6.9'],
      compare: true,
    });
    expect(straight.comparison).toMatchObject({ proposed: 'offset' });
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
    const falling = fitRequest({ ...request, y: ['-5', '0', '-30'], inverse: [{ y: '-10', uy: '0' }] });
    expect(falling).toMatchObject({ monotone: true, inverse: [{ x: '12', standardUncertainty: '0.104' }] });
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
