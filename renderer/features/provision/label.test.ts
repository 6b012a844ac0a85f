import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLabel } from './label.ts';

describe('a label', () => {
  const whole = { tag: 'TT-101', asset: 'A-7', location: 'Pump house 3' };
  it.each([
    ['TT-101;A-7;Pump house 3', whole],
    ['TT-101|A-7|Pump house 3', whole],
    ['TT-101\tA-7\tPump house 3\t', whole],
    ['TT-101^A-7^Pump house 3', whole],
    [']Q1TT-101;A-7;Pump house 3', whole],
    ['\u0002TT-101;A-7;Pump house 3\u0003', whole],
    ['ASSET=A-7;LOCATION=Pump house 3;TAG=TT-101', whole],
    ['Messstelle: TT-101|Inventar: A-7|Ort: Pump house 3', whole],
    ['{"location":"Pump house 3","tag":"TT-101","asset":"A-7","made":2024}', whole],
    ['TT-101', { tag: 'TT-101' }],
    ['TT-101;;', { tag: 'TT-101' }],
    ['tag=TT-101', { tag: 'TT-101' }],
    ['{TT-101', { tag: '{TT-101' }],
  ])('%j is read', (text, plate) => expect(readLabel(text)).toEqual(plate));

  it('that is one text goes where the cursor stands', () =>
    expect(readLabel('A-7', 'asset')).toEqual({ asset: 'A-7' }));
  it('that is empty is none', () => {
    for (const text of ['', ' ', ';;', '\u0002\u0003', ']Q1', '{}']) expect(readLabel(text)).toBeNull();
  });
  it('never gives control characters or more than fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const value of Object.values(readLabel(text) ?? {})) {
          expect(value).toMatch(/^[^\p{Cc}]{1,60}$/u);
        }
      }),
    );
  });
});
