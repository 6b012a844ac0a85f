import type { RuleDraft } from '../draft.ts';
import type { ErrorAt } from './errorAt.ts';

/** What every part of the form of a rule gets. */
export interface PartProps {
  draft: RuleDraft;
  at: ErrorAt;
  set: (part: Partial<RuleDraft>) => void;
}
