import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleLimits, UnitPath } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { invalid } from './archive.ts';
import type { BundleContent } from './write-bundle.ts';

/**
 * A folder that mirrors the unit's file tree. Nothing is left out in silence: a name that the unit cannot take, a link
 * or a device is refused. BUNDLE_INVALID, FILE_UNREADABLE.
 */
export async function bundleFolder(folder: string): Promise<BundleContent> {
  const paths: string[] = [];
  await collect(folder, '', paths);
  const content = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const path of paths) {
    const file = join(folder, path);
    // Asked before it is read: a disk image in the wrong folder is not taken into memory.
    bytes += (await readable(file, stat(file))).size;
    if (bytes > bundleLimits.fileBytes) {
      throw invalid(`the files in ${folder} have more than the ${bundleLimits.fileBytes} bytes there may be`);
    }
    content.set(path, await readable(file, readFile(file)));
  }
  return content;
}

async function collect(root: string, below: string, paths: string[]): Promise<void> {
  const folder = join(root, below);
  for (const entry of await readable(folder, readdir(folder, { withFileTypes: true }))) {
    const path = `${below}/${entry.name}`;
    const check = UnitPath.safeParse(path);
    if (!check.success) throw invalid(`${path} ${check.error.issues[0]?.message ?? ''}`);
    if (entry.isDirectory()) await collect(root, path, paths);
    else if (entry.isFile()) paths.push(path);
    else throw invalid(`${path} is neither a file nor a folder`);
    if (paths.length > bundleLimits.files) throw invalid(`there are more than ${bundleLimits.files} files`);
  }
}

function readable<T>(path: string, reading: Promise<T>): Promise<T> {
  return reading.catch((cause: unknown) => {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  });
}
