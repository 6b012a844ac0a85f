import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntegerLine } from '../contract/profile.ts';
import { divideFloor, formatDecimal, fromQuanta } from '../units/units.ts';
import { integerLine, type ScaledLine } from './integer-line.ts';
import { absolute, add, fromDecimal, isAtMost, multiply, rational, subtract } from './rational.ts';

/** What the unit computes, in Python's integers. */
const onUnit = ({ mul, add: constant, shift }: ScaledLine, raw: number): number =>
  Number(divideFloor(BigInt(raw) * BigInt(mul) + BigInt(constant), 1n << BigInt(shift)));

const line = fc.record({
  offset: fc.record({ digits: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), places: fc.constant(6) }),
  gain: fc.record({ digits: fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }), places: fc.constant(12) }),
});
const channel = fc.record({
  quantum: fc.constantFrom('0.001', '0.005', '0.01', '1'),
  rawMax: fc.integer({ min: 1, max: 65_535 * 256 }),
});

describe('integer line', () => {
  it('is within the stated error of the exact line, and the unit rounds to the nearest quantum of it', () => {
    fc.assert(
      fc.property(line, channel, fc.double({ min: 0, max: 1, noNaN: true }), (given, scale, where) => {
        const exact = {
          offset: fromDecimal(formatDecimal(given.offset)),
          gain: fromDecimal(formatDecimal(given.gain)),
        };
        const integers = integerLine(exact, scale);
        const quantum = fromDecimal(scale.quantum);
        const half = multiply(quantum, rational(1n, 2n));
        for (const raw of [0, Math.floor(where * scale.rawMax), scale.rawMax]) {
          const value = fromDecimal(fromQuanta(onUnit(integers, raw), scale.quantum));
          const truth = add(exact.offset, multiply(exact.gain, rational(BigInt(raw))));
          const off = absolute(subtract(value, truth));
          expect(isAtMost(off, add(half, fromDecimal(integers.integerError)))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every integer below 2^52 and takes the largest shift that does', () => {
    fc.assert(
      fc.property(line, channel, (given, scale) => {
        const exact = {
          offset: fromDecimal(formatDecimal(given.offset)),
          gain: fromDecimal(formatDecimal(given.gain)),
        };
        const { integerError, ...integers } = integerLine(exact, scale);
        expect(IntegerLine.safeParse(integers).success).toBe(true);
        const { mul, add: constant, shift } = integers;
        const reach = Math.max(Math.abs(mul), Math.abs(constant), Math.abs(mul * scale.rawMax + constant));
        expect(reach).toBeLessThan(2 ** 52);
        // One shift more would about double every integer.
        if (shift < 40) expect(reach).toBeGreaterThan(2 ** 51 - 2 ** 25);
        expect(isAtMost(rational(0n), fromDecimal(integerError))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is the example of an 8-fold sum at 10 mV/degC', () => {
    // 0.05 degC a step of raw / 8 above -50 degC.
    const exact = { offset: fromDecimal('-50'), gain: fromDecimal('0.00625') };
    const integers = integerLine(exact, { quantum: '0.001', rawMax: 524_280 });
    expect(onUnit(integers, 0)).toBe(-50_000);
    expect(onUnit(integers, 12_000)).toBe(25_000);
    expect(integers.shift).toBe(30);
    expect(integers.integerError).toBe('0');
  });

  it.each([
    // 3 x |366503875925 / 2^40 - 1/3| = 2^-40 = 9.094947...e-13; 1/11 x 2^-40 = 8.26813...e-14.
    [rational(1n, 3n), 3, 366_503_875_925, '0.000000000000909495'],
    [rational(1n, 11n), 1, 99_955_602_525, '0.000000000000082682'],
  ])('states the error of a gain that binary cannot hold, rounded up', (gain, rawMax, mul, error) => {
    const integers = integerLine({ offset: rational(0n), gain }, { quantum: '1', rawMax });
    expect(integers).toMatchObject({ mul, shift: 40, integerError: error });
  });

  it('refuses a line that no integers can hold', () =>
    expect(() =>
      integerLine({ offset: fromDecimal('1e20'), gain: rational(1n) }, { quantum: '0.001', rawMax: 65_535 }),
    ).toThrow(/does not fit the integers/));
});
