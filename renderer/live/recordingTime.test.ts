import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elapsed, recordingMoment, timeLabels, timeStep, timeTicks } from './recordingTime.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const dated = { from: noon, dated: true };
const own = { from: 5_000, dated: false };

describe('times of a recording', () => {
  it.each([
    [0, 1000, '0:00:00'],
    [59_999, 1000, '0:01:00'],
    [3_723_000, 1000, '1:02:03'],
    [100 * 3_600_000, 1000, '100:00:00'],
    [1_234, 100, '0:00:01.234'],
    [-61_000, 1000, '−0:01:01'],
  ])('%d ms at a step of %d: %s', (ms, step, text) => expect(elapsed(ms, step)).toBe(text));

  it('puts the date under the first figure and where the day changes', () => {
    const step = 6 * 3_600_000;
    const ticks = timeTicks(noon - 1, noon + 14 * 3_600_000, step, dated);
    expect(timeLabels(ticks, step, dated, 'en')).toEqual([
      '12:00\nNov 22, 2026',
      '18:00',
      '00:00\nNov 23, 2026',
    ]);
    expect(timeLabels(ticks.slice(0, 2), step, dated, 'en', ' UTC')).toEqual([
      '12:00\nNov 22, 2026 UTC',
      '18:00',
    ]);
  });

  it('counts from the first row where there are no dates', () => {
    expect(timeTicks(5_000, 8_500, 1000, own)).toEqual([5_000, 6_000, 7_000, 8_000]);
    expect(timeLabels([5_000, 5_200], 200, own, 'de')).toEqual(['0:00:00.000', '0:00:00.200']);
    expect(recordingMoment(6_500, own, 'de')).toBe('0:00:01.500');
    expect(recordingMoment(noon + 1_000, dated, 'de')).toBe('22.11.2026, 12:00:01');
  });

  it('never has more figures than there is room, and all of them in the span', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e12 }),
        fc.integer({ min: 1, max: 40 * 365 * 86_400_000 }),
        fc.integer({ min: 2, max: 14 }),
        (from, span, most) => {
          const ticks = timeTicks(from, from + span, timeStep(span, most), { from, dated: span % 2 === 0 });
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          expect(ticks.every((t) => t >= from && t <= from + span)).toBe(true);
        },
      ),
    ));
});
