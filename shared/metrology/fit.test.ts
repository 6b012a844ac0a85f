import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../contract/failure.ts';
import { addDecimal, compareDecimal, formatDecimal, multiplyDecimal } from '../units/units.ts';
import { fitLine, fitLinear, fitModels, polynomial } from './fit.ts';
import { fromDecimal, rational } from './rational.ts';

const decimal = fc
  .record({ digits: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), places: fc.nat(9) })
  .map(formatDecimal);
const raws = fc.uniqueArray(fc.nat(524_280), { minLength: 3, maxLength: 12 }).map((all) => all.map(String));

describe('fit', () => {
  it('returns the very coefficients of an exact line', () => {
    fc.assert(
      fc.property(decimal, decimal, raws, (offset, gain, x) => {
        const y = x.map((raw) => addDecimal(offset, multiplyDecimal(gain, raw)));
        const { exact, rSquared, residualStandardDeviation } = fitLine(x, y);
        expect(exact.parameters).toEqual([fromDecimal(offset), fromDecimal(gain)]);
        expect(residualStandardDeviation).toBe('0');
        expect(exact.residuals.every((residual) => residual.over === 0n)).toBe(true);
        expect(rSquared).toBe(compareDecimal(gain, '0') === 0 ? null : '1');
      }),
    );
  });

  it('returns the very coefficients of an exact cubic', () => {
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 4, maxLength: 4 }), raws, (coefficients, some) => {
        const x = [...some, '600000'];
        const y = x.map((at) =>
          coefficients.reduceRight((sum, b) => addDecimal(b, multiplyDecimal(sum, at)), '0'),
        );
        expect(fitLinear(polynomial(3), x, y).exact.parameters).toEqual(coefficients.map(fromDecimal));
      }),
    );
  });

  it('leaves residuals that are orthogonal to the terms', () => {
    fc.assert(
      fc.property(raws, fc.infiniteStream(decimal), (x, stream) => {
        const y = x.map(() => String(stream.next().value));
        const { residuals } = fitLine(x, y).exact;
        const total = (weight: (i: number) => bigint): bigint => {
          const common = residuals.reduce((product, r) => product * r.under, 1n);
          return residuals.reduce((sum, r, i) => sum + r.over * (common / r.under) * weight(i), 0n);
        };
        expect(total(() => 1n)).toBe(0n);
        expect(total((i) => BigInt(x[i] ?? 0))).toBe(0n);
      }),
    );
  });

  it.each([
    ['one reading', ['1'], ['2']],
    ['one place', ['5', '5', '5'], ['1', '2', '3']],
    ['unequal lists', ['1', '2'], ['1']],
  ])('is impossible with %s', (_, x, y) => {
    expect(() => fitLine(x, y)).toThrow(Failure);
    expect(() => fitLine(x, y)).toThrow(/No fit is possible/);
  });

  it('refuses a weight without meaning', () =>
    expect(() => fitLinear(fitModels.line, ['1', '2'], ['1', '2'], { uncertainties: ['0.1', '0'] })).toThrow(
      Failure,
    ));

  it('leaves uncertainties open where nothing is left over', () => {
    const fitted = fitLine(['0', '3'], ['1', '2']);
    expect(fitted.exact.parameters[1]).toEqual(rational(1n, 3n));
    expect(fitted.standardUncertainties).toBeNull();
    expect(fitted.residualStandardDeviation).toBeNull();
  });
});
