import { describe, expect, it } from 'vitest';
import { showBytes, twoDigits } from './show.ts';

describe('figures for reading', () => {
  it.each([
    ['0.018911729354863157', '0.019'],
    ['0.000000001109948658', '0.0000000011'],
    ['3.14159', '3.1'],
    ['31.4159', '31'],
    ['-0.0567', '-0.057'],
    ['0', '0.0'],
  ])('%s to two digits is %s', (text, shown) => expect(twoDigits(text)).toBe(shown));

  it('writes sizes in decimal units', () => {
    expect(showBytes(999, 'en')).toBe('999 B');
    expect(showBytes(1400, 'en')).toBe('1.4 kB');
    expect(showBytes(1_440_000, 'de')).toBe('1,4 MB');
  });
});
