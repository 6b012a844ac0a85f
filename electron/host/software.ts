import type { SnapshotFacts } from '../../shared/contract/configuration.ts';
import { Snapshot } from '../../shared/contract/configuration.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { softwareMethods } from '../../shared/contract/software-methods.ts';
import { factsOf, hashOfSnapshot } from '../provisioning/as-found.ts';
import {
  type Acceptance,
  acceptBundle,
  appSoftware,
  knownBundles,
  trustedKeys,
  trustKey,
  withdrawKey,
} from '../provisioning/software/software.ts';
import type { JobStore } from '../store/job-store.ts';
import type { Handlers } from './server.ts';
import type { Services } from './services.ts';

/** What bundles for this project are held against now. */
export async function acceptanceOf(
  store: JobStore,
  { resources, version }: { resources: string; version: string },
): Promise<Acceptance> {
  const { facts } = await appSoftware(resources);
  return { store, carried: facts, appVersion: version, now: new Date() };
}

/** The methods about keys, bundles and snapshots. */
export function softwareHandlers({
  store,
  options,
}: Pick<Services, 'store' | 'options'>): Pick<Handlers, keyof typeof softwareMethods> {
  return {
    'keys.list': () => trustedKeys(store),
    'keys.trust': (key) => trustKey(store, key),
    'keys.withdraw': ({ id }) => withdrawKey(store, id),
    'bundles.add': async ({ base64, override }) =>
      acceptBundle(Buffer.from(base64, 'base64'), await acceptanceOf(store, options), override),
    'bundles.list': () => knownBundles(store),
    'snapshots.list': ({ unit }) => listSnapshots(store, unit),
    'snapshots.read': ({ sha256 }) => readSnapshot(store, sha256),
  };
}

const listSnapshots = (store: JobStore, unit: string | null): SnapshotFacts[] =>
  [...snapshotsIn(store)]
    .filter((snapshot) => unit === null || snapshot.unit.hardwareId === unit)
    .map(factsOf);

function readSnapshot(store: JobStore, sha256: string): Snapshot {
  for (const snapshot of snapshotsIn(store)) if (hashOfSnapshot(snapshot) === sha256) return snapshot;
  throw new Failure('NOT_FOUND', { thing: 'snapshot', id: sha256.slice(0, 8) });
}

function* snapshotsIn(store: JobStore): Generator<Snapshot> {
  for (const { body } of store.events({ kind: 'unit.snapshot' })) yield Snapshot.parse(body);
}
