import type { WizardState } from '../../../../shared/contract/job.ts';
import type { ValidateState } from '../../../../shared/contract/validate.ts';
import type { Earlier } from './written.ts';

/** Wizards are numbered `w1`, `w2`, … */
const number = ({ id }: { id: string }): number => Number(id.slice(1));

/** The rule set that the unit had before: the one that this wizard names, or that of its newest finished wizard. */
export function earlierOf(state: ValidateState, wizards: readonly WizardState[]): Earlier | null {
  const before = wizards
    .flatMap((wizard) => (wizard.kind === 'validate' && wizard.unit === state.unit ? [wizard] : []))
    .filter((wizard) => wizard.compiled !== null && number(wizard) < number(state))
    .sort((a, b) => number(b) - number(a));
  const named = state.basedOn?.revision;
  const found =
    named === undefined
      ? before.find(({ done }) => done)
      : before.find(({ compiled }) => compiled?.revision === named);
  if (found?.compiled) return { revision: found.compiled.revision, rules: found.rules };
  return named === undefined ? null : { revision: named, rules: null };
}
