import { crc32 as known } from 'node:zlib';
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { crc32 } from './crc32.ts';

// The check value of CRC-32/ISO-HDLC in the catalogue of Greg Cook.
it('has the check value of its name', () =>
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926));

test('is what zlib has, at any length and place in memory', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(20), (bytes, from) => {
      const part = bytes.subarray(from);
      expect(crc32(part)).toBe(known(part));
    }),
  );
});
