import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitsPattern } from './hardware.ts';

it.each([
  ['rp2', 'rp2', true],
  ['rp2', 'rp22', false],
  ['rp2', 'xrp2', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['Pico*', 'Pico', true],
  ['Pico*', 'Pico W', true],
  ['Pico*', 'A Pico', false],
  ['*RP2040', 'Pico with RP2040', true],
  ['*RP2040', 'Pico with RP2040 A', false],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'axxbyyc', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['a*bc*c', 'abc', false],
  ['**', 'x', true],
  ['Pico.', 'PicoW', false],
  ['pico', 'Pico', false],
])('%j and %j: %j', (pattern, text, fits) => expect(fitsPattern(pattern, text)).toBe(fits));

it('is what a regular expression says', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 10 });
  fc.assert(
    fc.property(word, word, (pattern, text) => {
      const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*');
      expect(fitsPattern(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
    { numRuns: 3000 },
  );
});
