import { describe, expect, it } from 'vitest';
import { showBytes } from './show.ts';

describe('figures for reading', () => {
  it('writes sizes in decimal units', () => {
    expect(showBytes(999, 'en')).toBe('999 B');
    expect(showBytes(1400, 'en')).toBe('1.4 kB');
    expect(showBytes(1_440_000, 'de')).toBe('1,4 MB');
  });
});
