import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { figures, relativeDifference } from '../figures.fixture.ts';
import * as functions from './functions.ts';
import {
  compareReal,
  fromNumber,
  fromText,
  minus,
  plus,
  type Real,
  realText,
  size,
  times,
  toNumber,
  unit,
} from './real.ts';

const named: Readonly<Record<string, (x: Real) => Real>> = {
  sqrt: functions.squareRoot,
  exp: functions.exponential,
  ln: functions.logarithm,
  log10: functions.logarithm10,
  sin: functions.sine,
  cos: functions.cosine,
  tan: functions.tangent,
  asin: functions.arcSine,
  acos: functions.arcCosine,
  atan: functions.arcTangent,
  sinh: functions.hyperbolicSine,
  cosh: functions.hyperbolicCosine,
  tanh: functions.hyperbolicTangent,
};
const known = figures(
  'long-functions',
  z.object({
    values: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
    power: z.array(z.tuple([z.string(), z.string(), z.string()])),
  }),
);

describe('functions of long numbers', () => {
  for (const [name, rows] of Object.entries(known.values)) {
    it(`${name} is right to 58 digits`, () => {
      for (const [x, expected] of rows) {
        const found = named[name]?.(fromText(x));
        expect(found && relativeDifference(realText(found, 75), expected), x).toBeLessThan(1e-58);
      }
    });
  }

  it('powers are right to 65 digits', () => {
    for (const [x, y, expected] of known.power)
      expect(
        relativeDifference(realText(functions.power(fromText(x), fromText(y)), 75), expected),
      ).toBeLessThan(1e-65);
  });

  it('have no value outside their domain', () => {
    for (const compute of [
      () => functions.squareRoot(fromNumber(-1)),
      () => functions.logarithm(fromNumber(0)),
      () => functions.arcSine(fromNumber(1.5)),
      () => functions.power(fromNumber(-2), fromNumber(0.5)),
      () => functions.exponential(fromText('1E12')),
    ])
      expect(compute).toThrow(RangeError);
  });

  const double = fc.double({ noNaN: true, noDefaultInfinity: true, min: -600, max: 600 });
  const isNear = (a: Real, b: Real): boolean =>
    compareReal(size(minus(a, b)), times(fromNumber(2 ** -190), plus(unit, size(b)))) < 0;

  it('undo each other', () => {
    fc.assert(
      fc.property(double, (x) => {
        const value = fromNumber(x);
        expect(isNear(functions.logarithm(functions.exponential(value)), value)).toBe(true);
        expect(isNear(functions.tangent(functions.arcTangent(value)), value)).toBe(true);
        const [sine, cosine] = functions.sineCosine(value);
        expect(isNear(plus(times(sine, sine), times(cosine, cosine)), unit)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('every double comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (x) => toNumber(fromNumber(x)) === (x === 0 ? 0 : x),
      ),
    );
  });
});
