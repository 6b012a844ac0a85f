import { describe, expect, it } from 'vitest';
import { alarmBars } from './alarmBars.ts';

const span = { from: 0, to: 1000 };
const tenth = (t: number): number => t / 10;

describe('bars of alarms', () => {
  it('lie where the alarms lie, and are seen however short', () =>
    expect(
      alarmBars(
        [
          { from: 100, until: 300 },
          { from: 500, until: 501 },
        ],
        span,
        tenth,
      ),
    ).toEqual([
      { from: 10, until: 30, count: 1, open: false },
      { from: 50, until: 52, count: 1, open: false },
    ]));

  it('become one where they touch', () =>
    expect(
      alarmBars(
        [
          { from: 100, until: 105 },
          { from: 111, until: 120 },
        ],
        span,
        tenth,
      ),
    ).toEqual([{ from: 10, until: 13, count: 2, open: false }]));

  it('reach to the end where the alarm is still on, and leave out what is not in sight', () =>
    expect(
      alarmBars(
        [
          { from: -500, until: -10 },
          { from: -5, until: 20 },
          { from: 900, until: null },
          { from: 2000, until: 2100 },
        ],
        span,
        tenth,
      ),
    ).toEqual([
      { from: 0, until: 2, count: 1, open: false },
      { from: 90, until: 100, count: 1, open: true },
    ]));

  it('are never more than the picture is wide', () => {
    const alarms = Array.from({ length: 2000 }, (_, i) => ({ from: i / 2, until: i / 2 + 0.1 }));
    const bars = alarmBars(alarms, span, tenth);
    expect(bars.length).toBeLessThanOrEqual(100);
    expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(2000);
  });
});
