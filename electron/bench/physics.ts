import { smoothNoiseAt } from './random.ts';

/** The bath between two changes of its set point: everything that any reader of it needs. */
export interface BathState {
  /** Physics time of the last change, s. */
  since: number;
  /** Temperature at that moment, without noise, degC. */
  from: number;
  setPoint: number;
}

/** Time constant of the bath, s of physics time. */
export const bathLagSeconds = 20;
export const startCelsius = 23;
/** Half width of the slow unrest of the bath, degC. */
const unrestCelsius = 0.003;
const unrestPeriodSeconds = 5;

/** First-order lag towards the set point: T(t) = sp + (T0 - sp) e^(-(t - t0) / tau). Without noise, degC. */
export function quietBathAt(bath: BathState, time: number): number {
  const elapsed = Math.max(0, time - bath.since);
  return bath.setPoint + (bath.from - bath.setPoint) * Math.exp(-elapsed / bathLagSeconds);
}

/** What a thermometer in the bath feels at `time` (s of physics time), degC. */
export const bathAt = (bath: BathState, time: number, seed: number): number =>
  quietBathAt(bath, time) + unrestCelsius * smoothNoiseAt(seed, time / unrestPeriodSeconds);

/** The bath after its set point was changed at `time`. */
export const withSetPoint = (bath: BathState, time: number, setPoint: number): BathState => ({
  since: time,
  from: quietBathAt(bath, time),
  setPoint,
});
