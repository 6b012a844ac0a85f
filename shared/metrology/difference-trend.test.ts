import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StabilityEvidence } from '../contract/calibrate.ts';
import { differenceTrend } from './difference-trend.ts';
import { toPlaces } from './rational.ts';

const trend = (unit: readonly string[], reference = unit.map(() => '0.0000')) =>
  differenceTrend(unit.map((value, i) => ({ at: 1000 * i, unit: value, reference: reference[i] ?? '0' })));

describe('trend of the difference', () => {
  // y = 1 2 3 4 6: slope 1.2, residual variance 0.4/3, Sxx 10: t = 1.2/sqrt(0.04/3) = 10.3923.
  it('is the slope in its own standard uncertainties', () => {
    expect(trend(['1.0000', '2.0000', '3.0000', '4.0000', '6.0000'])).toMatchObject({
      t: '10.393',
      limit: '3.182',
      level: false,
    });
  });

  it('is that of the difference, whatever both do together', () => {
    const both = ['1.0001', '2.0000', '3.0001', '4.0000', '5.0001'];
    expect(trend(both, both)).toMatchObject({ t: '0.000', level: true, autocorrelation: null });
  });

  it('is none for readings that all are the same', () => {
    expect(trend(['5', '5', '5', '5'])).toMatchObject({ t: '0.000', level: true });
    expect(toPlaces(trend(['5', '5', '5', '5']).effectiveReadings, 0)).toBe('4');
  });

  it('is not level where it rises without any scatter', () => {
    expect(trend(['1.00', '1.02', '1.04', '1.06'])).toMatchObject({ t: null, level: false });
  });

  it('does not hold a flicker of the last digit for a slope', () => {
    const step = (ones: number, of: number) =>
      Array.from({ length: of }, (_, i) => (i < of - ones ? '5.00' : '5.01'));
    // Two of eight: by t it would be one, but the line rises by one digit only.
    expect(trend(step(2, 8))).toMatchObject({ t: '2.829', limit: '2.447', level: true });
    expect(trend(step(3, 7))).toMatchObject({ t: '3.873', limit: '2.571', level: false });
  });

  it.each([0, 1, 2])('is not known of %i readings', (count) => {
    expect(trend(['1', '2'].slice(0, count))).toMatchObject({ t: null, limit: null, level: false });
  });

  // White noise: one window in twenty has such a slope by chance.
  it('is significant by chance in 5 of 100 windows', () => {
    let [state, significant] = [1, 0];
    const uniform = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    for (let i = 0; i < 2000; i += 1) {
      const noise = Array.from({ length: 12 }, () => normal().toFixed(6));
      if (
        !trend(
          noise,
          noise.map(() => '0.000000'),
        ).level
      )
        significant += 1;
    }
    expect(significant).toBeGreaterThan(60);
    expect(significant).toBeLessThan(140);
  });

  it('does not change with the unit of the readings, nor with where they lie', () => {
    const whole = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(whole, (all) => {
        const [plain, other] = [all, all.map((n) => 7 * n + 100_000)].map((each) =>
          trend(
            each.map((n) => (n / 1000).toFixed(9)),
            each.map(() => '0.000000000'),
          ),
        );
        expect(other?.t).toBe(plain?.t);
        expect(other?.effectiveReadings).toEqual(plain?.effectiveReadings);
      }),
    );
  });
});

it('has fewer effective readings where they follow each other', () => {
  const slow = ['1.0', '1.1', '1.2', '1.1', '1.0', '0.9', '0.8', '0.9'];
  expect(Number(toPlaces(trend(slow).effectiveReadings, 3))).toBeLessThan(3);
  expect(toPlaces(trend(['1.0', '1.2', '1.0', '1.2']).effectiveReadings, 1)).toBe('4.0');
});

it('journals of before have no such figures', () => {
  const before = {
    stable: true,
    readings: 12,
    spanMs: 550,
    referenceDrift: '0.001',
    unitDrift: '0.001',
    referenceSpread: '0.001',
    unitSpread: '0.001',
    distance: '0.001',
    missing: [],
  };
  expect(StabilityEvidence.parse(before)).toEqual(before);
});
