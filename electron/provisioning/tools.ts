import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { ProvisionFact, ProvisionState } from '../../shared/contract/provision.ts';
import type { RunTask } from '../../shared/wizard/task.ts';
import type { Connections } from '../drivers/connections.ts';
import type { UnitSession } from '../drivers/driver.ts';
import type { JobStore } from '../store/job-store.ts';

/** What the tasks of provisioning work with. */
export interface ProvisionTools {
  connections: Connections;
  profiles: ReadonlyMap<string, Profile>;
  resources: string;
  /** Version of this app: a bundle may need a newer one. */
  version: string;
  /** The job's record: snapshots are kept in it, and what earlier pushes left is read from it. */
  store: JobStore;
}

export type Task = RunTask<ProvisionState, ProvisionFact>;

/** The unit that the wizard is about, at its port. */
export interface UnitAtPort {
  session: UnitSession;
  port: string;
  expected: string;
}

export function placeOf(state: ProvisionState): { port: string; expected: string } {
  if (!state.port || !state.unit) throw new Failure('STEP_BLOCKED', { detail: 'no unit is identified' });
  return { port: state.port.port, expected: state.unit.hardwareId };
}

export async function unitOf(
  { connections }: Pick<ProvisionTools, 'connections'>,
  state: ProvisionState,
  signal: AbortSignal,
): Promise<UnitAtPort> {
  const { port, expected } = placeOf(state);
  return { session: await connections.session(port, expected, signal), port, expected };
}
