import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitRequest } from '../fit/fit-request.ts';
import { figures, nonlinearCase, relativeDifference } from './figures.fixture.ts';

const text = z.string();
const pairs = z.array(z.tuple([text, text]));
const valuesOf = (rows: unknown): string[] =>
  z
    .array(z.object({ value: text }))
    .parse(rows)
    .map(({ value }) => value);
const refused = (path: string) => expect.objectContaining({ name: 'RequestError', path });
const first = (rows: z.output<typeof pairs>): string[] => rows.map(([value]) => value);
const second = (rows: z.output<typeof pairs>): string[] => rows.map(([, value]) => value);

describe('Steinhart-Hart', () => {
  const abc = { A: text, B: text, C: text };
  const known = figures(
    'steinhart-hart',
    z.object({
      case1_evaluate: z.object({ ...abc, R_ohm: text, t_degC: text }),
      case2_three_point_solve: z.object({ ...abc, points: pairs }),
      case3_least_squares_on_inverse_T: z.object({
        ...abc,
        points_degC_ohm: pairs,
        fitted_degC: z.array(text),
      }),
    }),
  );
  const model = 'steinhart-hart';

  it('gives the temperature of a resistance, and back', () => {
    const { A, B, C, R_ohm, t_degC } = known.case1_evaluate;
    const answer = fitRequest({
      model,
      coefficients: { A, B, C },
      evaluate: [R_ohm],
      invert: [t_degC],
      digits: 25,
    });
    expect(valuesOf(answer.evaluations)).toEqual([t_degC]);
    expect(relativeDifference(valuesOf(answer.inverse)[0] ?? '', R_ohm)).toBeLessThan(1e-24);
  });

  it.each([
    ['three points', known.case2_three_point_solve, known.case2_three_point_solve.points, 0],
    [
      'sixteen',
      known.case3_least_squares_on_inverse_T,
      known.case3_least_squares_on_inverse_T.points_degC_ohm,
      13,
    ],
  ] as const)('is fitted to %s', (_, { A, B, C }, points, degreesOfFreedom) => {
    const answer = fitRequest({ model, x: second(points), y: first(points), digits: 25 });
    expect(answer.degreesOfFreedom).toBe(degreesOfFreedom);
    for (const [k, expected] of [A, B, C].entries())
      expect(relativeDifference(answer.coefficients[k]?.value ?? '', expected)).toBeLessThan(1e-24);
  });

  it('has residuals in kelvin', () => {
    const { points_degC_ohm, fitted_degC } = known.case3_least_squares_on_inverse_T;
    const { residuals } = fitRequest({ model, x: second(points_degC_ohm), y: first(points_degC_ohm) });
    for (const [i, fitted] of fitted_degC.entries())
      expect(Number(residuals[i])).toBeCloseTo(Number(points_degC_ohm[i]?.[0]) - Number(fitted), 9);
  });

  it('weights by the uncertainties of the temperatures', () => {
    const { points_degC_ohm } = known.case3_least_squares_on_inverse_T;
    // u(1/T) = u(T)/T^2: uncertainties in proportion to T^2 are equal weights in 1/T.
    const uy = first(points_degC_ohm).map((t) => ((Number(t) + 273.15) ** 2 * 1e-7).toPrecision(17));
    const equal = fitRequest({ model, x: second(points_degC_ohm), y: first(points_degC_ohm) });
    const weighted = fitRequest({
      model,
      x: second(points_degC_ohm),
      y: first(points_degC_ohm),
      uy,
      weights: 'relative',
    });
    for (const [k, { value, standardUncertainty }] of weighted.coefficients.entries()) {
      expect(relativeDifference(value, equal.coefficients[k]?.value ?? '')).toBeLessThan(1e-9);
      expect(
        relativeDifference(standardUncertainty ?? '', equal.coefficients[k]?.standardUncertainty ?? ''),
      ).toBeLessThan(1e-9);
    }
  });

  it('refuses x and y exchanged, and what is no resistance', () => {
    const { points } = known.case2_three_point_solve;
    expect(() => fitRequest({ model, x: first(points), y: second(points) })).toThrow(refused('y.0'));
    expect(() => fitRequest({ model, x: ['0', '10', '20'], y: ['5', '25', '45'] })).toThrow(refused('x.0'));
    expect(() => fitRequest({ model, x: ['100', '100', '100'], y: ['5', '25', '45'] })).toThrow(
      'No fit is possible',
    );
  });
});

describe('Meyer', () => {
  const model = 'ntc-meyer';
  const { data_strings, certified } = figures('nist-strd-nl-mgh10', nonlinearCase);
  const x = data_strings.map((row) => row[1] ?? '');
  const y = data_strings.map((row) => row[0] ?? '');

  it('finds its own start for the thermistor of MGH10', () => {
    const { coefficients } = fitRequest({ model, x, y });
    for (const [k, { estimate, standard_deviation }] of certified.parameters.entries()) {
      expect(relativeDifference(coefficients[k]?.value ?? '', estimate)).toBeLessThan(5e-11);
      expect(relativeDifference(coefficients[k]?.standardUncertainty ?? '', standard_deviation)).toBeLessThan(
        5e-11,
      );
    }
  });

  it('finds its own start for any thermistor, and its inverse gives the temperature back', () => {
    const ntc = fc.record({
      beta: fc.integer({ min: 2500, max: 5000 }),
      at25: fc.constantFrom(1000, 2200, 10_000, 47_000, 100_000),
      b3: fc.integer({ min: 180, max: 280 }),
      noise: fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 12, maxLength: 12 }),
    });
    fc.assert(
      fc.property(ntc, ({ beta, at25, b3, noise }) => {
        const b1 = at25 / Math.exp(beta / (25 + b3));
        const places = noise.map((_, k) => 10 * k - 20);
        const ohms = places.map((t, k) =>
          (b1 * Math.exp(beta / (t + b3)) * (1 + (noise[k] ?? 0) * 1e-6)).toPrecision(8),
        );
        const answer = fitRequest({ model, x: places.map(String), y: ohms, evaluate: ['33.3'] });
        const [b1Found, b2Found, b3Found] = answer.coefficients.map(({ value }) => value);
        expect(Math.abs(Number(b2Found) / beta - 1)).toBeLessThan(0.05);
        const [ohm = ''] = valuesOf(answer.evaluations);
        const coefficients = { b1: b1Found, b2: b2Found, b3: b3Found };
        const [back = ''] = valuesOf(fitRequest({ model, coefficients, invert: [ohm] }).inverse);
        expect(Math.abs(Number(back) - 33.3)).toBeLessThan(1e-10);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a resistance that no temperature has', () => {
    const coefficients = { b1: '0.0056', b2: '6181', b3: '345' };
    expect(() => fitRequest({ model, coefficients, invert: ['0.005'] })).toThrow(refused('invert.0'));
    expect(() => fitRequest({ model, coefficients, evaluate: ['-345'] })).toThrow(refused('evaluate.0'));
    expect(() => fitRequest({ model, coefficients: { b1: '1', b2: '2' }, evaluate: ['1'] })).toThrow(
      refused('coefficients.b3'),
    );
  });
});

describe('Callendar-Van Dusen', () => {
  const model = 'callendar-van-dusen';
  const known = figures(
    'pt100-callendar-van-dusen',
    z.object({
      constants: z.object({ R0: text, A: text, B: text, C: text }),
      forward: z.array(z.object({ t_degC: z.number().transform(String), R_exact_ohm: text })),
      inverse: z.array(z.object({ R_ohm: text, t_degC: text })),
    }),
  );
  const celsius = known.forward.map(({ t_degC }) => t_degC);
  const ohms = known.forward.map(({ R_exact_ohm }) => R_exact_ohm);

  it('gives the table of IEC 60751 and its inverse', () => {
    const answer = fitRequest({ model, evaluate: celsius, invert: known.inverse.map(({ R_ohm }) => R_ohm) });
    expect(valuesOf(answer.evaluations).map(Number)).toEqual(ohms.map(Number));
    expect(valuesOf(answer.inverse)).toEqual(known.inverse.map(({ t_degC }) => t_degC));
  });

  it('gives back the coefficients that made the readings', () => {
    const { coefficients } = fitRequest({ model, x: celsius, y: ohms });
    for (const [k, expected] of Object.values(known.constants).entries())
      expect(Number(coefficients[k]?.value)).toBe(Number(expected));
  });

  it('carries the scatter into R0, A, B and what they give', () => {
    const x = ['0', '50', '100', '150'];
    const y = ['100.01', '119.41', '138.5', '157.33'];
    const answer = fitRequest({ model, x, y, evaluate: ['20'] });
    const quadratic = fitRequest({ model: 'polynomial', degree: 2, x, y, predict: ['20'] });
    const [r0, a, b] = quadratic.coefficients.map(({ value }) => Number(value));
    expect(answer.coefficients.map(({ value }) => Number(value))).toEqual([
      r0,
      expect.closeTo((a ?? 0) / (r0 ?? 1), 14),
      expect.closeTo((b ?? 0) / (r0 ?? 1), 14),
    ]);
    const { evaluations } = z
      .object({ evaluations: z.array(z.object({ value: text, standardUncertainty: text })) })
      .parse(answer);
    const { predictions } = z
      .object({ predictions: z.array(z.object({ value: text, standardUncertainty: text })) })
      .parse(quadratic);
    expect(evaluations[0]?.value).toBe(predictions[0]?.value);
    expect(
      relativeDifference(
        evaluations[0]?.standardUncertainty ?? '',
        predictions[0]?.standardUncertainty ?? '',
      ),
    ).toBeLessThan(1e-14);
  });

  it('refuses what lies outside, and below zero without C', () => {
    expect(() => fitRequest({ model, evaluate: ['850.02'] })).toThrow(refused('evaluate.0'));
    expect(() => fitRequest({ model, invert: ['18.5'] })).toThrow(refused('invert.0'));
    expect(() => fitRequest({ model, invert: ['400'] })).toThrow(refused('invert.0'));
    expect(() =>
      fitRequest({ model, x: ['0', '50', '100'], y: ['100', '119.4', '138.5'], invert: ['99'] }),
    ).toThrow(refused('invert.0'));
    expect(() => fitRequest({ model })).toThrow(refused('x'));
    expect(() => fitRequest({ model, x: ['0', '50'], y: ['100', '119.4'] })).toThrow('No fit is possible');
  });

  it('inverse of forward is the temperature', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 850_000 }), (thousandth) => {
        const t = (thousandth / 1000).toString();
        const [ohm = ''] = valuesOf(fitRequest({ model, evaluate: [t], digits: 40 }).evaluations);
        const [back] = valuesOf(fitRequest({ model, invert: [ohm] }).inverse);
        expect(Number(back)).toBe(Number(t));
      }),
    );
  });
});
