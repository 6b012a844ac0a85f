import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModbusSource, registerText, shortestFloat32 } from './registers.ts';

const as = (
  type: ModbusSource['type'],
  decimals = 0,
  wordOrder: ModbusSource['wordOrder'] = 'high-first',
) => ({
  type,
  decimals,
  wordOrder,
});
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('registers as decimal text', () => {
  it.each([
    ['00fa', as('int16', 1), '25.0'],
    ['ffff', as('int16', 0), '-1'],
    ['ffff', as('uint16', 0), '65535'],
    ['8000', as('int16', 2), '-327.68'],
    ['fffb', as('int16', 3), '-0.005'],
    ['0000', as('int16', 3), '0.000'],
    ['00013880', as('int32', 4), '8.0000'],
    ['ffffffff', as('int32', 9), '-0.000000001'],
    ['ffffffff', as('uint32', 2), '42949672.95'],
    ['38800001', as('int32', 4, 'low-first'), '8.0000'],
    ['41cac28f', as('float32', 2), '25.34'],
    ['41cac28f', as('float32', 4), '25.3450'],
    ['c28f41ca', as('float32', 3, 'low-first'), '25.345'],
    ['80000000', as('float32', 2), '0.00'],
    ['3dcccccd', as('float32', 9), '0.100000000'],
    ['00000001', as('float32', 9), '0.000000000'],
  ])('%s as %j is %s', (bytes, format, text) => {
    expect(registerText(hex(bytes), format)).toBe(text);
  });

  it.each(['7fc00000', '7f800000', 'ff800000', '7e967699'])('%s is no reading', (bytes) => {
    expect(registerText(hex(bytes), as('float32', 3))).toBeUndefined();
  });

  it('is the very number: whole numbers exactly, floats by text that comes back to them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
        fc.integer({ min: 0, max: 9 }),
        (n, decimals) => {
          const bytes = Buffer.alloc(4);
          bytes.writeInt32BE(n);
          expect(BigInt((registerText(bytes, as('int32', decimals)) ?? '').replace('.', ''))).toBe(BigInt(n));
        },
      ),
    );
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = shortestFloat32(value);
        expect(Math.fround(Number(text)) === value).toBe(true);
        const digits = text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').length;
        const shorter = value.toPrecision(Math.max(1, digits - 1));
        expect(digits <= 1 || Math.fround(Number(shorter)) !== value).toBe(true);
      }),
    );
  });
});
