import { describe, expect, it } from 'vitest';
import { errorScale, sheet } from './errorScale.ts';

const point = (nominal: string, error: string, uncertainty: string | null = null) => ({
  nominal,
  error,
  uncertainty,
});

describe('scale of the error plot', () => {
  const scale = errorScale([point('0', '-0.02'), point('50', '0.61'), point('50', '0.01')], 0.5);

  it('names each nominal once', () => expect(scale.nominals).toEqual([0, 50]));

  it('puts more error higher up, and all of it on the sheet', () => {
    expect(scale.y(0.61)).toBeLessThan(scale.y(-0.5));
    expect(scale.y(0.61)).toBeGreaterThanOrEqual(sheet.top);
    expect(scale.y(-0.5)).toBeLessThanOrEqual(sheet.height - sheet.bottom);
  });

  it('has room for the bars of uncertainty', () => {
    const barred = errorScale([point('0', '0.4', '0.3'), point('50', '-0.4', '0.3')], 0.5);
    expect(barred.y(0.7)).toBeGreaterThanOrEqual(sheet.top);
    expect(barred.y(-0.7)).toBeLessThanOrEqual(sheet.height - sheet.bottom);
  });

  it('has whole ticks, and a zero that is not minus nothing', () => {
    expect(scale.ticks.some((tick) => Object.is(tick, 0))).toBe(true);
    expect(scale.ticks.every((tick) => Math.abs(tick - Number(tick.toFixed(scale.places))) < 1e-9)).toBe(
      true,
    );
  });

  it('stands with one point alone', () => {
    const alone = errorScale([point('25', '0')], 0.5);
    expect(Number.isFinite(alone.x(25))).toBe(true);
  });
});
