import { describe, expect, it } from 'vitest';
import { LineFit, type PointResult } from '../../shared/contract/calibrate.ts';
import { evaluateStability, pointResult } from '../../shared/metrology/metrology.ts';
import { addDecimal, fromQuanta, multiplyDecimal } from '../../shared/units/units.ts';
import { fitPoints } from './fit.ts';

const present = { mul: 338_230, add: -43_486_543_000, shift: 20 };
const channel = { quantum: '0.001', rawMax: 524_280, present };
const rule = {
  readings: 5,
  intervalMs: 500,
  maxDrift: '1',
  maxSpread: '1',
  nearNominal: '1',
  timeoutSeconds: 60,
};

const point = (nominal: string, pairs: [raw: number, reference: string][]): PointResult => {
  const readings = pairs.map(([raw, reference], i) => ({ at: 500 * i, reference, unit: nominal, raw }));
  const stability = evaluateStability(readings, nominal, rule);
  return pointResult({ nominal, readings, stability, override: null, tolerance: '1' });
};
/** Five readings on the line -40.5 + 0.000315 raw, around a raw count. */
const onLine = (nominal: string, around: number): PointResult =>
  point(
    nominal,
    [0, 1, -1, 2, -2].map((off) => {
      const raw = around + off;
      return [raw, addDecimal('-40.500000', multiplyDecimal('0.000315', String(raw)))];
    }),
  );

describe('fit of the captured points', () => {
  it('finds the very line, and the integers that the unit computes it with', () => {
    const fit = fitPoints([onLine('0', 128_571), onLine('25', 207_936), onLine('60', 319_047)], channel);
    expect(LineFit.safeParse(fit).error).toBeUndefined();
    expect(fit).toMatchObject({
      offset: '-40.5',
      gain: '0.000315',
      residualStandardDeviation: '0',
      offsetStandardUncertainty: '0',
      gainStandardUncertainty: '0',
      degreesOfFreedom: 13,
    });
    expect(fit.residuals).toEqual(Array.from({ length: 15 }, () => '0'));
    expect(Math.floor((207_936 * fit.mul + fit.add) / 2 ** fit.shift)).toBe(25_000);
  });

  it('goes through every single reading, with what is left over in their order', () => {
    const low = point('0', [
      [0, '0.1'],
      [0, '-0.1'],
      [0, '0.0'],
    ]);
    const high = point('10', [
      [100, '10.0'],
      [100, '10.0'],
      [100, '10.0'],
    ]);
    const fit = fitPoints([low, high], channel);
    expect(fit).toMatchObject({ offset: '0', gain: '0.1', degreesOfFreedom: 4 });
    expect(fit.residuals).toEqual(['0.1', '-0.1', '0', '0', '0', '0']);
    // s^2 = 0.02 / 4; u(offset)^2 = s^2 / 3.
    expect(fit.residualStandardDeviation).toBe('0.0707106781186547524400844362105');
    expect(fit.offsetStandardUncertainty).toBe('0.0408248290463863016366214012451');
  });

  it.each([
    ['no point', []],
    ['one point', [onLine('25', 207_936)]],
    ['two points at one value', [onLine('25', 207_936), onLine('25.0', 207_990)]],
    [
      'one raw count',
      [
        point('0', [
          [7, '0'],
          [7, '0'],
        ]),
        point('9', [
          [7, '9'],
          [7, '9'],
        ]),
      ],
    ],
    ['two readings', [point('0', [[7, '0']]), point('9', [[70, '9']])]],
  ])('is impossible with %s', (_, points) =>
    expect(() => fitPoints(points, channel)).toThrow(/No fit is possible/),
  );

  it('moves the present line by an offset and keeps its gain to the last bit', () => {
    // The unit reads 0.25 too low everywhere: nothing but an offset is wrong with it.
    const present = { mul: 338_229_953, add: -43_486_543_872_000 + 2 ** 29, shift: 30 };
    const at = (raw: number): string =>
      fromQuanta(Math.floor((raw * present.mul + present.add) / 2 ** 30), '0.001');
    const points = [128_571, 207_936, 319_047].map((around, i) =>
      point(
        String(25 * i),
        [0, 1, -1, 2, -2].map((off) => [around + off, addDecimal(at(around + off), '0.250')]),
      ),
    );
    const fit = fitPoints(points, { ...channel, present }, 'offset');
    expect(LineFit.safeParse(fit).error).toBeUndefined();
    expect(fit).toMatchObject({ model: 'offset', gainStandardUncertainty: '0', degreesOfFreedom: 14 });
    expect(fit.mul / 2 ** fit.shift).toBe(present.mul / 2 ** present.shift);
    // What the unit rounded to whole quanta spreads over one of them.
    expect(Number(fit.offset) - (present.add - 2 ** 29) / 2 ** 30 / 1000).toBeCloseTo(0.25, 3);
    expect(fitPoints(points, { ...channel, present }, 'best').model).toBe('offset');
  });

  it('takes the line where the gain is off as well', () => {
    const points = [onLine('0', 128_571), onLine('25', 207_936), onLine('60', 319_047)];
    const fit = fitPoints(points, channel, 'best');
    expect(fit.model).toBe('line');
    expect(fit.compared.map(({ model }) => model)).toEqual(['offset', 'line']);
  });

  it('adds what the certificate of the standard says to what it showed', () => {
    const points = [onLine('0', 128_571), onLine('60', 319_047)].map((found) => ({
      ...found,
      correction: '0.5',
    }));
    expect(fitPoints(points, channel)).toMatchObject({ offset: '-40', gain: '0.000315' });
  });
});
