import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveWhole } from './linear-system.ts';
import {
  add,
  compare,
  divide,
  fromDecimal,
  multiply,
  rational,
  square,
  subtract,
  toSignificant,
  toTrimmed,
} from './rational.ts';
import { integerSquareRoot, squareRootText, squareRootToPlaces } from './square-root.ts';
import { isWithinTolerance } from './tolerance.ts';
import { roundWithUncertainty } from './uncertainty-rounding.ts';

const whole = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 15n });
const fraction = fc.tuple(whole, positive).map(([over, under]) => rational(over, under));

describe('rational', () => {
  it('is a field', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(add(a, b), b)).toEqual(a);
        if (b.over !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
      }),
    );
  });
  it('is in lowest terms with the sign on top', () => {
    expect(rational(6n, -4n)).toEqual({ over: -3n, under: 2n });
    expect(rational(0n, -7n)).toEqual({ over: 0n, under: 1n });
    expect(() => rational(1n, 0n)).toThrow(RangeError);
  });
  it.each([
    [rational(2n, 3n), 4, '0.6667'],
    [rational(9996n, 10000n), 3, '1.00'],
    [rational(98765n), 3, '98800'],
    [rational(99950n), 3, '100000'],
    [rational(-1n, 80n), 1, '-0.01'],
    [rational(0n), 5, '0'],
    [rational(123n, 10n ** 9n), 2, '0.00000012'],
  ])('%o to %i digits', (value, digits, text) => expect(toSignificant(value, digits)).toBe(text));
  it('trims zeros down to the least places', () => {
    expect(toTrimmed(rational(5n, 2n), 2, 8)).toBe('2.50');
    expect(toTrimmed(rational(1n, 3n), 2, 4)).toBe('0.3333');
    expect(toTrimmed(rational(-1n, 3n), 2, 4, 'up')).toBe('-0.3334');
    expect(toTrimmed(rational(100n), 0, 4)).toBe('100');
  });
  it('keeps the leading digits of any number', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 1, max: 40 }), (value, digits) => {
        const text = toSignificant(value, digits);
        const off = subtract(fromDecimal(text), value);
        // At most half of the last of `digits` digits: |off| x 2 x 10^(digits-1) <= |value|.
        const scaled = multiply(off, rational(2n * 10n ** BigInt(digits - 1)));
        expect(compare(square(scaled), square(value))).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('square root', () => {
  it('of a whole number is the floor', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 60n }), (n) => {
        const root = integerSquareRoot(n);
        expect(root * root <= n && n < (root + 1n) ** 2n).toBe(true);
      }),
    );
  });
  it('is within half a step, and above where rounded up', () => {
    fc.assert(
      fc.property(fc.tuple(positive, positive), fc.nat(30), ([over, under], places) => {
        const value = rational(over, under);
        const root = fromDecimal(squareRootToPlaces(value, places));
        const half = rational(1n, 2n * 10n ** BigInt(places));
        expect(compare(square(add(root, half)), value)).toBeGreaterThanOrEqual(0);
        const below = subtract(root, half);
        if (below.over > 0n) expect(compare(square(below), value)).toBeLessThanOrEqual(0);
        expect(compare(square(fromDecimal(squareRootToPlaces(value, places, 'up'))), value)).not.toBe(-1);
      }),
    );
  });
  it.each([
    [rational(2n), 30, '1.41421356237309504880168872421'],
    [rational(999999n, 1000000n), 3, '1.00'],
    [rational(4n, 25n), 5, '0.40000'],
    [rational(0n), 5, '0'],
    [rational(1n, 10n ** 9n), 4, '0.00003162'],
  ])('of %o to %i digits', (value, digits, text) => expect(squareRootText(value, digits)).toBe(text));
});

describe('exact elimination', () => {
  it('solves what it can and says so where it cannot', () => {
    const small = fc.bigInt({ min: -9n, max: 9n });
    const system = fc.integer({ min: 1, max: 5 }).chain((size) =>
      fc.record({
        matrix: fc.array(fc.array(small, { minLength: size, maxLength: size }), {
          minLength: size,
          maxLength: size,
        }),
        solution: fc.array(small, { minLength: size, maxLength: size }),
      }),
    );
    fc.assert(
      fc.property(system, ({ matrix, solution }) => {
        const image = matrix.map((row) => row.reduce((total, a, k) => total + a * (solution[k] ?? 0n), 0n));
        const solved = solveWhole(matrix.map((row, i) => [...row, image[i] ?? 0n]));
        if (solved === null) return;
        expect(solved.numerators.map(([n]) => rational(n ?? 0n, solved.determinant))).toEqual(
          solution.map((value) => rational(value)),
        );
      }),
      { numRuns: 300 },
    );
    expect(
      solveWhole([
        [1n, 2n, 1n],
        [2n, 4n, 1n],
      ]),
    ).toBeNull();
    expect(
      solveWhole([
        [0n, 1n, 3n],
        [1n, 0n, 5n],
      ]),
    ).toEqual({ determinant: -1n, numerators: [[-5n], [-3n]], positiveDefinite: false });
  });
});

describe('tolerance', () => {
  it.each([
    ['0.05', true],
    ['-0.05', true],
    ['0.0500000001', false],
    ['-0.0500000001', false],
    ['0', true],
  ])('%s against 0.05', (error, within) =>
    expect(isWithinTolerance(fromDecimal(error), '0.05')).toBe(within),
  );
});

describe('rounding a value with its uncertainty', () => {
  interface Case {
    y?: string;
    u?: string;
    U?: string;
    out?: string;
    out_nearest?: string;
    out_up?: string;
  }
  const { cases } = JSON.parse(
    readFileSync(new URL('../../test/fixtures/metrology/rounding-cases.json', import.meta.url), 'utf8'),
  ) as { cases: Case[] };
  it.each(cases)('%o', ({ y, u, U, out, out_nearest, out_up }) => {
    const uncertainty = U ?? u ?? '';
    const nearest = roundWithUncertainty(y ?? '0', uncertainty);
    if (out_up) expect(roundWithUncertainty('0', uncertainty, 'up').uncertainty).toBe(out_up);
    if (out_nearest) expect(nearest.uncertainty).toBe(out_nearest);
    if (!out) return;
    const both = `${nearest.value} +/- ${nearest.uncertainty}`;
    expect(out.includes('+/-') ? both : y ? nearest.value : nearest.uncertainty).toBe(out);
  });
  it('refuses an uncertainty of zero', () =>
    expect(() => roundWithUncertainty('1', '0')).toThrow(RangeError));
});
