import type { WizardKind } from '../../../shared/contract/job.ts';
import { keepWizard } from './desk.ts';
import type { HostClient } from './host.ts';
import { go } from './route.ts';

/** Opens the newest unfinished wizard of the kind for the unit, or a new one, and goes there; `rest` says where in it. */
export async function openWizard(
  host: HostClient,
  kind: WizardKind,
  unit: string,
  fresh = false,
  ...rest: string[]
): Promise<void> {
  const state =
    kind === 'provision'
      ? await host.call('wizard.open', { kind, fresh })
      : await host.call('wizard.open', { kind, unit, fresh });
  keepWizard(state);
  go(kind, state.id, ...rest);
}

/** Another unit is to take the place of a dead one: the wizard starts with the plate and connection of the old one. */
export async function replaceUnit(host: HostClient, old: string): Promise<void> {
  const state = await host.call('unit.replace', { old });
  keepWizard(state);
  go('provision', state.id);
}

/** A new unit on a port: the wizard starts with that port chosen, and asks before it interrupts anything. */
export async function addUnit(host: HostClient, port: string): Promise<void> {
  const state = await host.call('wizard.open', { kind: 'provision', fresh: true });
  keepWizard(state);
  go('provision', state.id, port);
}
