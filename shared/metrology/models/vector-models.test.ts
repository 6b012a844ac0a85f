import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitRequest } from '../fit/fit-request.ts';
import { figures } from './figures.fixture.ts';

const text = z.string();
const texts = z.array(text);
const rows = z.array(texts);
const numbers = (values: readonly string[]): number[] => values.map(Number);

describe('an accelerometer in six positions', () => {
  const model = 'accelerometer-six-position';
  const { truth, data } = figures(
    model,
    z.object({
      truth: z.object({ M: rows, b: texts }),
      data: z.array(z.object({ reference_g: z.array(z.number().transform(String)), reading_g: texts })),
    }),
  );
  const x = data.map(({ reference_g }) => reference_g);
  const y = data.map(({ reading_g }) => reading_g);

  it('recovers matrix and bias exactly, and corrects the readings to the reference', () => {
    const answer = fitRequest({ model, x, y, evaluate: y });
    expect(answer.matrix).toEqual(truth.M);
    expect(answer.bias).toEqual(truth.b);
    expect(answer.residuals).toEqual(y.flat().map(() => '0'));
    const corrected = z.array(z.object({ value: texts })).parse(answer.evaluations);
    expect(corrected.map(({ value }) => value)).toEqual(x);
  });

  it('has the uncertainties of three lines with one design', () => {
    const noisy = y.map((row, i) =>
      row.map((value, k) => (Number(value) + ((i * 3 + k * 5) % 7) * 1e-3).toFixed(6)),
    );
    const answer = fitRequest({ model, x, y: noisy });
    const axes = [0, 1, 2].map((axis) =>
      fitRequest({ model: 'linear', x, y: noisy.map((row) => row[axis]) }),
    );
    const squares = axes.map((fit) => Number(fit.residualStandardDeviation) ** 2 * fit.degreesOfFreedom);
    const pooled = Math.sqrt(squares.reduce((sum, each) => sum + each) / 6);
    expect(Number(answer.residualStandardDeviation)).toBeCloseTo(pooled, 12);
    // Six positions, each axis up and down: u(M) = s / sqrt 2, u(b) = s / sqrt 6.
    expect(Number(answer.coefficients[0]?.standardUncertainty)).toBeCloseTo(pooled / Math.sqrt(2), 12);
    expect(Number(answer.coefficients[3]?.standardUncertainty)).toBeCloseTo(pooled / Math.sqrt(6), 12);
    expect(numbers([answer.coefficients[1]?.value ?? ''])[0]).toBeCloseTo(
      Number(axes[0]?.coefficients[2]?.value),
      12,
    );
  });

  it('refuses positions that leave an axis open, and axes that are the same', () => {
    expect(() => fitRequest({ model, x: x.slice(0, 4), y: y.slice(0, 4) })).toThrow('No fit is possible');
    const twice = y.map(([a = '', , c = '']) => [a, a, c]);
    expect(() => fitRequest({ model, x, y: twice })).toThrow('two axes');
    expect(() => fitRequest({ model, x, y: y.slice(1) })).toThrow(expect.objectContaining({ path: 'y' }));
    expect(() => fitRequest({ model, x: [['1', '0']], y })).toThrow(expect.objectContaining({ path: 'x.0' }));
  });
});

describe('a magnetometer', () => {
  const model = 'magnetometer-ellipsoid';
  const { truth, points } = figures(
    model,
    z.object({ truth: z.object({ field_uT: text, A: rows, centre: texts }), points: rows }),
  );
  const vector = z.array(text).transform(numbers);
  const found = z.object({ centre: vector, correction: z.array(vector), residuals: vector });
  const times = (a: readonly number[][], b: readonly number[]): number[] =>
    a.map((row) => row.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0));

  it('recovers hard and soft iron, and the field from every reading', () => {
    const { centre, correction, residuals } = found.parse(
      fitRequest({ model, x: points, field: truth.field_uT }),
    );
    expect(centre).toEqual(numbers(truth.centre));
    // W is the inverse of A: their product is the unit matrix.
    for (const [k, column] of [0, 1, 2].entries()) {
      const product = times(
        correction,
        truth.A.map((row) => Number(row[column])),
      );
      for (const [j, value] of product.entries()) expect(value).toBeCloseTo(j === k ? 1 : 0, 12);
    }
    expect(Math.max(...residuals.map(Math.abs))).toBeLessThan(1e-15);
  });

  it('finds any ellipsoid, however far its centre lies from zero', () => {
    const offset = fc.integer({ min: -300, max: 300 });
    const small = fc.integer({ min: -8, max: 8 }).map((value) => value / 100);
    const stretch = fc.integer({ min: 80, max: 125 }).map((value) => value / 100);
    fc.assert(
      fc.property(
        fc.tuple(offset, offset, offset),
        fc.tuple(stretch, stretch, stretch),
        fc.tuple(small, small, small),
        (c, s, [p, q, r]) => {
          const soft = [
            [s[0], p, q],
            [p, s[1], r],
            [q, r, s[2]],
          ];
          const directions = [-2, -1, 0, 1, 2].flatMap((i) =>
            [0, 1, 2, 3, 4, 5].map((j) => [i / 2, j + i / 5] as const),
          );
          const readings = directions.map(([latitude, longitude]) => {
            const unit = [
              Math.cos(latitude) * Math.cos(longitude),
              Math.cos(latitude) * Math.sin(longitude),
              Math.sin(latitude),
            ];
            return times(
              soft,
              unit.map((value) => 50 * value),
            ).map((value, k) => (value + (c[k] ?? 0)).toFixed(12));
          });
          const { centre, correction } = found.parse(fitRequest({ model, x: readings, field: '50' }));
          for (const k of [0, 1, 2]) {
            expect(centre[k]).toBeCloseTo(c[k] ?? 0, 8);
            const product = times(
              correction,
              soft.map((row) => row[k] ?? 0),
            );
            for (const [j, value] of product.entries()) expect(value).toBeCloseTo(j === k ? 1 : 0, 8);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('refuses readings that are no ellipsoid', () => {
    const field = truth.field_uT;
    const flat = points.map(([a = '', b = '']) => [a, b, '3']);
    expect(() => fitRequest({ model, x: flat, field })).toThrow('No fit is possible');
    expect(() => fitRequest({ model, x: points.slice(0, 8), field })).toThrow('No fit is possible');
    const hyperboloid = points.map(([a = '', b = '']) => [
      a,
      b,
      Math.sqrt(1 + Number(a) ** 2 + Number(b) ** 2).toFixed(9),
    ]);
    expect(() => fitRequest({ model, x: hyperboloid, field })).toThrow('No fit is possible');
    expect(() => fitRequest({ model, x: points, field: '0' })).toThrow(
      expect.objectContaining({ path: 'field' }),
    );
  });
});
