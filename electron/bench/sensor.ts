import { normalAt, uniformAt } from './random.ts';

/** A sensor on a 12-bit converter, as its maker delivers it. */
export interface SensorKind {
  /** Nominal temperature at 0 counts, degC. */
  coldest: number;
  /** Nominal temperature between 0 and 4095 counts, degC. */
  span: number;
  /** Noise of one conversion, counts. It also dithers the quantisation. */
  noiseCounts: number;
  /** How large each error is at least, and how much larger it may be, degC. */
  offset: readonly [least: number, further: number];
  gain: readonly [least: number, further: number];
  curvature: readonly [least: number, further: number];
}

/** -20 to 120 degC, 0.4 to 1.5 degC wrong everywhere over 0..80 degC, nearly straight. One count is 0.034 degC. */
export const plainSensor: SensorKind = {
  coldest: -20,
  span: 140,
  noiseCounts: 0.6,
  offset: [0.85, 0.2],
  gain: [0.15, 0.15],
  curvature: [0.03, 0.04],
};

/**
 * 0 to 100 degC: a Pt100 behind a transmitter, within class B of IEC 60751 (0.3 degC + 0.005 |t|) over 0..80 degC
 * with its transmitter. One count is 0.024 degC.
 */
export const pt100: SensorKind = {
  coldest: 0,
  span: 100,
  noiseCounts: 0.4,
  offset: [0.1, 0.1],
  gain: [0.03, 0.05],
  curvature: [0.005, 0.015],
};

/** Errors of one sensor. x runs from -1 at 0 degC to 1 at 80 degC. */
export interface SensorErrors {
  /** Error in the middle of the range, degC. */
  offset: number;
  /** Further error at x = 1, growing straight from the middle, degC. */
  gain: number;
  /** Bow of the characteristic at the ends, degC. Half of it is left after the best straight line. */
  curvature: number;
}

const fullScale = 4095;

/** Errors of the sensor with this seed. */
export function sensorErrors(kind: SensorKind, seed: number): SensorErrors {
  const drawn = ([least, further]: readonly [number, number], part: number): number =>
    (uniformAt(seed, part) < 0.5 ? -1 : 1) * (least + further * uniformAt(seed, part + 1));
  return { offset: drawn(kind.offset, 1), gain: drawn(kind.gain, 3), curvature: drawn(kind.curvature, 5) };
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
export function readU16(
  kind: SensorKind,
  errors: SensorErrors,
  celsius: number,
  { seed, conversion }: { seed: number; conversion: number },
): number {
  const ideal = ((indicated(errors, celsius) - kind.coldest) / kind.span) * fullScale;
  const noisy = Math.round(ideal + kind.noiseCounts * normalAt(seed, conversion));
  const count = Math.min(fullScale, Math.max(0, noisy));
  return (count << 4) | (count >> 8);
}

/** Nominal temperature of a reading 0..65535, degC: what an uncalibrated unit shows. */
export const nominalCelsius = (kind: SensorKind, u16: number): number =>
  kind.coldest + (u16 / 65535) * kind.span;
