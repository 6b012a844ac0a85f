import { z } from 'zod';
import { canonical } from '../chain/canonical-json.ts';
import { HardwareId, Sha256 } from '../contract/devices.ts';
import { PlateText } from '../contract/provision-text.ts';

/** Caps of what is read before it is vouched for, and of what anybody has to hold in memory. */
export const dossierLimits = {
  /** The whole file: far from where zip needs its 64-bit form. */
  bytes: 1 << 30,
  manifestBytes: 8 << 20,
  parts: 20_000,
} as const;

export const manifestName = 'manifest.json';
export const signatureName = 'manifest.sig';
export const chainName = 'chain.jsonl';
export const ownNames: readonly string[] = [manifestName, signatureName];

/**
 * Where a part lies: at most six plain ASCII names. No name begins or ends with a dot, so there is no way up and none
 * that Windows would change; none is longer than a file system takes.
 */
export const PartPath = z
  .string()
  .max(200)
  .regex(/^(?!.*\.(?:\/|$))[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,5}$/);

export const mediaTypes = [
  'application/json',
  'application/jsonl',
  'application/pdf',
  'application/xml',
  'application/x-pem-file',
  'text/csv',
] as const;

export const DossierPart = z.strictObject({
  path: PartPath,
  size: z.number().int().min(0).max(dossierLimits.bytes),
  sha256: Sha256,
  type: z.enum(mediaTypes),
});
export type DossierPart = z.infer<typeof DossierPart>;

/** Whether the project keeps its key, so that its dossiers have one signer, or made one for this dossier alone. */
export const KeyKind = z.enum(['kept', 'for this dossier']);
export type KeyKind = z.infer<typeof KeyKind>;

export const DossierManifest = z.strictObject({
  dossier: z.literal(1),
  software: z.strictObject({ name: z.literal('Plumbline'), version: z.string().max(60) }),
  /** When the newest event of the record was entered, ms since 1970. */
  at: z.number().int().min(0),
  job: z.strictObject({ name: PlateText, engineer: PlateText, customer: PlateText }),
  /** Units of the simulated bench are among them: of those nothing in here is a measurement. */
  simulated: z.boolean(),
  units: z.array(z.strictObject({ unit: HardwareId, tag: PlateText })).max(dossierLimits.parts),
  chain: z.strictObject({ events: z.number().int().positive(), head: Sha256 }),
  signer: z.strictObject({ algorithm: z.literal('Ed25519'), publicKey: Sha256, key: KeyKind }),
  /** Every part, in the order of the archive: by path, as UTF-16 code units compare. */
  parts: z.array(DossierPart).min(1).max(dossierLimits.parts),
});
export type DossierManifest = z.infer<typeof DossierManifest>;

export const manifestBytes = (manifest: DossierManifest): Uint8Array =>
  new TextEncoder().encode(canonical(manifest, 'manifest'));

/** What is wrong with the list of parts; undefined where nothing is. */
export function wrongParts(parts: readonly DossierPart[]): { path: string; reason: string } | undefined {
  const seen = new Set(ownNames);
  let previous = '';
  let total = 0;
  for (const { path, size } of parts) {
    total += size;
    if (path <= previous) return { path, reason: 'it is listed twice, or out of order' };
    // Where the two cannot lie side by side on a disk, one would be taken for the other.
    if (seen.has(path.toLowerCase())) return { path, reason: 'its name differs from another in case only' };
    if (foldersOf(path).some((folder) => seen.has(folder)))
      return { path, reason: 'a part bears the name of its folder' };
    if (total > dossierLimits.bytes) return { path, reason: 'the parts are larger than a dossier may be' };
    seen.add(path.toLowerCase());
    previous = path;
  }
  return undefined;
}

const foldersOf = (path: string): string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index).toLowerCase());
