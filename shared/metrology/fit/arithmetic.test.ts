import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  divide,
  fromDecimal,
  isAtMost,
  multiply,
  type Rational,
  rational,
  subtract,
} from '../rational.ts';
import { countRoots, polynomialValue, rootBetween } from './roots.ts';
import { weightColumn } from './weights.ts';
import { wideArithmetic, wideToRational } from './wide.ts';

const fraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 20n }))
  .map(([over, under]) => rational(over, under));

/** |found - exact| <= 2^-bits |scale|. */
const expectClose = (found: Rational, exact: Rational, scale: Rational, bits: bigint): void =>
  expect(
    isAtMost(absolute(subtract(found, exact)), multiply(absolute(scale), rational(1n, 2n ** bits))),
  ).toBe(true);

describe('floating point of many bits', () => {
  const wide = wideArithmetic(200);
  it('adds, multiplies and divides to its last bits', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const [x, y] = [wide.from(a), wide.from(b)];
        const larger = isAtMost(absolute(a), absolute(b)) ? b : a;
        expectClose(wideToRational(x), a, a, 190n);
        expectClose(wideToRational(wide.add(x, y)), add(a, b), larger, 188n);
        expectClose(wideToRational(wide.subtract(x, y)), subtract(a, b), larger, 188n);
        expectClose(wideToRational(wide.multiply(x, y)), multiply(a, b), multiply(a, b), 188n);
        if (b.over === 0n) expect(() => wide.divide(x, y)).toThrow(RangeError);
        else expectClose(wideToRational(wide.divide(x, y)), divide(a, b), divide(a, b), 188n);
      }),
    );
  });

  it('keeps what is far larger', () => {
    const huge = wide.from(fromDecimal('1e300'));
    expect(wide.add(huge, wide.from(fromDecimal('1e-300')))).toEqual(huge);
  });
});

describe('roots', () => {
  const short = fc.integer({ min: -20, max: 20 }).map((value) => rational(BigInt(value)));
  /** (x - r1)(x - r2)... */
  const withRoots = (roots: readonly Rational[]): Rational[] =>
    roots.reduce<Rational[]>(
      (polynomial, root) => {
        const shifted = [rational(0n)].concat(polynomial);
        return shifted.map((value, k) => subtract(value, multiply(root, polynomial[k] ?? rational(0n))));
      },
      [rational(1n)],
    );

  it('are counted once each', () => {
    fc.assert(
      fc.property(fc.array(short, { minLength: 1, maxLength: 6 }), short, short, (roots, a, b) => {
        const [from, to] = isAtMost(a, b) ? [a, b] : [b, a];
        const inside = roots.filter((root) => !isAtMost(root, from) && isAtMost(root, to));
        expect(countRoots(withRoots(roots), from, to)).toBe(new Set(inside.map(({ over }) => over)).size);
      }),
    );
  });

  it('are found to the last digit, also by a polynomial that is flat beside them', () => {
    const polynomial = ['-2', '0', '0', '0', '0', '1'].map(fromDecimal);
    const root = rootBetween(polynomial, rational(0n), rational(1000n), 40);
    expectClose(polynomialValue(polynomial, root), rational(0n), rational(1n), 130n);
    expect(rootBetween(['-0.25', '0', '1'].map(fromDecimal), rational(0n), rational(7n), 30)).toEqual(
      rational(1n, 2n),
    );
  });
});

it('rounds thousands of different weights by less than any digit shows', () => {
  const weights = Array.from({ length: 400 }, (_, k) => {
    const u = BigInt(1_000_003 + 7919 * k);
    return rational(10n ** 12n, u * u);
  });
  const { whole, scale } = weightColumn(weights);
  for (const [at, weight] of weights.entries()) {
    expectClose(rational(whole[at] ?? 0n, scale), weight, weight, 660n);
  }
  const few = weightColumn(weights.slice(0, 20));
  expect(rational(few.whole[3] ?? 0n, few.scale)).toEqual(weights[3]);
});
