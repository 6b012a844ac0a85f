import { type DeviceState, Failure } from '../../shared/contract/failure.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import type { ProvisionState, PushJournal } from '../../shared/contract/provision.ts';
import { leftByWizard } from './left.ts';

/** What a task does, in the words of a failure. */
const work: Readonly<Record<string, string>> = {
  identify: 'identifying the unit',
  plan: 'reading what the unit holds',
  push: 'pushing to the unit',
  rollBack: 'putting the software before back in force',
  broker: 'proving the unit on the broker',
  'identify-reference': 'identifying the reference',
  measure: 'taking readings',
  adjust: 'writing the calibration',
  compile: 'compiling the rules',
  test: 'running the tests of the rules',
  count: 'counting a replay as evidence',
  keep: 'keeping a replay as a test',
  shadow: 'watching the rules on live data',
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
export function leftBy(state: WizardState): DeviceState {
  if (state.kind === 'provision') return leftByProvisioning(state);
  // Rules that were read back are there: what is left of the push only looks.
  const writes =
    state.kind === 'validate'
      ? state.task?.kind === 'push' && state.written === null
      : state.task?.kind === 'adjust';
  return writes ? 'indeterminate' : 'unchanged';
}

/** Each step of a push is written down before it is done: the last one that is there may or may not have been. */
function leftByProvisioning({ task, journal }: ProvisionState): DeviceState {
  if (task?.kind === 'rollBack') return 'indeterminate';
  if (task?.kind !== 'push' || journal === null) return 'unchanged';
  return leftAtStage[journal.stage];
}

const leftAtStage: Readonly<Record<PushJournal['stage'], DeviceState>> = {
  // Only the slot that does not count is written.
  staging: 'staged',
  flipping: 'indeterminate',
  restarting: 'indeterminate',
  confirming: 'new-runs',
  // Of an earlier push: this one had not begun to write.
  confirmed: 'unchanged',
  'rolled-back': 'old-still-runs',
};
