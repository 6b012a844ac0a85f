export {
  creep,
  type Direction,
  directions,
  hysteresis,
  type NonLinearity,
  nonLinearity,
  type PointMeasurement,
  type PointSource,
  pointBudget,
  type ReferenceFigures,
  repeatability,
  reproducibility,
  type Scatter,
  zeroDeviation,
} from './characteristics/characteristics.ts';
export {
  type ChosenRule,
  type Decision,
  type DecisionAnswer,
  type DecisionRequest,
  type DecisionRuleId,
  decide,
  decisionAnswer,
  decisionRuleIds,
  decisionRules,
  type GlobalRisk,
  globalRisk,
  processDeviation,
  type RiskSetting,
  type Tolerance,
  type Verdict,
  verdicts,
} from './decision/decision.ts';
export { presentCertificate, type StandardFigures, standardAt } from './decision/standard-at.ts';
export { standardConcerns, standardPower } from './decision/standard-concerns.ts';
export { type StandardMistake, standardMistakes } from './decision/standard-mistakes.ts';
export {
  type Expression,
  ExpressionError,
  parseExpression,
} from './expression/expression.ts';
export { fitRequest, requestModels } from './fit/fit-request.ts';
export type { FitAnswer } from './fit/registry.ts';
export {
  type Fit,
  type FitModel,
  type FitOptions,
  fitLine,
  fitLinear,
  fitModels,
  polynomial,
} from './fit.ts';
export { type ChannelScale, integerLine, type Line, type ScaledLine } from './integer-line.ts';
export {
  type A3Request,
  type Bounds,
  type HistoryAnswer,
  type HistoryRequest,
  type IntervalAnswer,
  type IntervalMethodName,
  intervalAnswer,
  intervalFromHistory,
  intervalMethods,
  type PastCalibration,
  type ReliabilityGroup,
  reliabilityInterval,
  reliabilityModels,
  type S2Request,
  type StaircaseRequest,
  staircase,
  testInterval,
  type VariablesRequest,
  variablesInterval,
} from './interval/interval.ts';
export { type LeastSquares, type LeastSquaresOptions, leastSquares } from './least-squares.ts';
export { type CapturedWindow, pointResult } from './point.ts';
export {
  absolute,
  add,
  compare,
  divide,
  fromDecimal,
  multiply,
  negate,
  type Rational,
  rational,
  square,
  subtract,
  toPlaces,
  toSignificant,
  toTrimmed,
} from './rational.ts';
export { checkRequest, decimal, list, notNegative, positive, RequestError, whole } from './request.ts';
export { integerSquareRoot, squareRootText, squareRootToPlaces } from './square-root.ts';
export { evaluateStability } from './stability.ts';
export {
  type AllanVariances,
  type Anova,
  allanVariances,
  anova,
  answerStatistics,
  chiSquared,
  effectiveCount,
  fisherF,
  type Group,
  groupOf,
  groupOfSummary,
  normal,
  phaseOf,
  phaseOfFrequency,
  pooledVariance,
  type StatisticsAnswer,
  type StatisticsRequest,
  statisticsRequest,
  studentT,
} from './statistics/statistics.ts';
export { lagOneAutocorrelation, mean, slope, variance } from './statistics.ts';
export { isWithinTolerance } from './tolerance.ts';
export {
  answerBudget,
  type BudgetAnswer,
  type BudgetRequest,
  budgetRequest,
} from './uncertainty/uncertainty.ts';
export { type RoundingRule, roundWithUncertainty } from './uncertainty-rounding.ts';
