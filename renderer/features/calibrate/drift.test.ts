import { describe, expect, it } from 'vitest';
import { type DriftSeries, driftScale } from './drift.ts';
import { sheet } from './errorScale.ts';

const series = (...values: [number, string, string][]): DriftSeries => ({
  name: '0 °C',
  points: values.map(([at, value, uncertainty]) => ({ at, value, uncertainty, isAdjusted: false })),
});

describe('scale of the drift plot', () => {
  const scale = driftScale([series([1000, '0.1', '0.05'], [2000, '0.4', '0.3'])], 0.5);
  const within = (y: number) => y >= sheet.top && y <= sheet.height - sheet.bottom;

  it('keeps bars and tolerance on the sheet, later to the right', () => {
    expect([0.7, 0.05, -0.5, 0.5].every((value) => within(scale.y(value)))).toBe(true);
    expect(scale.x(2000)).toBeGreaterThan(scale.x(1000));
  });

  it('stands with one moment alone, and with nothing but zeros', () => {
    const alone = driftScale([series([1000, '0', '0'])], null);
    expect(Number.isFinite(alone.x(1000))).toBe(true);
    expect(Number.isFinite(alone.y(0))).toBe(true);
  });

  it('names no more days than there is room for', () => {
    const many = Array.from({ length: 40 }, (_, i): [number, string, string] => [i * 1000, '0.1', '0.1']);
    expect(driftScale([series(...many)], null).days.length).toBeLessThanOrEqual(6);
  });
});
