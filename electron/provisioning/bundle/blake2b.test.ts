import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blake2b } from './blake2b.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

it('is what RFC 7693 appendix A says of "abc"', () => {
  expect(blake2b(text('abc'), 64).toString('hex')).toBe(
    'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1' +
      '7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923',
  );
});

it.each([
  // Published with libsodium and b2sum -l 256.
  ['', '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8'],
  ['abc', 'bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319'],
])('of 32 bytes is a hash of its own: %j', (message, digest) => {
  expect(blake2b(text(message), 32).toString('hex')).toBe(digest);
});

it('is OpenSSL’s blake2b512 for any message', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (message) => {
      expect(blake2b(message, 64)).toEqual(createHash('blake2b512').update(message).digest());
    }),
  );
});

it.each([127, 128, 129, 255, 256, 257])('is OpenSSL’s at the edge of a block: %i bytes', (length) => {
  const message = new Uint8Array(length).fill(0xff);
  expect(blake2b(message, 64)).toEqual(createHash('blake2b512').update(message).digest());
});
