import { z } from 'zod';
import { RollbackOverride } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { KnownBundle, type SoftwareFacts } from '../../../shared/contract/software.ts';
import type { JobStore } from '../../store/job-store.ts';
import {
  type BundleSource,
  type Circumstances,
  type VerifiedBundle,
  verifyBundle,
} from '../bundle/bundle.ts';
import { idOf, keepBundle, keeping, keptBundle } from './kept-bundles.ts';
import { demandSlotFiles } from './slot-rules.ts';
import { publicKeys } from './trusted-keys.ts';

const subject = 'software';
const eventKind = 'bundle.accepted';
/** `against`: the counter that the override let it pass below. One that came later it was never asked about. */
const Accepted = KnownBundle.extend({
  override: RollbackOverride.nullable(),
  against: z.number().int().nullable(),
});

/** The project, and the app that works on it. */
export interface Acceptance {
  store: JobStore;
  /** What this app carries: the product that bundles must be for, and a counter that they must not be below. */
  carried: Pick<SoftwareFacts, 'product' | 'securityCounter'>;
  appVersion: string;
  now: Date;
}

/** Every bundle that was accepted, in the order in which it was first. Whether it still is, is asked when it is used. */
export const knownBundles = (store: JobStore): KnownBundle[] =>
  accepted(store).map(({ id, size, manifest, key, trustedComment }) => ({
    id,
    size,
    manifest,
    key,
    trustedComment,
  }));

function accepted(store: JobStore): z.infer<typeof Accepted>[] {
  const events = [...store.events({ kind: eventKind, subject })].map(({ body }) => Accepted.parse(body));
  return [...new Map(events.map((event) => [event.id, event])).values()];
}

/**
 * Verifies a bundle with the keys that the project trusts, keeps it beside the project file and says so in the record.
 * Whatever is wrong with it (BUNDLE_…) leaves both as they were.
 */
export async function acceptBundle(
  source: BundleSource,
  acceptance: Acceptance,
  override: RollbackOverride | null,
): Promise<KnownBundle> {
  const { store } = acceptance;
  const kept = keeping(source);
  const verified = await verify(kept.source, acceptance, { machine: null, override });
  const bytes = kept.bytes();
  const { manifest, key, trustedComment, overridden } = verified;
  const bundle: KnownBundle = { id: idOf(bytes), size: bytes.length, manifest, key, trustedComment };
  await keepBundle(store.path, bytes);
  if (!knownBundles(store).some(({ id }) => id === bundle.id) || overridden) {
    const by = overridden && { name: overridden.name, reason: overridden.reason };
    const against = overridden?.highestCounterSeen ?? null;
    store.append({ kind: eventKind, subject, body: { ...bundle, override: by, against } });
  }
  return bundle;
}

/**
 * A bundle that was accepted, verified anew: keys may have been withdrawn, time has passed, a higher counter may have
 * come, and only now is it known what it is for. NOT_FOUND, FILE_UNREADABLE, BUNDLE_….
 */
export async function acceptedBundle(
  id: string,
  acceptance: Acceptance,
  { machine, override }: { machine: Circumstances['machine']; override: RollbackOverride | null },
): Promise<VerifiedBundle> {
  const { store } = acceptance;
  const known = accepted(store).find((bundle) => bundle.id === id);
  if (!known) throw new Failure('NOT_FOUND', { thing: 'bundle', id: id.slice(0, 8) });
  const bytes = await keptBundle(store.path, id);
  const isStillMeant = known.against !== null && highestCounter(acceptance) <= known.against;
  return verify(bytes, acceptance, { machine, override: override ?? (isStillMeant ? known.override : null) });
}

/** That this app carries, or that the project ever accepted. */
function highestCounter({ store, carried }: Pick<Acceptance, 'store' | 'carried'>): number {
  const counters = accepted(store)
    .filter(({ manifest }) => manifest.product === carried.product)
    .map(({ manifest }) => manifest.securityCounter);
  return Math.max(carried.securityCounter, ...counters);
}

async function verify(
  source: BundleSource,
  { store, carried, appVersion, now }: Acceptance,
  { machine, override }: { machine: Circumstances['machine']; override: RollbackOverride | null },
): Promise<VerifiedBundle> {
  const verified = await verifyBundle(source, {
    trustedKeys: publicKeys(store),
    product: carried.product,
    machine,
    appVersion,
    now,
    highestCounterSeen: highestCounter({ store, carried }),
    ...(override ? { override } : {}),
  });
  demandSlotFiles(verified.files);
  return verified;
}
