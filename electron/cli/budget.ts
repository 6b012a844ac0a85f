import { answerBudget, type BudgetAnswer, budgetRequest } from '../../shared/metrology/metrology.ts';
import { help } from './budget-help.ts';
import { budgetLines } from './budget-lines.ts';
import { requestCommand } from './request.ts';

export const budgetCommand = requestCommand({
  name: 'budget',
  summary: 'an uncertainty budget by JCGM 100: contributions, effective degrees of freedom, k, U, statement',
  schema: budgetRequest,
  help,
  example: `echo '{"sources": [{"name": "standard", "expanded": "0.02", "k": "2"}, {"name": "display", "resolution": "0.01"}]}' | plumb budget -`,
  evaluate: answerBudget,
  lines: (answer: BudgetAnswer) => budgetLines(answer),
});
