import { create } from 'zustand';
import type { BenchState } from '../../../shared/contract/bench.ts';
import type { BatchState } from '../../../shared/contract/calibration-methods.ts';
import type { CertificateFacts } from '../../../shared/contract/certificate.ts';
import type { Result } from '../../../shared/contract/contract.ts';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import type { Job, RunState, WizardState } from '../../../shared/contract/job.ts';
import type { Profile } from '../../../shared/contract/profile.ts';
import type { QueueState } from '../../../shared/contract/queue.ts';
import type { ReferenceStandard } from '../../../shared/contract/standards.ts';
import type { TaskProgress } from '../../../shared/contract/wizard.ts';
import type { HostClient, Link } from './host.ts';

/** What the host holds, mirrored. Nothing here is the truth: after a reload all of it comes from the host again. */
interface Desk {
  link: Link;
  info: Result<'app.info'> | null;
  ports: PortInfo[];
  profiles: Profile[];
  job: Job | null;
  wizards: Record<string, WizardState>;
  progress: Record<string, TaskProgress>;
  run: RunState | null;
  queue: QueueState | null;
  bench: BenchState | null;
  standards: readonly ReferenceStandard[];
  certificates: readonly CertificateFacts[];
  batch: BatchState;
}

export const useDesk = create<Desk>(() => ({
  link: 'connecting',
  info: null,
  ports: [],
  profiles: [],
  job: null,
  wizards: {},
  progress: {},
  run: null,
  queue: null,
  bench: null,
  standards: [],
  certificates: [],
  batch: null,
}));

/** How often each wizard was heard of as an event. */
const heard = new Map<string, number>();

/**
 * Asks for a wizard's state and keeps the answer, unless the host has told a newer one meanwhile: a task may end
 * between the state that an answer holds and the arrival of that answer.
 */
export async function askWizard(id: string, ask: () => Promise<WizardState>): Promise<void> {
  const before = heard.get(id);
  const state = await ask();
  if (heard.get(id) === before) keepWizard(state);
}

function hearWizard(state: WizardState): void {
  heard.set(state.id, (heard.get(state.id) ?? 0) + 1);
  keepWizard(state);
}

export function keepWizard(state: WizardState): void {
  useDesk.setState(({ wizards }) => ({ wizards: { ...wizards, [state.id]: state } }));
}

/** Keeps the mirror true for as long as the page lives; the whole present state is fetched at each (re)connection. */
export function mirrorHost(host: HostClient): void {
  host.on('devices.changed', (ports) => useDesk.setState({ ports }));
  host.on('job.changed', (job) => useDesk.setState({ job }));
  host.on('wizard.changed', hearWizard);
  host.on('run.changed', (run) => useDesk.setState({ run }));
  host.on('queue.changed', (queue) => useDesk.setState({ queue }));
  host.on('bench.changed', (bench) => useDesk.setState({ bench }));
  host.on('standards.changed', (standards) => useDesk.setState({ standards }));
  host.on('certificates.changed', (certificates) => useDesk.setState({ certificates }));
  host.on('batch.changed', (batch) => useDesk.setState({ batch }));
  host.on('task.progress', (progress) =>
    useDesk.setState((desk) => ({ progress: { ...desk.progress, [progress.wizard]: progress } })),
  );
  host.onLink((link) => {
    useDesk.setState({ link });
    if (link === 'up') void fetchAll(host);
  });
}

/** A part that fails leaves the other parts shown; the screens that need it ask again and show the failure. */
async function fetchAll(host: HostClient): Promise<void> {
  const put = async (part: Promise<Partial<Desk>>): Promise<void> => useDesk.setState(await part);
  const parts = [
    put(host.call('app.info', {}).then((info) => ({ info }))),
    put(host.call('job.get', {}).then((job) => ({ job }))),
    put(host.call('devices.list', {}).then((ports) => ({ ports }))),
    put(host.call('profiles.list', {}).then((profiles) => ({ profiles }))),
    put(host.call('run.get', {}).then((run) => ({ run }))),
    put(host.call('queue.get', {}).then((queue) => ({ queue }))),
    put(host.call('bench.state', {}).then((bench) => ({ bench }))),
    put(host.call('standards.list', {}).then((standards) => ({ standards }))),
    put(host.call('certificates.list', {}).then((certificates) => ({ certificates }))),
    put(host.call('batch.get', {}).then((batch) => ({ batch }))),
    put(
      host
        .call('wizard.list', {})
        .then((list) => ({ wizards: Object.fromEntries(list.map((state) => [state.id, state])) })),
    ),
  ];
  const results = await Promise.allSettled(parts);
  for (const result of results) if (result.status === 'rejected') console.error(result.reason);
}
