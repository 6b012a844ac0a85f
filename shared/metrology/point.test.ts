import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointResult, type StabilityEvidence } from '../contract/calibrate.ts';
import { absoluteDecimal, compareDecimal } from '../units/units.ts';
import { pointResult } from './point.ts';

const stability: StabilityEvidence = {
  stable: true,
  readings: 5,
  spanMs: 4000,
  referenceDrift: '0',
  unitDrift: '0',
  referenceSpread: '0',
  unitSpread: '0',
  distance: '0',
  missing: [],
};
const point = (pairs: [string, string][], tolerance: string): PointResult =>
  pointResult({
    nominal: '25.0',
    readings: pairs.map(([reference, unit], at) => ({ at, reference, unit, raw: at })),
    stability,
    override: null,
    tolerance,
  });

describe('point', () => {
  it('states exact means and the error of the unit', () => {
    const result = point(
      [
        ['25.0100', '25.104'],
        ['25.0200', '25.105'],
      ],
      '0.1',
    );
    expect(result).toMatchObject({
      meanReference: '25.0150',
      meanUnit: '25.1045',
      error: '0.0895',
      withinTolerance: true,
    });
    expect(PointResult.safeParse(result).success).toBe(true);
  });

  it('gives a mean without end to six places more, and the error away from zero', () => {
    const result = point(
      [
        ['1.0', '1.0'],
        ['1.0', '1.0'],
        ['1.1', '1.0'],
      ],
      '1',
    );
    expect(result.meanReference).toBe('1.0333333');
    expect(result.error).toBe('-0.0333334');
  });

  it('takes the limit itself as within, and a hair more as not', () => {
    expect(point([['25.00', '25.05']], '0.05').withinTolerance).toBe(true);
    expect(point([['25.00', '24.95']], '0.05').withinTolerance).toBe(true);
    expect(
      point(
        [
          ['25.00', '25.05'],
          ['25.00', '25.05'],
          ['25.00', '25.06'],
        ],
        '0.05',
      ).withinTolerance,
    ).toBe(false);
  });

  it('prints an error that leads to the same decision', () => {
    const value = fc.integer({ min: -60, max: 60 }).map((n) => (25 + n / 1000).toFixed(3));
    const tolerance = fc.constantFrom('0.01', '0.005', '0.0200000001', '0.0123456789012');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 9 }),
        tolerance,
        (pairs, limit) => {
          const { error, withinTolerance } = point(pairs, limit);
          expect(compareDecimal(absoluteDecimal(error), limit) <= 0).toBe(withinTolerance);
        },
      ),
      { numRuns: 500 },
    );
  });
});
