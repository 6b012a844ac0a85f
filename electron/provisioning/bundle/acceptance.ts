import type { BundleManifest, RollbackOverride, UnitHardware } from '../../../shared/contract/bundle.ts';
import { RollbackOverride as RollbackOverrideSchema } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { fitsHardware, hardwareText, rangeText } from './hardware.ts';
import { compareVersions } from './version.ts';

/** What a bundle is held against. Null where it is not known and so is not asked: say so on purpose. */
export interface Circumstances {
  product: string | null;
  machine: UnitHardware | null;
  appVersion: string;
  now: Date;
  /** Of this product, from a store outside of the bundle's reach. */
  highestCounterSeen: number | null;
  override?: RollbackOverride;
}

/** A lower counter that was let pass, for the record. */
export interface Overridden extends RollbackOverride {
  counter: number;
  highestCounterSeen: number;
}

/** Throws the first reason why a bundle whose signature is sound must not go to this unit now. */
export function accept(manifest: BundleManifest, circumstances: Circumstances): Overridden | null {
  fitProduct(manifest, circumstances);
  const { now, appVersion } = circumstances;
  const { expires, minimumApp } = manifest;
  // Asked this way round, so that a clock that says nothing does not count as in time.
  if (expires !== null && !(now.getTime() < Date.parse(expires))) {
    const at = Number.isNaN(now.getTime()) ? 'an unknown time' : now.toISOString();
    throw new Failure('BUNDLE_EXPIRED', { expires, now: at });
  }
  if (compareVersions(appVersion, minimumApp) < 0) {
    throw new Failure('BUNDLE_APP_TOO_OLD', { needed: minimumApp, found: appVersion });
  }
  return notBackwards(manifest, circumstances);
}

function fitProduct(manifest: BundleManifest, { product, machine }: Circumstances): void {
  if (product !== null && product !== manifest.product) {
    throw new Failure('BUNDLE_WRONG_PRODUCT', { expected: product, found: manifest.product });
  }
  if (machine !== null && !manifest.hardware.some((range) => fitsHardware(range, machine))) {
    const found = manifest.hardware.map(rangeText).join('; ').slice(0, 400);
    throw new Failure('BUNDLE_WRONG_PRODUCT', { expected: hardwareText(machine), found });
  }
}

function notBackwards(
  { securityCounter: counter }: BundleManifest,
  { highestCounterSeen, override }: Circumstances,
): Overridden | null {
  if (highestCounterSeen === null || counter >= highestCounterSeen) return null;
  const said = RollbackOverrideSchema.safeParse(override);
  if (!said.success) throw new Failure('BUNDLE_ROLLBACK', { counter, highest: highestCounterSeen });
  return { ...said.data, counter, highestCounterSeen };
}
