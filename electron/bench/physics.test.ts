import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bathAt, bathLagSeconds, quietBathAt, withSetPoint } from './physics.ts';
import { normalAt, smoothNoiseAt } from './random.ts';
import { certifiedError, referenceReading } from './reference.ts';
import {
  indicated,
  nominalCelsius,
  plainSensor,
  pt100,
  readU16,
  type SensorKind,
  sensorErrors,
} from './sensor.ts';

const bath = { since: 100, from: 20, setPoint: 80 };

describe('bath', () => {
  it.each([
    [100, 20],
    [100 + bathLagSeconds, 80 - 60 / Math.E],
    [100 + 20 * bathLagSeconds, 80],
    [90, 20],
  ])('at %d s is at %d degC', (time, celsius) => {
    expect(quietBathAt(bath, time)).toBeCloseTo(celsius, 6);
  });

  it('goes on without a jump when its set point changes', () => {
    const changed = withSetPoint(bath, 130, 0);
    expect(quietBathAt(changed, 130)).toBe(quietBathAt(bath, 130));
    expect(quietBathAt(changed, 131)).toBeLessThan(quietBathAt(bath, 130));
  });

  it('is the same for whoever asks, and not the same with another seed', () => {
    expect(bathAt(bath, 1234.5, 7)).toBe(bathAt(bath, 1234.5, 7));
    expect(bathAt(bath, 1234.5, 7)).not.toBe(bathAt(bath, 1234.5, 8));
  });

  it('has noise that is bounded and continuous', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1e5, noNaN: true }), (seed, time) => {
        expect(Math.abs(smoothNoiseAt(seed, time))).toBeLessThanOrEqual(1);
        expect(Math.abs(smoothNoiseAt(seed, time + 1e-4) - smoothNoiseAt(seed, time))).toBeLessThan(1e-3);
      }),
    );
  });

  it('draws noise with mean 0 and standard deviation 1', () => {
    const draws = Array.from({ length: 20_000 }, (_, i) => normalAt(3, i));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });
});

/** Mean of many conversions, as a nominally calibrated unit shows it, degC. */
const shown = (kind: SensorKind, seed: number, celsius: number): number => {
  const count = 400;
  const errors = sensorErrors(kind, seed);
  const sum = Array.from({ length: count }, (_, i) =>
    readU16(kind, errors, celsius, { seed, conversion: i }),
  );
  return nominalCelsius(kind, sum.reduce((a, b) => a + b, 0) / count);
};

describe('sensor', () => {
  it.each([
    { name: 'plain sensor', kind: plainSensor, coldest: 0, least: 0.4, most: () => 1.5, left: 0.08 },
    // Class B of IEC 60751. At 0 degC it may be at the end of what it can show.
    {
      name: 'Pt100',
      kind: pt100,
      coldest: 10,
      least: 0,
      most: (celsius: number) => 0.3 + 0.005 * celsius,
      left: 0.03,
    },
  ])(
    '$name is wrong as delivered, and hardly after the best straight line',
    ({ kind, coldest, least, most, left }) => {
      const points = Array.from({ length: (80 - coldest) / 10 + 1 }, (_, i) => coldest + 10 * i);
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const readings = points.map((celsius) => shown(kind, seed, celsius));
          for (const [i, celsius] of points.entries()) {
            const error = Math.abs((readings[i] ?? 0) - celsius);
            expect(error).toBeGreaterThan(least);
            expect(error).toBeLessThan(most(celsius));
          }
          for (const residual of residuals(readings, points)) expect(Math.abs(residual)).toBeLessThan(left);
        }),
        { numRuns: 30 },
      );
    },
  );

  it('gives twelve bits stretched to sixteen, and stops at both ends', () => {
    const exact = { offset: 0, gain: 0, curvature: 0 };
    const reading = (celsius: number) => readU16(plainSensor, exact, celsius, { seed: 1, conversion: 1 });
    expect(reading(40) & 0xf).toBe(reading(40) >> 12);
    expect(reading(-60)).toBe(0);
    expect(reading(200)).toBe(65535);
  });

  it('indicates the nominal value where it has no error', () => {
    expect(indicated({ offset: 0, gain: 0, curvature: 0 }, 55)).toBe(55);
  });
});

describe('reference', () => {
  it('is wrong by less than 0.02 degC and says so with four places', () => {
    for (let celsius = -20; celsius <= 120; celsius += 5) {
      expect(Math.abs(certifiedError(celsius))).toBeLessThan(0.02);
      const reading = referenceReading(celsius, 5, celsius);
      expect(Math.abs(reading - celsius)).toBeLessThan(0.025);
      expect(reading).toBe(Number(reading.toFixed(4)));
    }
  });
});

/** What is left of y after the least-squares line over x. */
function residuals(x: readonly number[], y: readonly number[]): number[] {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const slope =
    x.reduce((sum, xi, i) => sum + (xi - mx) * ((y[i] ?? 0) - my), 0) /
    x.reduce((sum, xi) => sum + (xi - mx) ** 2, 0);
  return x.map((xi, i) => (y[i] ?? 0) - my - slope * (xi - mx));
}
