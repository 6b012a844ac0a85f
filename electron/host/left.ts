import type { DeviceState } from '../../shared/contract/failure.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import { adjustedNotVerified } from '../../shared/wizard/calibrate.ts';
import { isProven } from '../../shared/wizard/provision.ts';
import { isSelfTested } from '../../shared/wizard/validate.ts';

/**
 * How a step that left the unit `unchanged` leaves it, when the wizard's own earlier steps are counted in: a unit whose
 * coefficients are new stays adjusted, not verified, however harmlessly the as-left run failed, and new rules that its
 * own engine was not tested with are in force, however harmlessly the test ended.
 */
export function leftByWizard(failed: DeviceState, wizard: WizardState): DeviceState {
  if (failed !== 'unchanged') return failed;
  if (wizard.kind === 'calibrate' && adjustedNotVerified(wizard)) return 'adjusted-not-verified';
  const untested = wizard.kind === 'validate' && wizard.written !== null && !isSelfTested(wizard);
  return untested ? 'rules-untested' : failed;
}

/** The same for a recipe: the newest wizards of the unit say what was done to it before the step that failed. */
export function leftByRun(
  failed: DeviceState,
  wizards: readonly WizardState[],
  unit: string | null,
): DeviceState {
  if (failed !== 'unchanged' || unit === null) return failed;
  const calibration = wizards.findLast((wizard) => wizard.kind === 'calibrate' && wizard.unit === unit);
  if (calibration && leftByWizard(failed, calibration) !== failed) return leftByWizard(failed, calibration);
  const provisioning = wizards.findLast(
    (wizard) => wizard.kind === 'provision' && wizard.unit?.hardwareId === unit,
  );
  return provisioning?.kind === 'provision' && isProven(provisioning) ? 'new-runs' : failed;
}
