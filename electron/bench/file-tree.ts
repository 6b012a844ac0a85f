/** Error numbers as boards give them (MicroPython py/mperrno.h, littlefs lfs.h). */
export const errno = {
  ENOENT: 2,
  EBADF: 9,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENOSPC: 28,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
} as const;

export class FileError extends Error {
  readonly errno: number;
  constructor(name: keyof typeof errno) {
    super(name);
    this.errno = errno[name];
  }
}

/** Names as on FAT: kept as they were written, found in any case. */
export class CaselessMap extends Map<string, Node> {
  override get(name: string): Node | undefined {
    return super.get(name.toLowerCase());
  }
  override has(name: string): boolean {
    return super.has(name.toLowerCase());
  }
  override set(name: string, node: Node): this {
    return super.set(name.toLowerCase(), node);
  }
  override delete(name: string): boolean {
    return super.delete(name.toLowerCase());
  }
}

export interface Directory {
  kind: 'directory';
  id: number;
  name: string;
  parent: Directory | null;
  readOnly: boolean;
  entries: Map<string, Node>;
}

export interface File {
  kind: 'file';
  id: number;
  name: string;
  parent: Directory | null;
  readOnly: boolean;
  /** What is durable: the content at the last flush or close. */
  bytes: Uint8Array;
}

export type Node = Directory | File;

export const longestName = 255;

export function pathOf(node: Node): string {
  const names: string[] = [];
  for (let at: Node | null = node; at?.parent; at = at.parent) names.unshift(at.name);
  return `/${names.join('/')}`;
}

/** Path parts with `.` and `..` resolved, from the root. */
export function partsOf(workingDirectory: string, path: string): string[] {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${workingDirectory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

/** Follows the parts from `root`; null where the last one is missing. */
export function find(root: Directory, parts: readonly string[]): Node | null {
  let node: Node = root;
  for (const [index, part] of parts.entries()) {
    if (node.kind === 'file') throw new FileError('ENOTDIR');
    const next: Node | undefined = node.entries.get(part);
    if (!next) {
      if (index === parts.length - 1) return null;
      throw new FileError('ENOENT');
    }
    node = next;
  }
  return node;
}

/** The directory in which the last part stands or would stand, and that part. */
export function place(root: Directory, parts: readonly string[]): { directory: Directory; name: string } {
  const name = parts.at(-1);
  if (name === undefined) throw new FileError('EINVAL');
  if (new TextEncoder().encode(name).length > longestName) throw new FileError('ENAMETOOLONG');
  const directory = find(root, parts.slice(0, -1));
  if (!directory) throw new FileError('ENOENT');
  if (directory.kind === 'file') throw new FileError('ENOTDIR');
  return { directory, name };
}
