import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noScan, type ScanState, settle, takeKey, type Verdict } from './scan.ts';

/** Keys one after the other, each with the ms since the one before. */
function keys(list: readonly (readonly [key: string, gap: number])[], start: ScanState = noScan): Verdict[] {
  let state = start;
  let at = 1000;
  return list.map(([key, gap]) => {
    at += gap;
    const verdict = takeKey(state, { key, at });
    state = verdict.state;
    return verdict;
  });
}
const typed = (text: string, gap: number) => Array.from(text).map((key) => [key, gap] as const);
const last = (verdicts: Verdict[]) => verdicts.at(-1);

describe('a label scanner', () => {
  it('is told by its speed, and its Enter belongs to the scan', () => {
    const end = last(keys([...typed('TT-101;A-7', 8), ['Enter', 8]]));
    expect([end?.kind, end?.text]).toEqual(['scan', 'TT-101;A-7']);
  });

  it('is told whatever it sends, at any scanner speed', () => {
    const label = fc.string({ minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(label, fc.integer({ min: 0, max: 30 }), (text, gap) => {
        const end = last(keys([...typed(text, gap), ['Enter', gap]]));
        expect(end).toMatchObject({ kind: 'scan', text });
      }),
    );
  });

  it('may send Enter twice; the second one presses nothing either', () => {
    const all = keys([...typed('TT-101', 8), ['Enter', 8], ['Enter', 8], ['Enter', 900]]);
    expect(all.slice(-3).map((verdict) => verdict.kind)).toEqual(['scan', 'echo', 'typing']);
  });

  it('may hold Shift between the letters', () => {
    const end = last(keys([['Shift', 5], ['T', 5], ['Shift', 5], ['T', 5], ...typed('-1', 5), ['Enter', 5]]));
    expect(end?.text).toBe('TT-1');
  });

  it('may falter in the middle; its label is not taken in halves', () => {
    const end = last(keys([...typed('TT-101;A-7;', 3), ['P', 180], ...typed('ump', 3), ['Enter', 3]]));
    expect([end?.kind, end?.text]).toEqual(['scan', 'TT-101;A-7;Pump']);
  });

  it('may separate and end with Tab', () => {
    const before = keys([...typed('TT-101', 8), ['Tab', 8], ...typed('A-7', 8), ['Tab', 8]]);
    expect(last(before)?.kind).toBe('burst');
    const end = settle(last(before)?.state ?? noScan, 9000);
    expect([end.kind, end.text]).toEqual(['scan', 'TT-101\tA-7\t']);
  });
});

describe('a person', () => {
  it('is never taken for a scanner at 60 ms a key or slower, and keeps Enter', () => {
    const text = fc.string({ minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, fc.integer({ min: 60, max: 900 }), (words, gap) => {
        const kinds = keys([...typed(words, gap), ['Enter', gap]]).map((verdict) => verdict.kind);
        expect(new Set(kinds)).toEqual(new Set(['typing']));
      }),
    );
  });

  it('rolls two keys fast without losing one', () => {
    const kinds = keys([
      ['a', 200],
      ['s', 20],
      ['d', 150],
      ['Enter', 30],
    ]).map((verdict) => verdict.kind);
    expect(kinds).toEqual(['typing', 'typing', 'typing', 'typing']);
  });

  it('moves on with Tab', () => expect(last(keys([...typed('ab', 80), ['Tab', 80]]))?.kind).toBe('typing'));
});
