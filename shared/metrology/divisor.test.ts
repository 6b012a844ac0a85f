import fc from 'fast-check';
import { expect, it } from 'vitest';
import { greatestCommonDivisor } from './divisor.ts';

const euclid = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};
const large = fc.bigInt({ min: -(2n ** 1500n), max: 2n ** 1500n });

it('is the greatest common divisor of small and of large numbers', () => {
  fc.assert(
    fc.property(large, large, large, (a, b, common) => {
      expect(greatestCommonDivisor(a * common, b * common)).toBe(euclid(a * common, b * common));
    }),
  );
  // Neighbours in Fibonacci's series take the most steps, powers of two the fewest digits.
  let [a, b] = [1n, 1n];
  for (let step = 0; step < 3000; step += 1) [a, b] = [a + b, a];
  expect(greatestCommonDivisor(a, b)).toBe(1n);
  expect(greatestCommonDivisor(2n ** 1000n, 2n ** 700n * 3n)).toBe(2n ** 700n);
  expect(greatestCommonDivisor(0n, -(3n ** 400n))).toBe(3n ** 400n);
  expect(greatestCommonDivisor(0n, 0n)).toBe(0n);
});
