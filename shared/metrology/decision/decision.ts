export { type Decision, type DecisionRequest, decide } from './decide.ts';
export { type GlobalRisk, globalRisk, processDeviation, type RiskSetting } from './global-risk.ts';
export type { Tolerance } from './limits.ts';
export { type DecisionAnswer, decisionAnswer } from './request.ts';
export { type ChosenRule, type DecisionRuleId, decisionRuleIds, decisionRules } from './rules.ts';
export { type Verdict, verdicts } from './verdict.ts';
