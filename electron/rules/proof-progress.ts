import type { TaskContext } from '../../shared/wizard/task.ts';
import type { ProofProgress } from './prove.ts';

/** How far a proof is, under the keys that the page has words for. */
export function tellProof(now: ProofProgress, progress: TaskContext<never>['progress']): void {
  if (now.doing === 'proving') {
    const { fired, cleared, rules, frames } = now;
    progress('proving', { fired, cleared, rules, frames }, fired + cleared, 2 * rules);
  } else if (now.doing === 'watchingQuiet') {
    const { seconds, of, alarms } = now;
    progress('watchingQuiet', { seconds, of, alarms }, seconds, of);
  } else if (now.setPoint === null) progress('calmingByHand', {}, 0, 1);
  else progress('calming', { value: now.setPoint }, 0, 1);
}
