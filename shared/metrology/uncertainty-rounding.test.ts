import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decimalPlaces } from '../units/units.ts';
import { roundWithUncertainty } from './uncertainty-rounding.ts';

interface Case {
  y?: string;
  u?: string;
  U?: string;
  out?: string;
  out_nearest?: string;
  out_up?: string;
}
const { cases } = JSON.parse(
  readFileSync(new URL('../../test/fixtures/metrology/rounding-cases.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

describe('the cases of JCGM 100, 7.2.6 and of its rules', () => {
  it.each(cases)('$y $u $U', ({ y = '0', u, U, out, out_nearest, out_up }) => {
    const given = u ?? U ?? '';
    const nearest = roundWithUncertainty(y, given);
    const up = roundWithUncertainty(y, given, 'up');
    if (out_nearest) expect(nearest.uncertainty).toBe(out_nearest);
    if (out_up) expect(up.uncertainty).toBe(out_up);
    if (out_up) expect(roundWithUncertainty(y, given, 'gum').uncertainty).toBe(out_up);
    if (U && out) expect(`${nearest.value} +/- ${nearest.uncertainty}`).toBe(out);
    if (u && out && y !== '0') expect(nearest.value).toBe(out);
    if (u && out && y === '0') expect(nearest.uncertainty).toBe(out);
  });
});

describe('the three rules', () => {
  it.each([
    ['28.05', '28', '29', '28'],
    ['10.47', '10', '11', '11'],
    ['0.9996', '1.0', '1.0', '1.0'],
    ['0.991', '0.99', '1.0', '0.99'],
    ['99.1', '99', '100', '99'],
    ['2.5', '2.5', '2.5', '2.5'],
    ['0.125', '0.12', '0.13', '0.13'],
    ['1.151e-9', '0.0000000012', '0.0000000012', '0.0000000012'],
  ])('%s: nearest %s, up %s, gum %s', (u, nearest, up, gum) => {
    expect(roundWithUncertainty('0', u).uncertainty).toBe(nearest);
    expect(roundWithUncertainty('0', u, 'up').uncertainty).toBe(up);
    expect(roundWithUncertainty('0', u, 'gum').uncertainty).toBe(gum);
  });
  it('takes one digit where that is asked, and the value to the same place', () => {
    expect(roundWithUncertainty('10.05762', '0.0271', 'nearest', 1)).toEqual({
      value: '10.06',
      uncertainty: '0.03',
    });
    expect(roundWithUncertainty('10.05762', '0.0971', 'up', 1)).toEqual({
      value: '10.1',
      uncertainty: '0.1',
    });
    const { value, uncertainty } = roundWithUncertainty('-3.14159', '0.00996');
    expect(decimalPlaces(value)).toBe(decimalPlaces(uncertainty));
  });
  it('refuses what is no uncertainty', () =>
    expect(() => roundWithUncertainty('1', '0')).toThrow(RangeError));
});
