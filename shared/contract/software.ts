import { z } from 'zod';
import { BundleManifest, RollbackOverride } from './bundle.ts';
import { Sha256 } from './devices.ts';
import { PlateText } from './provision-text.ts';

/** Software for units: what this app carries, or a bundle that the project accepted (by the hash of its file). */
export const SoftwareChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('app'), override: RollbackOverride.nullable().exactOptional() }),
  z.strictObject({ kind: z.literal('bundle'), id: Sha256, override: RollbackOverride.nullable() }),
]);
export type SoftwareChoice = z.infer<typeof SoftwareChoice>;

export const SoftwareFacts = z.strictObject({
  product: z.string(),
  version: z.string(),
  securityCounter: z.number().int(),
  /** SHA-256 of the bundle file and id of the key that signed it; null: carried by this app. */
  bundle: z.strictObject({ id: Sha256, key: z.string(), trustedComment: z.string() }).nullable(),
});
export type SoftwareFacts = z.infer<typeof SoftwareFacts>;

/** A bundle that the project verified and keeps. */
export const KnownBundle = z.strictObject({
  id: Sha256,
  size: z.number().int(),
  manifest: BundleManifest,
  key: z.string(),
  trustedComment: z.string(),
});
export type KnownBundle = z.infer<typeof KnownBundle>;

/** A minisign public key whose bundles this project takes. */
export const TrustedKey = z.strictObject({
  id: z.string().max(16),
  /** The public key as minisign prints it (base64, one line). */
  key: z.string().max(200),
  name: PlateText.min(1),
});
export type TrustedKey = z.infer<typeof TrustedKey>;
