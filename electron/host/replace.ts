import { Failure } from '../../shared/contract/failure.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import type { ProvisionState } from '../../shared/contract/provision.ts';
import { isProven } from '../../shared/wizard/provision.ts';
import type { Services } from './services.ts';

/**
 * Opens a provisioning that puts a unit in the place of a dead one: plate, connection and software of the old one; its
 * rules are written when it is pushed. With a port, the unit there is identified at once.
 */
export function replaceUnit(
  { desk, ports }: Pick<Services, 'desk' | 'ports'>,
  { old, port }: { old: string; port: string | null },
): WizardState {
  const last = provisioningsOf(desk.list(), old).findLast(isProven);
  if (!last?.settings) throw new Failure('NOT_FOUND', { thing: 'provisioned unit', id: old });
  const { settings, connection } = last;
  // Who let older software onto the dead unit did not do so for this one.
  const software =
    last.software.kind === 'app' ? { kind: 'app' as const } : { ...last.software, override: null };
  const opened = desk.open({ kind: 'provision', replaces: { unit: old, settings, connection, software } });
  if (port === null) return opened;
  const listed = ports().find((info) => info.port === port);
  const info = listed ?? { port, kind: 'serial' as const, looksLike: 'unknown' as const };
  return desk.act(opened.id, { kind: 'provision', intent: { type: 'identify', port: info } });
}

const provisioningsOf = (wizards: readonly WizardState[], unit: string): ProvisionState[] =>
  wizards.filter(
    (wizard): wizard is ProvisionState => wizard.kind === 'provision' && wizard.unit?.hardwareId === unit,
  );
