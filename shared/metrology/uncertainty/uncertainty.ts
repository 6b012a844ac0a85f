export { type BudgetRequest, budgetRequest } from './budget-schema.ts';
export { answerBudget, type BudgetAnswer } from './request.ts';
