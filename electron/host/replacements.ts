import type { WizardState } from '../../shared/contract/job.ts';
import { isProven } from '../../shared/wizard/provision.ts';

/** Dead unit -> the one that took its place; until somebody provisions the old one again. */
export function replacements(wizards: readonly WizardState[]): Map<string, string> {
  const taken = new Map<string, string>();
  for (const wizard of wizards) {
    if (wizard.kind !== 'provision' || !wizard.unit || !isProven(wizard)) continue;
    taken.delete(wizard.unit.hardwareId);
    if (wizard.replaces !== null) taken.set(wizard.replaces, wizard.unit.hardwareId);
  }
  return taken;
}
