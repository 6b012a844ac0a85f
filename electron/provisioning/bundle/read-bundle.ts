import { createHash } from 'node:crypto';
import { type BundleFile, type BundleManifest, bundleLimits } from '../../../shared/contract/bundle.ts';
import type { UnitFile } from '../../drivers/driver.ts';
import {
  blockBytes,
  declaredSize,
  endOfArchive,
  entryName,
  headerOf,
  invalid,
  manifestName,
  padding,
  signatureName,
} from './archive.ts';
import { type BundleSource, ExactReader } from './exact-reader.ts';
import { parseManifest } from './manifest.ts';

/** What decides before a file is read. Each throws a Failure to refuse; what `manifest` returns is handed back. */
export interface Gate<T> {
  /** The manifest's bytes as they came, not looked into yet. `signature` is null where the bundle is not signed. */
  signature(manifest: Uint8Array, signature: Uint8Array | null): void;
  manifest(manifest: BundleManifest): T;
}

export interface ReadBundle<T> {
  manifest: BundleManifest;
  manifestBytes: Uint8Array;
  files: UnitFile[];
  passed: T;
}

/**
 * Reads a bundle: the signature is judged before the manifest is believed, the manifest before a file is read, and of
 * the files exactly the bytes that the manifest names. Holds at most `bundleLimits` in memory. BUNDLE_INVALID.
 */
export async function readBundle<T>(source: BundleSource, gate: Gate<T>): Promise<ReadBundle<T>> {
  const reader = new ExactReader(source);
  try {
    const manifestBytes = await sizedEntry(reader, manifestName, bundleLimits.manifestBytes);
    const signature = await sizedEntry(reader, signatureName, bundleLimits.signatureBytes);
    gate.signature(manifestBytes, signature.length > 0 ? signature : null);
    const manifest = parseManifest(manifestBytes);
    const passed = gate.manifest(manifest);
    const files: UnitFile[] = [];
    for (const file of manifest.files) files.push(await namedEntry(reader, file));
    if (!(await reader.take(endOfArchive.length)).equals(endOfArchive)) {
      throw invalid('it holds more than its manifest names');
    }
    await reader.end();
    return { manifest, manifestBytes, files, passed };
  } finally {
    await reader.close();
  }
}

/** An entry whose size only its header knows: capped before anything is taken. */
async function sizedEntry(reader: ExactReader, name: string, most: number): Promise<Buffer> {
  const header = await reader.take(blockBytes);
  const size = declaredSize(header);
  if (!header.equals(headerOf(name, Number.isNaN(size) ? 0 : size))) {
    throw invalid(`its ${name} is not where a bundle has it`);
  }
  if (size > most) throw invalid(`its ${name} has ${size} bytes, more than the ${most} there may be`);
  return body(reader, size, name);
}

/** An entry that the manifest names, and nothing else. */
async function namedEntry(reader: ExactReader, { path, size, sha256 }: BundleFile): Promise<UnitFile> {
  const header = await reader.take(blockBytes);
  if (!header.equals(headerOf(entryName(path), size)))
    throw invalid(`${path} is not where its manifest says`);
  const bytes = await body(reader, size, path);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw invalid(`${path} is not the file that was signed`);
  return { path, bytes, sha256 };
}

async function body(reader: ExactReader, size: number, name: string): Promise<Buffer> {
  const bytes = await reader.take(size);
  const fill = await reader.take(padding(size));
  if (fill.some((byte) => byte !== 0)) throw invalid(`something lies behind ${name}`);
  return bytes;
}
