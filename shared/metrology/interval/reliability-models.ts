import { normal } from '../statistics/statistics.ts';

/** Reliability over time since calibration; every parameter is above zero. */
export interface ReliabilityModel {
  /** With the parameters as `theta1`, `theta2`. */
  readonly equation: string;
  /** Share in tolerance at t > 0, falling with t. */
  reliability(t: number, theta: readonly number[]): number;
  /** Where to begin for times about `scale`. */
  start(scale: number): number[];
}

/** Number of errors that a unit of the modified gamma model bears. */
const gammaTerms = (x: number): number => 1 + x + (x * x) / 2 + (x * x * x) / 6;
const within = (x: number): number => 1 - 2 * normal.upperTail(x);

/** NCSLI RP-1, appendix D. To add one: one object here. */
export const reliabilityModels: Readonly<Record<string, ReliabilityModel>> = {
  exponential: {
    equation: 'exp(-theta1 t)',
    reliability: (t, [a = 0]) => Math.exp(-a * t),
    start: (scale) => [0.3 / scale],
  },
  weibull: {
    equation: 'exp(-(theta1 t)^theta2)',
    reliability: (t, [a = 0, b = 0]) => Math.exp(-((a * t) ** b)),
    start: (scale) => [0.3 / scale, 1],
  },
  'mixed-exponential': {
    equation: '(1 + theta1 t)^(-theta2)',
    reliability: (t, [a = 0, b = 0]) => (1 + a * t) ** -b,
    start: (scale) => [1 / scale, 0.5],
  },
  'random-walk': {
    equation: '2 Phi(1/sqrt(theta1 + theta2 t)) - 1',
    reliability: (t, [a = 0, b = 0]) => within(1 / Math.sqrt(a + b * t)),
    start: (scale) => [0.2, 0.5 / scale],
  },
  'modified-gamma': {
    equation: 'exp(-theta1 t) (1 + theta1 t + (theta1 t)^2/2 + (theta1 t)^3/6)',
    reliability: (t, [a = 0]) => Math.exp(-a * t) * gammaTerms(a * t),
    start: (scale) => [2 / scale],
  },
  'mortality-drift': {
    equation: 'exp(-(theta1 t + theta2 t^2))',
    reliability: (t, [a = 0, b = 0]) => Math.exp(-(a * t + b * t * t)),
    start: (scale) => [0.2 / scale, 0.1 / scale ** 2],
  },
  warranty: {
    equation: '1/(1 + exp(theta1 (t - theta2)))',
    reliability: (t, [a = 0, b = 0]) => 1 / (1 + Math.exp(a * (t - b))),
    start: (scale) => [1 / scale, 2 * scale],
  },
  'log-normal': {
    equation: '1 - Phi(ln(theta1 t)/theta2)',
    reliability: (t, [a = 0, b = 0]) => normal.upperTail(Math.log(a * t) / b),
    start: (scale) => [0.5 / scale, 1],
  },
};
