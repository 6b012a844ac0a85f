import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitRequest } from '../fit/fit-request.ts';
import { figures, relativeDifference } from './figures.fixture.ts';

const text = z.string();
const table = z.object({ rows: z.array(z.array(text)) });
const result = z.object({
  b: z.array(text),
  u_b: z.array(text),
  covariance: z.array(z.array(text)),
  S: text,
  dof: z.number(),
  max_weighted_residual: text,
  evaluate: z.array(z.object({ x: text, u_x: text })),
});
const { examples } = figures(
  'iso6143-b-least',
  z.object({
    examples: z.array(
      z.object({ example: z.number(), calibration: table, measured: table, results: z.record(text, result) }),
    ),
  }),
);
const column = ({ rows }: z.output<typeof table>, k: number): string[] => rows.map((row) => row[k] ?? '');
const pairsOf = (calibration: z.output<typeof table>) => ({
  x: column(calibration, 0),
  ux: column(calibration, 1),
  y: column(calibration, 2),
  uy: column(calibration, 3),
});
const model = 'iso6143';

describe.each(examples)('example $example of B_LEAST', ({ calibration, measured, results }) => {
  it.each(Object.entries(results))('%s', (name, expected) => {
    const answer = fitRequest({
      model,
      function: name,
      ...pairsOf(calibration),
      evaluate: measured.rows.map(([y, uy]) => ({ y, uy })),
      digits: 20,
    });
    for (const [k, { value, standardUncertainty }] of answer.coefficients.entries()) {
      expect(relativeDifference(value, expected.b[k] ?? '')).toBeLessThan(5e-20);
      expect(relativeDifference(standardUncertainty ?? '', expected.u_b[k] ?? '')).toBeLessThan(5e-12);
    }
    for (const [j, row] of expected.covariance.entries())
      for (const [k, value] of row.entries())
        expect(relativeDifference(answer.covariance?.[j]?.[k] ?? '', value)).toBeLessThan(5e-12);
    expect(answer.degreesOfFreedom).toBe(expected.dof);
    expect(relativeDifference(String(answer.chiSquared), expected.S)).toBeLessThan(5e-15);
    expect(
      relativeDifference(String(answer.maxWeightedResidual), expected.max_weighted_residual),
    ).toBeLessThan(5e-8);
    expect(answer.accepted).toBe(Number(expected.max_weighted_residual) <= 2);
    const evaluated = z.array(z.object({ value: text, standardUncertainty: text })).parse(answer.evaluations);
    for (const [i, { value, standardUncertainty }] of evaluated.entries()) {
      expect(relativeDifference(value, expected.evaluate[i]?.x ?? '')).toBeLessThan(5e-15);
      expect(relativeDifference(standardUncertainty, expected.evaluate[i]?.u_x ?? '')).toBeLessThan(5e-12);
    }
  });
});

describe('an analysis function', () => {
  const pairs = pairsOf(examples[1]?.calibration ?? { rows: [] });

  it('is the line of ISO/TS 28037 with x and y exchanged', () => {
    const { coefficients, covariance } = fitRequest({ model, ...pairs });
    const line = fitRequest({ model: 'line', x: pairs.y, ux: pairs.uy, y: pairs.x, uy: pairs.ux });
    for (const [k, { value, standardUncertainty }] of line.coefficients.entries()) {
      expect(relativeDifference(coefficients[k]?.value ?? '', value)).toBeLessThan(1e-14);
      expect(
        relativeDifference(coefficients[k]?.standardUncertainty ?? '', standardUncertainty ?? ''),
      ).toBeLessThan(1e-14);
    }
    expect(relativeDifference(covariance?.[0]?.[1] ?? '', line.covariance?.[0]?.[1] ?? '')).toBeLessThan(
      1e-14,
    );
  });

  it('is plain weighted least squares where the responses are exact', () => {
    const exact = { ...pairs, uy: pairs.uy.map(() => '0') };
    const { coefficients } = fitRequest({ model, function: 'quadratic', ...exact });
    const plain = fitRequest({ model: 'polynomial', degree: 2, x: pairs.y, y: pairs.x, uy: pairs.ux });
    for (const [k, { value }] of plain.coefficients.entries())
      expect(relativeDifference(coefficients[k]?.value ?? '', value)).toBeLessThan(1e-14);
  });

  it('warns outside the calibration', () => {
    const answer = fitRequest({ model, ...pairs, evaluate: ['1', '100000'] });
    expect(answer.warnings).toEqual([expect.stringContaining('evaluate.0')]);
  });

  it('is refused without uncertainties, with too few pairs, or where there is nothing to fit', () => {
    const none = pairs.x.map(() => '0');
    expect(() => fitRequest({ model, ...pairs, ux: none, uy: none })).toThrow('no uncertainty');
    const two = { x: ['1', '2'], ux: ['1', '1'], y: ['1', '2'], uy: ['1', '1'] };
    expect(() => fitRequest({ model, function: 'quadratic', ...two })).toThrow('No fit is possible');
    expect(() => fitRequest({ model, ...two, y: ['2', '2'] })).toThrow('No fit is possible');
    expect(() => fitRequest({ model, ...two, uy: ['1'] })).toThrow(expect.objectContaining({ path: 'uy' }));
    const straight = {
      x: ['1', '2', '3', '4'],
      ux: none.slice(0, 4).map(() => '0.1'),
      y: ['1', '2', '3', '4'],
      uy: none.slice(0, 4).map(() => '0.1'),
    };
    expect(() => fitRequest({ model, function: 'exponential', ...straight })).toThrow('No fit is possible');
  });
});

describe('a polynomial with uncertainty in x and y', () => {
  const exchanged = examples.map(({ example, calibration, measured, results }) => {
    const { x, ux, y, uy } = pairsOf(calibration);
    return {
      example,
      results,
      request: { x: y, ux: uy, y: x, uy: ux, predict: column(measured, 0), digits: 20 },
    };
  });

  it.each(exchanged)('is the quadratic of B_LEAST, example $example', ({ request, results }) => {
    const expected = results.quadratic;
    if (expected === undefined) return;
    const answer = fitRequest({ model: 'polynomial', degree: 2, ...request });
    expect(answer.coefficients.map(({ name }) => name)).toEqual(['b0', 'b1', 'b2']);
    for (const [k, { value, standardUncertainty }] of answer.coefficients.entries()) {
      expect(relativeDifference(value, expected.b[k] ?? '')).toBeLessThan(5e-20);
      expect(relativeDifference(standardUncertainty ?? '', expected.u_b[k] ?? '')).toBeLessThan(5e-12);
    }
    expect(answer.predictions).toHaveLength(request.predict.length);
  });

  it('is plain weighted least squares where x is nearly exact', () => {
    const x = ['1', '2', '3', '4', '5', '6'];
    const y = ['1.1', '3.9', '9.2', '15.8', '25.3', '36.1'];
    const uy = ['0.1', '0.2', '0.1', '0.2', '0.1', '0.2'];
    const request = { model: 'polynomial', degree: 3, x, y, uy, predict: ['2.5', '7'] };
    const [plain, both] = [fitRequest(request), fitRequest({ ...request, ux: x.map(() => '1e-12') })];
    for (const [k, { value, standardUncertainty }] of plain.coefficients.entries()) {
      expect(relativeDifference(both.coefficients[k]?.value ?? '', value)).toBeLessThan(1e-12);
      expect(
        relativeDifference(both.coefficients[k]?.standardUncertainty ?? '', standardUncertainty ?? ''),
      ).toBeLessThan(1e-12);
    }
    expect(both.warnings).toEqual(plain.warnings);
  });

  it.each([
    ['degree', { degree: 4 }],
    ['intercept', { intercept: false }],
    ['weights', { weights: 'relative' }],
    ['uy', { uy: ['0.1'] }],
    ['compare', { compare: true }],
  ])('names %s where it cannot be asked', (path, change) => {
    const [first] = exchanged;
    const request = { model: 'polynomial', degree: 2, ...first?.request, ...change };
    expect(() => fitRequest(request)).toThrow(expect.objectContaining({ name: 'RequestError', path }));
  });
});
