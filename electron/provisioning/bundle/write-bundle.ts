import { createHash } from 'node:crypto';
import type { BundleDescription, BundleManifest } from '../../../shared/contract/bundle.ts';
import { endOfArchive, entryBytes, entryName, invalid, manifestName, signatureName } from './archive.ts';
import type { BundleSource } from './exact-reader.ts';
import { checkManifest, manifestBytes } from './manifest.ts';
import { readBundle } from './read-bundle.ts';
import type { SecretKey } from './secret-key.ts';
import { formatSignature, signMessage } from './signature.ts';

export interface MadeBundle {
  manifest: BundleManifest;
  bytes: Buffer;
}

/** Files by their absolute path on the unit. */
export type BundleContent = ReadonlyMap<string, Uint8Array>;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A bundle that nobody has signed yet. The same description and files give the same bytes. BUNDLE_INVALID. */
export function makeBundle(description: BundleDescription, content: BundleContent): MadeBundle {
  // By UTF-16 code unit, as the manifest's check compares; a locale would sort differently elsewhere.
  const files = [...content]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => ({ path, size: bytes.length, sha256: sha256(bytes) }));
  const manifest = checkManifest({ ...description, files });
  return { manifest, bytes: archiveOf(manifest, manifestBytes(manifest), new Uint8Array(), content) };
}

/** The same bundle with this key's signature in place of any that it had. Its files are checked first. */
export async function signBundle(source: BundleSource, key: SecretKey): Promise<MadeBundle> {
  const anyone = { signature: () => undefined, manifest: () => undefined };
  const { manifest, manifestBytes: message, files } = await readBundle(source, anyone);
  const { product, version, securityCounter } = manifest;
  // No time, unlike minisign's own comment: the same bundle and key give the same bytes.
  const comment = `product:${product}\tversion:${version}\tcounter:${securityCounter}`;
  const signature = formatSignature(signMessage(message, comment, key));
  const content = new Map(files.map(({ path, bytes }) => [path, bytes]));
  return { manifest, bytes: archiveOf(manifest, message, Buffer.from(signature, 'utf8'), content) };
}

function archiveOf(
  manifest: BundleManifest,
  message: Uint8Array,
  signature: Uint8Array,
  content: BundleContent,
): Buffer {
  const entries = manifest.files.flatMap(({ path }) => {
    const bytes = content.get(path);
    if (!bytes) throw invalid(`${path} is missing`);
    return entryBytes(entryName(path), bytes);
  });
  return Buffer.concat([
    ...entryBytes(manifestName, message),
    ...entryBytes(signatureName, signature),
    ...entries,
    endOfArchive,
  ]);
}
