import { normalAt } from './random.ts';

const noiseCelsius = 0.0004;
const resolution = 10_000;

/** The error that the certificate of the bench thermometer states, degC; below 0.02 degC everywhere. */
export function certifiedError(celsius: number): number {
  const x = (celsius - 40) / 40;
  return 0.006 + 0.004 * x - 0.002 * x * x;
}

/** What the reference shows for `celsius`, to 0.0001 degC. */
export function referenceReading(celsius: number, seed: number, reading: number): number {
  const shown = celsius + certifiedError(celsius) + noiseCelsius * normalAt(seed, reading);
  return Math.round(shown * resolution) / resolution;
}
