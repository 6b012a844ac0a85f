import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecimalText } from '../../../shared/contract/devices.ts';
import { plainDecimal } from './decimal.ts';

test.each([
  ['2.501340E+01', '25.01340'],
  ['+2.501340E+01', '25.01340'],
  ['-1.20E+00', '-1.20'],
  ['25', '25'],
  ['25.', '25'],
  ['.5', '0.5'],
  ['-.5e0', '-0.5'],
  ['007.50', '7.50'],
  ['1.5E+3', '1500'],
  ['1.5E+0', '1.5'],
  ['1E-3', '0.001'],
  ['1.50E-3', '0.00150'],
  ['0.000E+00', '0.000'],
  ['-0.00E+00', '0.00'],
  ['0E+02', '0'],
  [' 25.0 ', '25.0'],
])('%s is %s', (text, plain) => {
  expect(plainDecimal(text)).toBe(plain);
  expect(DecimalText.safeParse(plain).success).toBe(true);
});

test.each([
  '',
  '.',
  '+',
  'E5',
  '9.9E37',
  '9.91E+37',
  'NAN',
  'INF',
  '1,5',
  '0x10',
  '25.0 C',
  '1e',
  '--1',
  '1.2.3',
])('%s is no reading', (text) => {
  expect(plainDecimal(text)).toBeUndefined();
});

/** Exact value of decimal text as integer times a power of ten, without floats. */
function exact(text: string): { digits: bigint; scale: number } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), scale: Number(exponent) - fraction.length };
}

test('the value is the same to the last digit, whatever the notation', () => {
  const number = fc.tuple(
    fc.boolean(),
    fc.bigInt(0n, 10n ** 15n),
    fc.nat(15),
    fc.integer({ min: -20, max: 20 }),
  );
  fc.assert(
    fc.property(number, ([negative, digits, places, exponent]) => {
      const body = digits.toString().padStart(places + 1, '0');
      const cut = body.length - places;
      const text = `${negative ? '-' : '+'}${body.slice(0, cut)}.${body.slice(cut)}E${exponent}`;
      const plain = plainDecimal(text) ?? 'none';
      const from = exact(text);
      const to = exact(plain);
      const scale = Math.min(from.scale, to.scale);
      expect(to.digits * 10n ** BigInt(to.scale - scale)).toBe(
        from.digits * 10n ** BigInt(from.scale - scale),
      );
    }),
  );
});
