import type { PortInfo, UnitIdentity } from '../../shared/contract/devices.ts';
import { listPorts } from '../discovery/discovery.ts';
import { Connections } from '../drivers/connections.ts';
import { openJob, type Verification } from '../store/job-store.ts';
import { createOpenPort } from '../transport/open-port.ts';

// What a door may ask of the rooms below without a job: nothing here makes or changes a project file.

export { servePtys, startBench } from '../bench/bench.ts';
export { loadProfiles } from '../provisioning/profiles.ts';

export const listRealPorts = (): Promise<PortInfo[]> => listPorts();

/** Interrupts what runs on the unit at this port and asks who it is. */
export async function identifyUnit(port: string, signal: AbortSignal): Promise<UnitIdentity> {
  const connections = new Connections(createOpenPort({}));
  try {
    const kind = port.startsWith('tcp:') ? 'tcp' : 'serial';
    return await connections.identify({ port, kind }, signal);
  } finally {
    await connections.close();
  }
}

/** Recomputes the chain of a project file. PROJECT_INVALID where it is none. */
export function verifyProject(path: string): Verification {
  const store = openJob(path);
  try {
    return store.verify();
  } finally {
    store.close();
  }
}
