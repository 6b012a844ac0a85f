import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleLimits } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { type BundleSource, writeBundleFile } from '../bundle/bundle.ts';

/** Everything that a bundle within its limits can come to: files, headers and padding of each, manifest, signature. */
const largest = bundleLimits.fileBytes + (bundleLimits.files + 4) * 1024 + bundleLimits.manifestBytes + 4096;

/** Beside the project file, as SQLite's own `-wal` is. */
export const bundleFolderOf = (projectPath: string): string => `${projectPath}-bundles`;

const fileOf = (projectPath: string, id: string): string => join(bundleFolderOf(projectPath), `${id}.bundle`);

export const idOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Hands a source on as it comes and keeps what has passed, never more than a bundle can have. BUNDLE_INVALID. */
export function keeping(source: BundleSource): { source: AsyncIterable<Uint8Array>; bytes: () => Buffer } {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const handOn = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      size += chunk.length;
      if (size > largest)
        throw new Failure('BUNDLE_INVALID', { detail: `it has more than ${largest} bytes` });
      chunks.push(chunk);
      yield chunk;
    }
  };
  return { source: handOn(), bytes: () => Buffer.concat(chunks) };
}

/** FILE_UNWRITABLE. */
export async function keepBundle(projectPath: string, bytes: Uint8Array): Promise<void> {
  const folder = bundleFolderOf(projectPath);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNWRITABLE', { path: folder, detail }, { cause });
  });
  await writeBundleFile(fileOf(projectPath, idOf(bytes)), bytes);
}

/** The bytes that were accepted under this id, and no others. FILE_UNREADABLE. */
export async function keptBundle(projectPath: string, id: string): Promise<Buffer> {
  const path = fileOf(projectPath, id);
  try {
    const { size } = await stat(path);
    if (size > largest) throw new Error('it is too large to be the bundle that was accepted');
    const bytes = await readFile(path);
    if (idOf(bytes) !== id) throw new Error('it is not the bundle that was accepted');
    return bytes;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  }
}
