import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal, showDecimal, showSigned } from './decimal.ts';

describe('decimal text', () => {
  it.each([
    ['25,0', '25.0'],
    ['+3', '3'],
    ['-0.50', '-0.50'],
    ['−1.5', '-1.5'],
    ['.5', '0.5'],
    ['007', '7'],
    ['1e3', null],
    ['', null],
    ['1.2.3', null],
    ['1,2,3', null],
    ['-', null],
  ])('reads %j as %j', (typed, expected) => expect(parseDecimal(typed)).toBe(expected));

  it('never changes a digit of canonical text', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 99999 }), (whole, fraction) => {
        const text = `${whole}.${fraction}`;
        expect(parseDecimal(text)).toBe(text);
        expect(parseDecimal(showDecimal(text, 'de'))).toBe(text);
      }),
    );
  });

  it('shows sign and mark', () => {
    expect(showDecimal('-12.50', 'de-DE')).toBe('−12,50');
    expect(showSigned('0.10', 'en')).toBe('+0.10');
    expect(showSigned('-0.00', 'en')).toBe('±0.00');
  });
});
