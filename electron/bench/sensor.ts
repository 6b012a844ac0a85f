import { normalAt, uniformAt } from './random.ts';

/**
 * A sensor whose nominal transfer is -20 degC at 0 and 120 degC at 4095 counts of a 12-bit converter,
 * with errors of its own. x runs from -1 at 0 degC to 1 at 80 degC.
 */
export interface SensorErrors {
  /** Error in the middle of the range, degC. */
  offset: number;
  /** Further error at x = 1, growing straight from the middle, degC. */
  gain: number;
  /** Bow of the characteristic at the ends, degC. Half of it is left after the best straight line. */
  curvature: number;
}

const coldest = -20;
const spanCelsius = 140;
const fullScale = 4095;
/** Noise of one conversion, counts (one count is 0.034 degC). It also dithers the quantisation. */
const noiseCounts = 0.6;

/** Errors of the sensor with this seed: 0.4 to 1.5 degC wrong everywhere over 0..80 degC, nearly straight. */
export function sensorErrors(seed: number): SensorErrors {
  const sign = uniformAt(seed, 1) < 0.5 ? -1 : 1;
  return {
    offset: sign * (0.85 + 0.2 * uniformAt(seed, 2)),
    gain: (uniformAt(seed, 3) < 0.5 ? -1 : 1) * (0.15 + 0.15 * uniformAt(seed, 4)),
    curvature: (uniformAt(seed, 5) < 0.5 ? -1 : 1) * (0.03 + 0.04 * uniformAt(seed, 6)),
  };
}

/** What the sensor takes `celsius` for, degC. */
export function indicated(errors: SensorErrors, celsius: number): number {
  const x = (celsius - 40) / 40;
  return celsius + errors.offset + errors.gain * x + errors.curvature * x * x;
}

/**
 * `ADC.read_u16()` for one conversion, 0..65535. The twelve bits are stretched to sixteen as the RP2 port
 * does (ports/rp2/machine_adc.c: `raw << 4 | raw >> 8`).
 */
export function readU16(errors: SensorErrors, celsius: number, seed: number, conversion: number): number {
  const ideal = ((indicated(errors, celsius) - coldest) / spanCelsius) * fullScale;
  const noisy = Math.round(ideal + noiseCounts * normalAt(seed, conversion));
  const count = Math.min(fullScale, Math.max(0, noisy));
  return (count << 4) | (count >> 8);
}

/** Nominal temperature of a reading 0..65535, degC: what an uncalibrated unit shows. */
export const nominalCelsius = (u16: number): number => coldest + (u16 / 65535) * spanCelsius;
