import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { makeFolder } from '../files/files.ts';

/** What would be found in a board's flash after a power cut at this moment. Paths are absolute on the board. */
export interface FileImage {
  directories: Set<string>;
  files: Map<string, Uint8Array>;
}

/** One step that became durable. */
export type FileChange =
  | { kind: 'write'; path: string; bytes: Uint8Array }
  | { kind: 'directory'; path: string }
  | { kind: 'remove'; path: string }
  | { kind: 'rename'; from: string; to: string };

export const emptyImage = (): FileImage => ({ directories: new Set(), files: new Map() });

function renameIn(image: FileImage, from: string, to: string): void {
  const moved = (path: string) => to + path.slice(from.length);
  const below = (path: string) => path === from || path.startsWith(`${from}/`);
  for (const [path, bytes] of [...image.files].filter(([path]) => below(path))) {
    image.files.delete(path);
    image.files.set(moved(path), bytes);
  }
  for (const path of [...image.directories].filter(below)) {
    image.directories.delete(path);
    image.directories.add(moved(path));
  }
}

export function applyChange(image: FileImage, change: FileChange): void {
  switch (change.kind) {
    case 'write':
      image.files.set(change.path, change.bytes);
      return;
    case 'directory':
      image.directories.add(change.path);
      return;
    case 'remove':
      image.files.delete(change.path);
      image.directories.delete(change.path);
      return;
    case 'rename':
      renameIn(image, change.from, change.to);
  }
}

/** Mirrors a durable change into a directory of this computer, so that the board's files outlive the process. */
export function mirrorChange(root: string, change: FileChange): void {
  const place = (path: string) => join(root, path);
  switch (change.kind) {
    case 'write': {
      const path = place(change.path);
      makeFolder(dirname(path));
      writeFileSync(`${path}.bench-part`, change.bytes);
      renameSync(`${path}.bench-part`, path);
      return;
    }
    case 'directory':
      makeFolder(place(change.path));
      return;
    case 'remove':
      rmSync(place(change.path), { recursive: true, force: true });
      return;
    case 'rename':
      makeFolder(dirname(place(change.to)));
      renameSync(place(change.from), place(change.to));
  }
}

/** The image that `mirrorChange` left under `root`; the directory is made where it is missing. */
export function loadImage(root: string): FileImage {
  makeFolder(root);
  const image = emptyImage();
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.name.endsWith('.bench-part')) continue;
    const path = join(entry.parentPath, entry.name);
    const onBoard = `/${relative(root, path).replaceAll(sep, '/')}`;
    if (entry.isDirectory()) image.directories.add(onBoard);
    else if (entry.isFile()) image.files.set(onBoard, new Uint8Array(readFileSync(path)));
  }
  return image;
}
