import type { RequestModel } from '../fit/registry.ts';
import { accelerometerModel } from './accelerometer.ts';
import { analysisModel } from './analysis-request.ts';
import { callendarVanDusen } from './callendar-van-dusen.ts';
import { currentLoopModel } from './current-loop.ts';
import { loadCellModel } from './load-cell.ts';
import { magnetometerModel } from './magnetometer.ts';
import { expressionModel } from './nonlinear/expression-model.ts';
import { ntcMeyer } from './ntc-meyer.ts';
import { sensorRequest } from './sensor-request.ts';
import { steinhartHart } from './steinhart-hart.ts';
import { thermocoupleModel } from './thermocouple-model.ts';

export { polynomialOfBoth } from './polynomial-both.ts';
export { expressionModel };

/** The models that are not linear and those of sensors. To add one: one line here. */
export const sensorModels: readonly RequestModel[] = [
  expressionModel,
  sensorRequest(steinhartHart),
  sensorRequest(ntcMeyer),
  sensorRequest(callendarVanDusen),
  thermocoupleModel,
  currentLoopModel,
  loadCellModel,
  accelerometerModel,
  magnetometerModel,
  analysisModel,
];
