import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentText, parseMoment, rateText, spanText } from './times.ts';

const own = { from: 5000, dated: false };
const dated = { from: Date.UTC(2026, 10, 22, 8), dated: true };

describe('moments', () => {
  it('are typed as they are written, from the start or as a date', () => {
    expect(momentText(5000 + 724_000, own)).toBe('0:12:04');
    expect(parseMoment('0:12:04', own)).toBe(5000 + 724_000);
    expect(parseMoment('90', own)).toBe(5000 + 90_000);
    expect(parseMoment('1:30', own)).toBe(5000 + 90_000);
    expect(momentText(dated.from + 1500, dated)).toBe('2026-11-22 08:00:01.500');
    expect(parseMoment('2026-11-22 08:30', dated)).toBe(dated.from + 1_800_000);
  });

  it('come back as they were, to the ms', () => {
    const ms = fc.integer({ min: 0, max: 90 * 86_400_000 });
    fc.assert(
      fc.property(ms, fc.constantFrom(own, dated), (after, clock) => {
        const t = clock.from + after;
        expect(parseMoment(momentText(t, clock), clock)).toBe(t);
      }),
    );
  });

  it('are not read out of anything else', () => {
    for (const text of ['', 'noon', '1:2:3:4', '-5']) expect(parseMoment(text, own)).toBeNull();
    for (const text of ['', '12:00', '2026-13-40 08:00', '22.11.2026'])
      expect(parseMoment(text, dated)).toBeNull();
  });
});

describe('lengths and rates', () => {
  it('are short', () => {
    expect(
      [850, 12_400, 185_000, 11_100_000, 93_600_000].map((ms) =>
        spanText(ms, 'en').replaceAll('\u00a0', ' '),
      ),
    ).toEqual(['850 ms', '12.4 s', '3 min 5 s', '3 h 5 min', '1 d 2 h']);
    expect(spanText(12_400, 'de')).toBe('12,4\u00a0s');
    expect(spanText(0, 'en')).toBe('0\u00a0s');
    expect([0, 0.125, 12.34, 1234.5].map((value) => rateText(value, 'en'))).toEqual([
      '0',
      '0.13',
      '12.3',
      '1,235',
    ]);
  });
});
