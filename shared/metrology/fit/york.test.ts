import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../contract/failure.ts';
import { addDecimal, multiplyDecimal } from '../../units/units.ts';
import { expectPrinted, figures } from './figures.fixture.ts';
import { fitRequest } from './fit-request.ts';
import type { FitAnswer } from './registry.ts';

describe('a line with uncertainty in x and y', () => {
  /** ISO/TS 28037:2010, clause 7, the example that MSL's GTC tests against as well. */
  const clause7 = {
    model: 'line',
    x: ['1.2', '1.9', '2.9', '4.0', '4.7', '5.9'],
    y: ['3.4', '4.4', '7.2', '8.5', '10.8', '13.5'],
    ux: Array.from({ length: 6 }, () => '0.2'),
    uy: ['0.2', '0.2', '0.2', '0.4', '0.4', '0.4'],
  };

  it('has the printed digits of ISO/TS 28037 clause 7', () => {
    const answer = fitRequest(clause7);
    const [a, b] = answer.coefficients;
    expectPrinted(a?.value, '0.5788');
    expectPrinted(b?.value, '2.1597');
    expectPrinted(a?.standardUncertainty, '0.4764');
    expectPrinted(b?.standardUncertainty, '0.1355');
    expectPrinted(answer.covariance?.[0]?.[1], '-0.0577');
    expectPrinted((answer.chiSquared as { observed: string }).observed, '2.743');
    expect(answer).toMatchObject({ convention: { number: 1 }, rSquared: null, degreesOfFreedom: 4 });
  });

  /** Pearson's data with York's weights; D. York et al., Am. J. Phys. 72 (2004) 367, table II. */
  const pearson = {
    x: ['0.0', '0.9', '1.8', '2.6', '3.3', '4.4', '5.2', '6.1', '6.5', '7.4'],
    y: ['5.9', '5.4', '4.4', '4.6', '3.5', '3.7', '2.8', '2.8', '2.4', '1.5'],
    ux: ['1000', '1000', '500', '800', '200', '80', '60', '20', '1.8', '1.0'].map(root),
    uy: ['1', '1.8', '4', '8', '20', '20', '70', '70', '100', '500'].map(root),
  };

  it('has the Pearson-York line in both conventions', () => {
    const [first, second] = [1, 2].map((convention) => fitRequest({ model: 'line', ...pearson, convention }));
    for (const answer of [first, second]) {
      expectPrinted(answer?.coefficients[0]?.value, '5.4799102240');
      expectPrinted(answer?.coefficients[1]?.value, '-0.4805334074');
      expectPrinted((answer?.chiSquared as { observed: string } | undefined)?.observed, '11.8663531941');
    }
    expectPrinted(first?.coefficients[0]?.standardUncertainty, '0.29497');
    expectPrinted(first?.coefficients[1]?.standardUncertainty, '0.057985');
    expectPrinted(second?.coefficients[0]?.standardUncertainty, '0.29193');
    expectPrinted(second?.coefficients[1]?.standardUncertainty, '0.057617');
  });

  it('is the same line with x and y exchanged', () => {
    const answer = fitRequest({ model: 'line', digits: 30, ...pearson });
    const { x, y, ux, uy } = pearson;
    const turned = fitRequest({ model: 'line', digits: 30, x: y, y: x, ux: uy, uy: ux });
    const [offset, gain] = answer.coefficients.map(({ value }) => Number(value));
    const [turnedOffset, turnedGain] = turned.coefficients.map(({ value }) => Number(value));
    expect((gain ?? 0) * (turnedGain ?? 0)).toBeCloseTo(1, 13);
    expect((turnedOffset ?? 0) * (gain ?? 0)).toBeCloseTo(-(offset ?? 0), 12);
  });

  /** y + 2x has the gain + 2, the same offset, and the covariances that follow. */
  it('takes the covariance of each x with its y (clause 8)', () => {
    const scale = ['0.1', '0.3', '0.2', '0.1', '0.4', '0.2'];
    const times = (factor: string) => scale.map((each) => multiplyDecimal(each, factor));
    const { x, y } = clause7;
    const plain = fitRequest({ model: 'line', digits: 30, x, y, ux: times('2'), uy: times('3') });
    const sheared = fitRequest({
      model: 'line',
      digits: 30,
      x,
      y: y.map((value, at) => addDecimal(value, multiplyDecimal('2', x[at] ?? ''))),
      ux: times('2'),
      // u(y)^2 + 4 u(x)^2 = (9 + 16) k^2; cov = 2 u(x)^2.
      uy: times('5'),
      uxy: scale.map((each) => multiplyDecimal('8', multiplyDecimal(each, each))),
    });
    expect(sheared.coefficients[0]).toEqual(plain.coefficients[0]);
    expect(sheared.coefficients[1]).toEqual({
      ...plain.coefficients[1],
      value: addDecimal(plain.coefficients[1]?.value ?? '', '2'),
    });
    expect(sheared.covariance).toEqual(plain.covariance);
    expect(sheared.chiSquared).toEqual(plain.chiSquared);
  });

  it('scales relative uncertainties by the residuals', () => {
    const absolute = fitRequest({ model: 'line', ...pearson });
    const relative = fitRequest({ model: 'line', ...pearson, weights: 'relative' });
    const factor = Number((absolute.chiSquared as { observed: string }).observed) / 8;
    expect(Number(relative.covariance?.[1]?.[1])).toBeCloseTo(
      Number(absolute.covariance?.[1]?.[1]) * factor,
      14,
    );
    expect(relative.residualStandardDeviation).toBe(absolute.residualStandardDeviation);
  });

  it('loses nothing far from zero', () => {
    const far = clause7.x.map((value) => addDecimal(value, '1e60'));
    const [near, there] = [clause7.x, far].map((x) => fitRequest({ ...clause7, x, digits: 30 }));
    expect(there?.coefficients[1]).toEqual(near?.coefficients[1]);
    expect(there?.chiSquared).toEqual(near?.chiSquared);
  });

  /** Chi-squared over a fine fan of directions, by its own formula in doubles, is never below that of the line. */
  it('is the least minimum, also where the readings scatter', () => {
    const small = fc.integer({ min: -100, max: 100 }).map(String);
    const u = fc.integer({ min: 1, max: 300 }).map(String);
    const point = fc.record({ x: small, y: small, ux: u, uy: u });
    fc.assert(
      fc.property(fc.uniqueArray(point, { minLength: 3, maxLength: 6, selector: ({ x }) => x }), (points) => {
        const column = (name: 'x' | 'y' | 'ux' | 'uy') => points.map((each) => each[name]);
        const request = { x: column('x'), y: column('y'), ux: column('ux'), uy: column('uy') };
        const found = answerOrNull({ model: 'line', ...request });
        // A vertical line is none of y = a + b x.
        if (found === null) return;
        const least = Math.min(...Array.from({ length: 1000 }, (_, k) => profile(points, k / 1000)));
        expect(Number((found.chiSquared as { observed: string }).observed)).toBeLessThanOrEqual(
          least * (1 + 1e-9),
        );
      }),
    );
  });

  it('has the lines of ISO 6143 in every digit', () => {
    const { examples } = figures<{
      examples: {
        calibration: { rows: [string, string, string, string][] };
        measured: { rows: [string, string][] };
        results: Record<
          'linear',
          {
            b: string[];
            u_b: string[];
            covariance: string[][];
            S: string;
            evaluate: { x: string; u_x: string }[];
          }
        >;
      }[];
    }>('iso6143-b-least');
    for (const { calibration, measured, results } of examples) {
      const [y, uy, x, ux] = [0, 1, 2, 3].map((column) => calibration.rows.map((row) => row[column] ?? ''));
      const predict = measured.rows.map(([place]) => place);
      const answer = fitRequest({ model: 'line', digits: 30, x, y, ux, uy, predict });
      for (const [k, { value, standardUncertainty }] of answer.coefficients.entries()) {
        expectPrinted(value, results.linear.b[k] ?? '');
        expectPrinted(standardUncertainty, results.linear.u_b[k] ?? '');
      }
      expectPrinted(answer.covariance?.[0]?.[1], results.linear.covariance[0]?.[1] ?? '');
      expectPrinted((answer.chiSquared as { observed: string }).observed, results.linear.S);
      for (const [at, { value }] of (answer.predictions as { value: string }[]).entries()) {
        expectPrinted(value, results.linear.evaluate[at]?.x ?? '');
      }
    }
  });
});

/** 1 / sqrt(w) to the digits of a double: enough for figures of eleven. */
function root(weight: string): string {
  return (1 / Math.sqrt(Number(weight))).toFixed(17);
}

function answerOrNull(request: object): FitAnswer | null {
  try {
    return fitRequest(request);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Chi-squared of the best line in the direction tan((share - 1/2) pi). */
function profile(points: readonly Record<'x' | 'y' | 'ux' | 'uy', string>[], share: number): number {
  const gain = Math.tan((share - 0.5) * Math.PI);
  const terms = points.map(({ x, y, ux, uy }) => ({
    w: 1 / (Number(uy) ** 2 + (gain * Number(ux)) ** 2),
    r: Number(y) - gain * Number(x),
  }));
  const all = terms.reduce((sum, { w }) => sum + w, 0);
  const offset = terms.reduce((sum, { w, r }) => sum + w * r, 0) / all;
  return terms.reduce((sum, { w, r }) => sum + w * (r - offset) ** 2, 0);
}
