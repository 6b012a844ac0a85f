export { type A3Request, testInterval } from './a3.ts';
export type { Bounds, IntervalAnswer } from './answer.ts';
export {
  type HistoryAnswer,
  type HistoryRequest,
  type IntervalMethodName,
  intervalFromHistory,
  intervalMethods,
} from './from-history.ts';
export type { PastCalibration } from './history.ts';
export { reliabilityModels } from './reliability-models.ts';
export { intervalAnswer } from './request.ts';
export { type ReliabilityGroup, reliabilityInterval, type S2Request } from './s2.ts';
export { type StaircaseRequest, staircase } from './staircase.ts';
export { type VariablesRequest, variablesInterval } from './variables.ts';
