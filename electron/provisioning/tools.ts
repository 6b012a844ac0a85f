import type { BrokerSettings } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { ProvisionFact, ProvisionState } from '../../shared/contract/provision.ts';
import type { RunTask } from '../../shared/wizard/task.ts';
import type { Connections } from '../drivers/connections.ts';
import type { UnitSession } from '../drivers/driver.ts';
import type { Vault } from '../secrets/secrets.ts';
import type { JobStore } from '../store/job-store.ts';
import type { ConnectOptions, SignIn } from './broker/broker.ts';
import type { StartedClock } from './clock.ts';
import type { Authority } from './credentials/credentials.ts';

/** What the tasks of provisioning work with. */
export interface ProvisionTools {
  connections: Connections;
  /** Where a unit is now; `opened` is where it was when it was identified. */
  portOf: (unit: string, opened: string) => string;
  profiles: ReadonlyMap<string, Profile>;
  resources: string;
  /** Version of this app: a bundle may need a newer one. */
  version: string;
  /** The job's record: snapshots are kept in it, and what earlier pushes left is read from it. */
  store: JobStore;
  vault: Vault;
  /** Known to nobody but this program as it runs: see `secretFile`. */
  salt: string;
  /** First reading of each unit's clock since it was pushed: the longer ago, the better its drift is known. */
  startedClocks: Map<string, StartedClock>;
  /** The project's own authority, made where it has none yet. @throws Failure SECRETS_LOCKED */
  authority: (settings: BrokerSettings) => Promise<Authority>;
  /** The broker of the simulated bench is made ready for who is about to come; others are there already. */
  prepareBroker: (settings: BrokerSettings, guests: BrokerGuests) => Promise<void>;
  /** Where a name of the bench really is. */
  reach: NonNullable<ConnectOptions['reach']>;
}

/** Who comes to a broker, and what they show. Null: a unit whose key only it has. */
export interface BrokerGuests {
  unit: string;
  authority: Authority | null;
  unitLogin: SignIn | null;
  /** Null: nobody looks on yet. */
  watcher: SignIn | null;
}

export type Task = RunTask<ProvisionState, ProvisionFact>;

/** The unit that the wizard is about, at its port. */
export interface UnitAtPort {
  session: UnitSession;
  port: string;
  expected: string;
}

export function placeOf(
  { portOf }: Pick<ProvisionTools, 'portOf'>,
  { port, unit }: ProvisionState,
): { port: string; expected: string } {
  if (!port || !unit) throw new Failure('STEP_BLOCKED', { detail: 'no unit is identified' });
  return { port: portOf(unit.hardwareId, port.port), expected: unit.hardwareId };
}

export async function unitOf(
  tools: Pick<ProvisionTools, 'connections' | 'portOf'>,
  state: ProvisionState,
  signal: AbortSignal,
): Promise<UnitAtPort> {
  const { port, expected } = placeOf(tools, state);
  return { session: await tools.connections.session(port, expected, signal), port, expected };
}
