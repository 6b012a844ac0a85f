// What a door may do with a unit's configuration and a project's keys without a host: one piece of work, then all is
// closed again.
import type { ConfigurationFiles } from '../../shared/configuration/configuration.ts';
import type { Snapshot } from '../../shared/contract/configuration.ts';
import type { UnitIdentity } from '../../shared/contract/devices.ts';
import { Connections } from '../drivers/connections.ts';
import { takeSnapshot } from '../provisioning/as-found.ts';
import { factoryConfigFile } from '../provisioning/config-file.ts';
import {
  type RestoreOrder,
  type RestoreOutcome,
  restore,
} from '../provisioning/configuration/configuration.ts';
import { nominalCalibrationFile, profileOf } from '../provisioning/files.ts';
import { loadProfiles } from '../provisioning/profiles.ts';
import { type JobStore, openJob } from '../store/job-store.ts';
import { createOpenPort } from '../transport/open-port.ts';
import { demandSound } from './job.ts';

export { factsOf } from '../provisioning/as-found.ts';
export {
  demandIdentical,
  filesIn,
  readSnapshot,
  snapshotText,
} from '../provisioning/configuration/configuration.ts';
export { acceptBundle, trustedKeys, trustKey, withdrawKey } from '../provisioning/software/software.ts';
export { acceptanceOf } from './software.ts';

/** A project that no other Plumbline has open, its record checked. PROJECT_INVALID, PROJECT_IN_USE. */
export async function withProject<T>(path: string, work: (store: JobStore) => T | Promise<T>): Promise<T> {
  const store = openJob(path, { exclusive: true });
  try {
    demandSound(store);
    return await work(store);
  } finally {
    store.close();
  }
}

async function withUnit<T>(
  port: string,
  signal: AbortSignal,
  work: (connections: Connections, unit: UnitIdentity) => Promise<T>,
): Promise<T> {
  const connections = new Connections(createOpenPort({}));
  try {
    const kind = port.startsWith('tcp:') ? 'tcp' : 'serial';
    return await work(connections, await connections.identify({ port, kind }, signal));
  } finally {
    await connections.close();
  }
}

/** Interrupts what runs on the unit, reads its configuration, and starts its program again. */
export const snapshotUnit = (port: string, signal: AbortSignal): Promise<Snapshot> =>
  withUnit(port, signal, async (connections, unit) => {
    const options = { expected: unit.hardwareId, signal };
    const session = await connections.session(port, unit.hardwareId, signal);
    return takeSnapshot(session, await session.software(options), unit, options);
  });

/** Writes a configuration to the unit and reads it back; see `restore`. */
export const restoreUnit = (
  port: string,
  order: Pick<RestoreOrder, 'snapshot' | 'ontoReplacement' | 'keep'> & { store: JobStore | null },
  signal: AbortSignal,
): Promise<RestoreOutcome> =>
  withUnit(port, signal, (connections, unit) =>
    restore({ connections, store: order.store }, { ...order, port, unit, signal }),
  );

/** What a unit of this profile has before anybody described it. NOT_FOUND. */
export async function factoryFiles(resources: string, profileId: string): Promise<ConfigurationFiles> {
  const profile = profileOf(await loadProfiles(resources), profileId);
  const files = new Map([
    ['config.json', factoryConfigFile(profile).bytes],
    ['calibration.json', nominalCalibrationFile(profile).bytes],
  ]);
  return { files, secrets: [] };
}
