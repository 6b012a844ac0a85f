import type { PortInfo, UnitIdentity } from '../../shared/contract/devices.ts';
import type { Diagnosis } from '../../shared/contract/doctor.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { listPorts } from '../discovery/discovery.ts';
import { type DoctorOptions, diagnose } from '../discovery/doctor/doctor.ts';
import { Connections } from '../drivers/connections.ts';
import { AgentChannel } from '../drivers/micropython/agent-channel.ts';
import { readHello } from '../drivers/micropython/agent-hello.ts';
import { openJob, type Verification } from '../store/job-store.ts';
import { createOpenPort } from '../transport/open-port.ts';

// What a door may ask of the rooms below without a job: nothing here makes or changes a project file.

export { servePtys, startBench } from '../bench/bench.ts';
export { watchPorts as watchRealPorts } from '../discovery/discovery.ts';
export { PortChanges } from '../discovery/doctor/port-changes.ts';
export { loadProfiles } from '../provisioning/profiles.ts';
export { readable, recordedFrames } from '../recordings/recordings.ts';
export { outsideSecrets } from '../secrets/secrets.ts';
export { importNames } from './names.ts';

export const listRealPorts = (): Promise<PortInfo[]> => listPorts();

/** The running agent's word on who it is, without disturbing it; null where none answers. */
const greet: DoctorOptions['greet'] = async (transport, signal) => {
  const channel = new AgentChannel(transport);
  const during = 'asking who is there';
  try {
    const answer = await channel.request('hello', undefined, {
      deadlineMs: 2000,
      during,
      attempts: 2,
      signal,
    });
    return (answer.ok && readHello(answer.json)) || null;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'NO_REPLY') return null;
    throw thrown;
  }
};

/** Why a port will not open: see the connection doctor. Only what is asked for with `fix` is ever changed. */
export const examinePorts = (
  options: Pick<DoctorOptions, 'port' | 'ruleSource' | 'signal' | 'fix'>,
): Promise<Diagnosis> => diagnose({ ...options, openPort: createOpenPort({}), greet });

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
