import { Failure } from '../../shared/contract/failure.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import { leftByWizard } from './left.ts';

/** What a task does, in the words of a failure. */
const work: Readonly<Record<string, string>> = {
  identify: 'identifying the unit',
  plan: 'reading what the unit holds',
  push: 'pushing to the unit',
  'identify-reference': 'identifying the reference',
  measure: 'taking readings',
  adjust: 'writing the calibration',
  compile: 'compiling the rules',
  prove: 'proving the rules',
};
const doing = (state: WizardState): string => work[state.task?.kind ?? ''] ?? 'working';

/** A task that the app's end cut short; the state is the one that the journal tells of. */
export const interrupted = (state: WizardState): Failure =>
  new Failure('INTERRUPTED', { during: doing(state) }, { deviceState: leftByWizard(leftBy(state), state) });

/** A stopped task that gives no better account is CANCELLED; what the wizard did to the unit before counts too. */
export function failureOf(thrown: unknown, state: WizardState, signal: AbortSignal): Failure {
  const stopped = !(thrown instanceof Failure) && signal.aborted;
  const failure = stopped
    ? new Failure('CANCELLED', { during: doing(state) }, { deviceState: leftBy(state) })
    : Failure.from(thrown);
  return failure.leaving(leftByWizard(failure.deviceState, state));
}

/** The state in which a task that never reported back may have left its unit. */
export function leftBy(state: WizardState): 'unchanged' | 'indeterminate' {
  const writes = state.task?.kind === 'push' || (state.kind === 'calibrate' && state.task?.kind === 'adjust');
  return writes ? 'indeterminate' : 'unchanged';
}
