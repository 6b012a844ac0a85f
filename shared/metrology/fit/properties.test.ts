import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimal, formatDecimal, multiplyDecimal } from '../../units/units.ts';
import { fromDecimal, multiply, rational, subtract } from '../rational.ts';
import { fitObservations, type LinearFit, observationsOf } from './linear.ts';
import { polynomialModel, regressorsModel } from './linear-model.ts';
import { inverseSquares } from './weights.ts';

const decimal = fc
  .record({ digits: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), places: fc.nat(6) })
  .map(formatDecimal);
const reading = fc.record({
  x: decimal,
  z: decimal,
  y: decimal,
  u: fc
    .integer({ min: 1, max: 99_999 })
    .map((digits) => formatDecimal({ digits: BigInt(digits), places: 4 })),
});
/** At eight different x, so that a cubic is determined. */
const readings = fc.uniqueArray(reading, { minLength: 8, maxLength: 14, selector: ({ x }) => Number(x) });
type Reading = { x: string; z: string; y: string; u: string };

const cubic = (
  rows: readonly Reading[],
  x = (row: Reading) => row.x,
  y = (row: Reading) => row.y,
): LinearFit =>
  fitObservations(
    polynomialModel(3),
    observationsOf([rows.map(x)], rows.map(y), inverseSquares(rows.map(({ u }) => u)), 'absolute'),
  );

describe('a weighted cubic', () => {
  it('does not depend on the order of the readings', () => {
    fc.assert(
      fc.property(readings, fc.infiniteStream(fc.nat()), (rows, keys) => {
        const shuffled = rows
          .map((row) => ({ row, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        const [a, b] = [cubic(rows).exact, cubic(shuffled).exact];
        expect(b.parameters).toEqual(a.parameters);
        expect(b.cofactors).toEqual(a.cofactors);
        expect(b.residualSumOfSquares).toEqual(a.residualSumOfSquares);
        expect(b.rSquared).toEqual(a.rSquared);
      }),
      { numRuns: 30 },
    );
  });

  it('is exact under decimal scaling of x and y', () => {
    fc.assert(
      fc.property(
        readings,
        fc.integer({ min: -6, max: 6 }),
        fc.integer({ min: -6, max: 6 }),
        (rows, p, q) => {
          const [forX, forY] = [`1e${p}`, `1e${q}`];
          const a = cubic(rows).exact;
          const b = cubic(
            rows,
            ({ x }) => multiplyDecimal(x, forX),
            ({ y }) => multiplyDecimal(y, forY),
          ).exact;
          const ten = (exponent: number) => fromDecimal(`1e${exponent}`);
          expect(b.parameters).toEqual(a.parameters.map((value, k) => multiply(value, ten(q - k * p))));
          expect(b.residuals).toEqual(a.residuals.map((value) => multiply(value, ten(q))));
          expect(b.cofactors).toEqual(
            a.cofactors.map((row, j) => row.map((value, k) => multiply(value, ten(-(j + k) * p)))),
          );
          expect(b.rSquared).toEqual(a.rSquared);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is the same with all readings twice: half the variance', () => {
    fc.assert(
      fc.property(readings, (rows) => {
        const once = cubic(rows).exact;
        const twice = cubic([...rows, ...rows]).exact;
        expect(twice.parameters).toEqual(once.parameters);
        expect(twice.cofactors).toEqual(
          once.cofactors.map((row) => row.map((value) => multiply(value, rational(1n, 2n)))),
        );
      }),
      { numRuns: 20 },
    );
  });
});

it('shifts one coefficient, and no other, by what is added of its column', () => {
  fc.assert(
    fc.property(readings, decimal, (rows, factor) => {
      const columns = [rows.map(({ x }) => x), rows.map(({ z }) => z)];
      const plane = (y: readonly string[]): LinearFit =>
        fitObservations(regressorsModel(2), observationsOf(columns, y, null, 'none'));
      const a = plane(rows.map(({ y }) => y)).exact;
      const b = plane(rows.map(({ y, z }) => addDecimal(y, multiplyDecimal(factor, z)))).exact;
      expect(b.parameters[0]).toEqual(a.parameters[0]);
      expect(b.parameters[1]).toEqual(a.parameters[1]);
      expect(subtract(b.parameters[2] ?? rational(0n), a.parameters[2] ?? rational(0n))).toEqual(
        fromDecimal(factor),
      );
      expect(b.residuals).toEqual(a.residuals);
    }),
    { numRuns: 50 },
  );
});
