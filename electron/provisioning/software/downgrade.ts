import type { RollbackOverride } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SoftwareFacts } from '../../../shared/contract/software.ts';
import type { UnitSoftware } from '../../drivers/driver.ts';
import type { JobStore } from '../../store/job-store.ts';
import { heldManifest } from './slot-manifest.ts';

/** A lower counter that somebody let pass. */
export interface PassedDowngrade extends RollbackOverride {
  product: string;
  offered: number;
  /** The highest that stood against it: on the unit, or in the record. */
  highest: number;
  bundle: string | null;
}

/** What of this product the unit holds must not have a higher counter. DOWNGRADE_REFUSED. */
export function notBelowUnit(
  { product, securityCounter: offered, bundle }: SoftwareFacts,
  held: UnitSoftware,
  override: RollbackOverride | null,
): PassedDowngrade | null {
  const manifest = heldManifest(held);
  if (manifest === null || manifest.product !== product || manifest.counter <= offered) return null;
  if (!override) throw new Failure('DOWNGRADE_REFUSED', { held: manifest.counter, offered });
  return { ...override, product, offered, highest: manifest.counter, bundle: bundle?.id ?? null };
}

/** Into the record, before anything is written to the unit. */
export function keepDowngrade(store: JobStore, unit: string, passed: PassedDowngrade | null): void {
  if (passed) store.append({ kind: 'software.override', subject: unit, body: passed });
}
