export { type AllanVariances, allanVariances, type Phase, phaseOf, phaseOfFrequency } from './allan.ts';
export { type Anova, anova, type Group, groupOf, groupOfSummary, pooledVariance } from './anova.ts';
export { chiSquared } from './chi-squared.ts';
export { effectiveCount } from './effective-count.ts';
export { fisherF } from './fisher-f.ts';
export { normal, type Symmetric } from './normal.ts';
export {
  answerStatistics,
  type StatisticsAnswer,
  type StatisticsRequest,
  statisticsRequest,
} from './request.ts';
export { studentT, studentTOf } from './student-t.ts';
