// Software for units: what this app carries, or a signed bundle that the project accepted; never older than what the
// unit has, unless somebody says why.
import type { UnitIdentity } from '../../../shared/contract/devices.ts';
import type { SoftwareChoice } from '../../../shared/contract/software.ts';
import type { UnitSoftware } from '../../drivers/driver.ts';
import type { JobStore } from '../../store/job-store.ts';
import { acceptedBundle } from './accept-bundle.ts';
import { appSoftware, type Software } from './app-software.ts';
import { notBelowUnit, type PassedDowngrade } from './downgrade.ts';

export { type Acceptance, acceptBundle, knownBundles } from './accept-bundle.ts';
export { appSoftware, type Software } from './app-software.ts';
export { keepDowngrade, type PassedDowngrade } from './downgrade.ts';
export { imageOf, slotFile, slotImage } from './slot-image.ts';
export { heldManifest, type SlotManifest, slotManifest } from './slot-manifest.ts';
export { trustedKeys, trustKey, withdrawKey } from './trusted-keys.ts';

export interface ChosenSoftware extends Software {
  /** For `keepDowngrade`, before anything is written to the unit. */
  passed: PassedDowngrade | null;
}

export interface SoftwareTools {
  store: JobStore;
  resources: string;
  appVersion: string;
  now: Date;
}

/**
 * The files of what was chosen, for this very unit; a bundle is verified anew. BUNDLE_…, DOWNGRADE_REFUSED,
 * FILE_UNREADABLE, NOT_FOUND. The program that starts a slot is always the app's own.
 */
export async function softwareFor(
  { store, resources, appVersion, now }: SoftwareTools,
  choice: SoftwareChoice,
  { identity, held }: { identity: Pick<UnitIdentity, 'machine' | 'platform'>; held: UnitSoftware },
): Promise<ChosenSoftware> {
  const own = await appSoftware(resources);
  const override = choice.override ?? null;
  if (choice.kind === 'app') return { ...own, passed: notBelowUnit(own.facts, held, override) };
  const { machine, platform } = identity;
  const acceptance = { store, carried: own.facts, appVersion, now };
  const bundle = await acceptedBundle(choice.id, acceptance, {
    // No family says its board's revision yet: a bundle for certain revisions only is refused.
    machine: { machine, platform, revision: null },
    override,
  });
  const { manifest, files, key, trustedComment, overridden } = bundle;
  const { product, version, securityCounter } = manifest;
  const facts = { product, version, securityCounter, bundle: { id: choice.id, key, trustedComment } };
  const passed: PassedDowngrade | null = overridden && {
    name: overridden.name,
    reason: overridden.reason,
    product,
    offered: securityCounter,
    highest: overridden.highestCounterSeen,
    bundle: choice.id,
  };
  return { facts, files, trampoline: own.trampoline, passed: notBelowUnit(facts, held, override) ?? passed };
}
