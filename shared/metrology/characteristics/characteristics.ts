export { creep, zeroDeviation } from './at-rest.ts';
export { type Direction, directions, hysteresis } from './hysteresis.ts';
export { type NonLinearity, nonLinearity } from './linearity.ts';
export {
  type PointMeasurement,
  type PointSource,
  pointBudget,
  type ReferenceFigures,
} from './point-budget.ts';
export { repeatability, reproducibility, type Scatter } from './scatter.ts';
