import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { Channel } from '../../shared/contract/channel.ts';
import type { EventName, EventPayload, Method, Params, Result } from '../../shared/contract/contract.ts';
import type { TaskTable } from '../../shared/wizard/task.ts';
import { calibrationTasks } from '../calibration/tasks.ts';
import { listPorts, watchPorts } from '../discovery/discovery.ts';
import { Connections } from '../drivers/connections.ts';
import { SharedReferences } from '../drivers/shared-reference.ts';
import { makeFolder } from '../files/files.ts';
import { labTasks, openLab } from '../lab/lab.ts';
import { LiveHub } from '../live/live-hub.ts';
import { loadProfiles } from '../provisioning/profiles.ts';
import { provisionTasks } from '../provisioning/tasks.ts';
import { ruleTasks } from '../rules/tasks.ts';
import { Redactor, Vault } from '../secrets/secrets.ts';
import { type JobStore, openOrCreateJob } from '../store/job-store.ts';
import { createOpenPort } from '../transport/open-port.ts';
import { Batch } from './batch.ts';
import { attachBench } from './bench.ts';
import { BenchBrokerKeeper } from './bench-broker.ts';
import { calibrationTools } from './calibration-tools.ts';
import { Desk, unitPortOf } from './desk.ts';
import { Emitter } from './emitter.ts';
import { handlersOf } from './handlers.ts';
import { demandSound } from './job.ts';
import { sourceOf } from './lab-sources.ts';
import { lineTrace } from './line-trace.ts';
import { NetworkLooks } from './network.ts';
import type { HostOptions } from './options.ts';
import { patient } from './patience.ts';
import { authorityOf } from './project-authority.ts';
import { RunQueue } from './queue.ts';
import { Runs } from './runs.ts';
import { type Client, ContractServer } from './server.ts';
import { overview, portOfUnit, profileOfUnit, type Services, targetOfUnit, unitOf } from './services.ts';
import { loadBenchStandard, Standards } from './standards.ts';

export type { HostOptions } from './options.ts';

/** Long enough to find a cable that was pulled and put it in again. */
const usualUnitReturnMs = 20_000;

/** Everything that Plumbline does, behind one contract. Each door connects channels to it. */
export interface Host {
  connect(channel: Channel): void;
  /** In-process call with the contract's own types; throws `Failure`. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  readonly store: JobStore;
  close(): Promise<void>;
}

/** The composition root: makes the services, binds them to the contract. */
export async function createHost(options: HostOptions): Promise<Host> {
  makeFolder(dirname(options.jobPath));
  const emitter = new Emitter();
  const profiles = await loadProfiles(options.resources);
  const benchStandard = await loadBenchStandard(options.resources);
  const store = soundJob(options);
  const bench = options.bench
    ? await attachBench(options, (state) => emitter.emit('bench.changed', state)).catch((thrown: unknown) => {
        store.close();
        throw thrown;
      })
    : null;
  const redactor = options.redactor ?? new Redactor();
  const connections = new Connections(
    createOpenPort({
      bench: bench ? (port, given) => bench.bench.open(port, given) : undefined,
      trace: lineTrace(options.log, redactor),
    }),
  );
  const references = new SharedReferences((port, signal, source) =>
    connections.reference(port, signal, source),
  );
  const standards = new Standards({
    store,
    bench: benchStandard,
    isBenchAttached: bench !== null,
    changed: (register) => emitter.emit('standards.changed', register),
  });
  const vault = new Vault({
    redactor,
    store: options.secretStore ?? null,
    ...(options.outsideSecrets === undefined ? {} : { outside: options.outsideSecrets }),
  });
  const brokers = new BenchBrokerKeeper(bench?.bench ?? null);
  const live = new LiveHub(connections);
  const discovery = { benchPorts: bench ? () => bench.bench.ports : undefined };
  let ports = await listPorts(discovery);
  const profileOf = (unit: string) => profileOfUnit(services, unit);
  const portOf = (unit: string, opened: string) => portOfUnit(services, unit, opened);
  const patiently = <State extends { id: string }, Fact>(
    kinds: string[],
    tasks: TaskTable<State, Fact>,
  ): TaskTable<State, Fact> =>
    patient(tasks, kinds, {
      forMs: options.unitReturnMs ?? usualUnitReturnMs,
      stateNow: ({ id }) => desk.get(id) as unknown as State,
      stepAside: ({ id }) => references.stepAside(unitPortOf(desk.get(id)) ?? ''),
      look: () => watch.look(),
    });
  const lab = openLab({
    store,
    connections,
    live,
    portOf: (unit) => portOfUnit(services, unit, unitOf(services, unit).port),
    channelsOf: (unit) => profileOf(unit).channels,
    changed: (recordings) => emitter.emit('recordings.changed', recordings),
    progress: (now) => emitter.emit('recordings.progress', now),
  });
  emitter.on('wizard.changed', (wizard) => {
    const isAtRules = wizard.task?.kind === 'push' || wizard.task?.kind === 'prove';
    if (wizard.kind === 'validate' && isAtRules) lab.recorders.disturb(wizard.unit);
  });
  const desk: Desk = new Desk({
    store,
    tasks: {
      provision: patiently(
        ['plan', 'push', 'rollBack', 'broker'],
        provisionTasks({
          connections,
          portOf,
          profiles,
          resources: options.resources,
          version: options.version,
          store,
          vault,
          salt: randomBytes(16).toString('base64url'),
          startedClocks: new Map(),
          authority: authorityOf(store, vault),
          prepareBroker: (settings, guests) => brokers.prepare(settings, guests),
          reach: (address) => brokers.reach(address),
        }),
      ),
      calibrate: patiently(
        ['measure'],
        calibrationTasks(
          calibrationTools({
            connections,
            references,
            profileOf,
            portOf,
            standards,
            store,
            desk: () => desk,
            live: (update) => emitter.emit('calibrate.live', update),
          }),
        ),
      ),
      validate: patiently(['push', 'prove'], {
        ...ruleTasks({
          connections,
          references,
          profileOf,
          portOf,
          targetOf: (unit) => targetOfUnit(services, unit),
        }),
        ...labTasks({
          connections,
          live,
          thread: lab.thread,
          profileOf,
          portOf,
          sourceOf: (data, unit) => sourceOf(services, data, unit),
          shadowed: (update) => emitter.emit('lab.shadow', update),
        }),
      }),
    },
    sharesReference: (unitPort, port) => references.has(unitPort, port),
    changed: (state) => {
      emitter.emit('wizard.changed', state);
      emitter.emit('job.changed', overview(services));
    },
    progress: (progress) => emitter.emit('task.progress', progress),
    redact: (failure) => redactor.redactValue(failure),
  });
  const network = new NetworkLooks({
    store,
    vault,
    bench,
    log: options.log,
    changed: (list) => emitter.emit('network.changed', list),
  });
  const services: Services = {
    options,
    store,
    desk,
    connections,
    live,
    lab,
    bench,
    profiles,
    vault,
    network,
    standards,
    ports: () => ports,
    describe: (description) => {
      store.append({ kind: 'job.described', subject: 'job', body: description });
      emitter.emit('job.changed', overview(services));
    },
    emit: (event, payload) => emitter.emit(event, payload),
  };
  desk.resume();
  const watch = watchPorts((list) => {
    ports = list;
    emitter.emit('devices.changed', list);
    emitter.emit('job.changed', overview(services));
  }, discovery);
  const queue: RunQueue = new RunQueue({
    services,
    references,
    identify: (port, signal) => connections.exclusively(port.port, () => connections.identify(port, signal)),
    isElsewhere: () => runs.running || batch.running,
  });
  const runs: Runs = new Runs(services, () => queue.running || batch.running);
  const batch: Batch = new Batch({
    services,
    references,
    isElsewhere: () => runs.running || queue.running,
    onWizard: (listener) => emitter.on('wizard.changed', listener),
  });
  const server = new ContractServer(handlersOf(services, { runs, queue, batch }), options.log, (failure) =>
    redactor.redactValue(failure),
  );
  emitter.onAny((event, payload) => server.emit(event, payload));

  return {
    store,
    connect: (channel) => server.connect(channel),
    call: async (method, params) => (await server.call(method, params, terminal)) as Result<typeof method>,
    on: (event, listener) => emitter.on(event, listener),
    close: async () => {
      runs.stop();
      queue.stop();
      batch.stop();
      watch.stop();
      await desk.close();
      await runs.ended();
      await queue.ended();
      await batch.ended();
      await lab.close();
      live.close();
      server.closeAll();
      await connections.close();
      await network.close();
      await bench?.close();
      await vault.close();
      store.close();
    },
  };
}

/** The job's record, every event of it checked: nothing is built on a record that was altered. */
function soundJob({ jobPath }: HostOptions): JobStore {
  const store = openOrCreateJob(jobPath, { name: 'Commissioning' }, { exclusive: true });
  try {
    demandSound(store);
    return store;
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}

/** In process there is no page that could look at live frames. */
const terminal: Client = { post: () => undefined, backlog: 0, onClose: () => undefined };
