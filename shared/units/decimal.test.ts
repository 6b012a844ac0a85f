import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecimalText } from '../contract/devices.ts';
import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  formatDecimal,
  multiplyDecimal,
  NumberError,
  normaliseDecimal,
  parseDecimal,
  roundDecimal,
  subtractDecimal,
} from './decimal.ts';

const number = fc.record({
  digits: fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
  places: fc.nat(12),
});

describe('parse and format', () => {
  it.each([
    ['25.0', '25.0'],
    ['+2.501340E+01', '25.01340'],
    ['-1.50e-3', '-0.00150'],
    ['760.', '760'],
    ['.5', '0.5'],
    ['007', '7'],
    ['-0.00', '0.00'],
    ['0.429796848199937E-03', '0.000429796848199937'],
    ['1E3', '1000'],
    ['1.2345E2', '123.45'],
  ])('%s is %s', (text, expected) => expect(normaliseDecimal(text)).toBe(expected));

  it.each([
    '',
    '.',
    '-',
    '1,5',
    ' 1',
    '1 ',
    'NaN',
    'Infinity',
    '0x1',
    '1e',
    '1e99999',
    '1e500',
    '1'.repeat(401),
  ])('%j is refused', (text) => expect(() => parseDecimal(text)).toThrow(NumberError));

  it('comes back as it went, and is contract text', () => {
    fc.assert(
      fc.property(number, (value) => {
        const text = formatDecimal(value);
        expect(parseDecimal(text)).toEqual(value);
        expect(DecimalText.safeParse(text).success).toBe(true);
      }),
    );
  });
});

describe('arithmetic against whole numbers over one common step', () => {
  const common = 30;
  const scaled = (text: string): bigint => {
    const { digits, places } = parseDecimal(text);
    return digits * 10n ** BigInt(common - places);
  };
  const pair = (check: (a: string, b: string) => void): void =>
    fc.assert(
      fc.property(number, number, (a, b) => {
        check(formatDecimal(a), formatDecimal(b));
      }),
    );

  it('adds and subtracts', () =>
    pair((a, b) => {
      expect(scaled(addDecimal(a, b))).toBe(scaled(a) + scaled(b));
      expect(scaled(subtractDecimal(a, b))).toBe(scaled(a) - scaled(b));
    }));
  it('multiplies', () =>
    pair((a, b) =>
      expect(scaled(multiplyDecimal(a, b)) * 10n ** BigInt(common)).toBe(scaled(a) * scaled(b)),
    ));
  it('compares', () =>
    pair((a, b) => expect(Math.sign(Number(scaled(a) - scaled(b)))).toBe(compareDecimal(a, b))));
  it('takes the magnitude', () =>
    pair((a) => {
      expect(absoluteDecimal(a)).toBe(a.replace('-', ''));
    }));
  it('keeps the places that were shown', () => {
    expect(addDecimal('1.5', '1.50')).toBe('3.00');
    expect(subtractDecimal('0.3', '0.1')).toBe('0.2');
    expect(compareDecimal('1.5', '1.50')).toBe(0);
  });
});

describe('round', () => {
  it.each([
    ['2.5', 0, '2', '3', '3'],
    ['3.5', 0, '4', '4', '4'],
    ['-2.5', 0, '-2', '-3', '-3'],
    ['-0.5', 0, '0', '-1', '-1'],
    ['1.005', 2, '1.00', '1.01', '1.01'],
    ['0.9996', 3, '1.000', '1.000', '1.000'],
    ['2.501', 0, '3', '3', '3'],
    ['2.499', 0, '2', '2', '3'],
    ['1.2', 3, '1.200', '1.200', '1.200'],
    ['-1.00001', 2, '-1.00', '-1.00', '-1.01'],
  ])('%s to %i places', (text, places, even, half, up) => {
    expect(roundDecimal(text, places)).toBe(even);
    expect(roundDecimal(text, places, 'half-up')).toBe(half);
    expect(roundDecimal(text, places, 'up')).toBe(up);
  });

  it('is never further than half a step, and a tie goes to the even digit', () => {
    fc.assert(
      fc.property(number, fc.nat(12), (value, places) => {
        const text = formatDecimal(value);
        const rounded = roundDecimal(text, places);
        const half = places === 0 ? '0.5' : `0.${'0'.repeat(places)}5`;
        const distance = absoluteDecimal(subtractDecimal(text, rounded));
        expect(compareDecimal(distance, half)).toBeLessThanOrEqual(0);
        if (compareDecimal(distance, half) === 0) expect(parseDecimal(rounded).digits % 2n).toBe(0n);
      }),
    );
  });
});
