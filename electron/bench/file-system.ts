import type { FileChange, FileImage } from './file-image.ts';
import {
  CaselessMap,
  type Directory,
  type File,
  FileError,
  find,
  type Node,
  partsOf,
  pathOf,
  place,
} from './file-tree.ts';

/** Blocks as on a Raspberry Pi Pico: 352 of 4096 bytes (1.4 MB) for files. */
const blockBytes = 4096;
const blocks = 352;
const directoryBlocks = 2;
const blocksFor = (bytes: number): number => Math.ceil(bytes / blockBytes);

/** An open file. Like in littlefs it has content of its own, which becomes the file's at flush or close. */
export interface OpenFile {
  file: File;
  bytes: Uint8Array;
  length: number;
  position: number;
  append: boolean;
  writable: boolean;
  dirty: boolean;
}

export interface OpenMode {
  write: boolean;
  create: boolean;
  exclusive: boolean;
  truncate: boolean;
  append: boolean;
}

/**
 * littlefs changes a file, and renames over another one, in one step. On FAT a file is empty from the moment it is
 * opened for writing, a name that is taken cannot be renamed to, and names are found in any case.
 */
export type FileSystem = 'littlefs' | 'fat';

export interface BoardFilesOptions {
  image: FileImage;
  /** Read-only files that the firmware brings along, under `/rom`, as in MicroPython from 1.25. Not listed in `/`. */
  rom: Record<string, string>;
  kind?: FileSystem;
  /** Called at the moment at which a change would survive a power cut. */
  onDurable: (change: FileChange) => void;
  /** True while something else fills the flash. */
  isFull: () => boolean;
  isReadOnly?: () => boolean;
}

/** A board's file system with the durability and the error numbers of littlefs or FAT. Throws FileError. */
export class BoardFiles {
  readonly #options: BoardFilesOptions;
  readonly #root: Directory;
  readonly #rom: Directory;
  readonly #open = new Set<OpenFile>();
  #nextId = 1;
  workingDirectory = '/';

  constructor(options: BoardFilesOptions) {
    this.#options = options;
    this.#root = this.#newDirectory('', null);
    this.#rom = this.#newDirectory('rom', this.#root);
    for (const [name, text] of Object.entries(options.rom)) {
      this.#newFile(name, this.#rom, new TextEncoder().encode(text)).readOnly = true;
    }
    this.#rom.readOnly = true;
    for (const path of [...options.image.directories].sort()) this.#makeParents(partsOf('/', path));
    for (const [path, bytes] of options.image.files) {
      const parts = partsOf('/', path);
      this.#newFile(parts.at(-1) ?? '', this.#makeParents(parts.slice(0, -1)), bytes);
    }
  }

  get #isFat(): boolean {
    return this.#options.kind === 'fat';
  }

  #demandWritable(node?: Node): void {
    if (node?.readOnly || this.#options.isReadOnly?.()) throw new FileError('EROFS');
  }

  #newDirectory(name: string, parent: Directory | null): Directory {
    const made: Directory = {
      kind: 'directory',
      id: this.#nextId++,
      name,
      parent,
      readOnly: false,
      entries: this.#isFat ? new CaselessMap() : new Map<string, Node>(),
    };
    if (parent && name !== 'rom') parent.entries.set(name, made);
    return made;
  }

  #newFile(name: string, parent: Directory, bytes: Uint8Array): File {
    const made: File = { kind: 'file', id: this.#nextId++, name, parent, readOnly: false, bytes };
    parent.entries.set(name, made);
    return made;
  }

  #makeParents(parts: readonly string[]): Directory {
    let at = this.#root;
    for (const part of parts) {
      const next = at.entries.get(part);
      at = next?.kind === 'directory' ? next : this.#newDirectory(part, at);
    }
    return at;
  }

  #rootOf(path: string): { root: Directory; parts: string[] } {
    const parts = partsOf(this.workingDirectory, path);
    return parts[0] === 'rom' ? { root: this.#rom, parts: parts.slice(1) } : { root: this.#root, parts };
  }

  #place(path: string): { directory: Directory; name: string } {
    const { root, parts } = this.#rootOf(path);
    return place(root, parts);
  }

  #writablePlace(path: string): { directory: Directory; name: string } {
    const found = this.#place(path);
    this.#demandWritable(found.directory);
    return found;
  }

  /** The file or directory; ENOENT where there is none. */
  look(path: string): Node {
    const { root, parts } = this.#rootOf(path);
    const node = find(root, parts);
    if (!node) throw new FileError('ENOENT');
    return node;
  }

  /** Blocks that can still be written; what open files have not flushed counts as used (copy on write). */
  get freeBlocks(): number {
    if (this.#options.isFull()) return 0;
    let used = [...this.#open].reduce((sum, open) => sum + (open.dirty ? blocksFor(open.length) : 0), 0);
    const count = (directory: Directory): void => {
      used += directoryBlocks;
      for (const node of directory.entries.values()) {
        if (node.kind === 'directory') count(node);
        else used += blocksFor(node.bytes.length);
      }
    };
    count(this.#root);
    return Math.max(0, blocks - used);
  }

  statvfs(): { blockBytes: number; blocks: number; free: number } {
    return { blockBytes, blocks, free: this.freeBlocks };
  }

  open(path: string, mode: OpenMode): OpenFile {
    const file = this.#fileFor(path, mode);
    if (mode.write) this.#demandWritable(file);
    const bytes = mode.truncate ? new Uint8Array(0) : file.bytes.slice();
    const open: OpenFile = {
      file,
      bytes,
      length: bytes.length,
      position: mode.append ? bytes.length : 0,
      append: mode.append,
      writable: mode.write,
      // Truncation alone is a change, but like any other it is durable only from the next flush on.
      dirty: mode.truncate && file.bytes.length > 0,
    };
    this.#open.add(open);
    if (open.dirty && this.#isFat)
      this.#options.onDurable({ kind: 'write', path: pathOf(file), bytes: new Uint8Array(0) });
    return open;
  }

  #fileFor(path: string, mode: OpenMode): File {
    const { root, parts } = this.#rootOf(path);
    const node = find(root, parts);
    if (node?.kind === 'directory') throw new FileError('EISDIR');
    if (node && mode.exclusive) throw new FileError('EEXIST');
    if (node) return node;
    if (!mode.create) throw new FileError('ENOENT');
    const { directory, name } = this.#writablePlace(path);
    const made = this.#newFile(name, directory, new Uint8Array(0));
    // littlefs commits the empty entry when a file is created (lfs_file_opencfg).
    this.#options.onDurable({ kind: 'write', path: pathOf(made), bytes: made.bytes });
    return made;
  }

  read(open: OpenFile, limit: number): Uint8Array {
    const part = open.bytes.slice(open.position, Math.min(open.length, open.position + limit));
    open.position += part.length;
    return part;
  }

  /** Writes all of `bytes` or, where there is no room for them, nothing (ENOSPC). */
  write(open: OpenFile, bytes: Uint8Array): number {
    if (!open.writable) throw new FileError('EBADF');
    if (open.append) open.position = open.length;
    const length = Math.max(open.length, open.position + bytes.length);
    const needed = blocksFor(length) - (open.dirty ? blocksFor(open.length) : 0);
    if (needed > 0 && needed > this.freeBlocks) throw new FileError('ENOSPC');
    if (length > open.bytes.length) {
      const grown = new Uint8Array(Math.max(length, 2 * open.bytes.length));
      grown.set(open.bytes.subarray(0, open.length));
      open.bytes = grown;
    }
    open.bytes.set(bytes, open.position);
    open.position += bytes.length;
    open.length = length;
    open.dirty = true;
    return bytes.length;
  }

  seek(open: OpenFile, offset: number, whence: number): number {
    const position = offset + (whence === 1 ? open.position : whence === 2 ? open.length : 0);
    if (position < 0) throw new FileError('EINVAL');
    open.position = position;
    return position;
  }

  flush(open: OpenFile): void {
    if (!open.dirty) return;
    open.dirty = false;
    open.file.bytes = open.bytes.slice(0, open.length);
    const removed = open.file.parent?.entries.get(open.file.name) !== open.file;
    if (!removed) {
      this.#options.onDurable({ kind: 'write', path: pathOf(open.file), bytes: open.file.bytes });
    }
  }

  close(open: OpenFile): void {
    this.flush(open);
    this.#open.delete(open);
  }

  /** What a soft reset does to files that the program left open (finalisers close them). */
  closeAll(): void {
    for (const open of this.#open) this.close(open);
  }

  makeDirectory(path: string): void {
    const { directory, name } = this.#writablePlace(path);
    if (directory.entries.has(name)) throw new FileError('EEXIST');
    if (this.freeBlocks < directoryBlocks) throw new FileError('ENOSPC');
    const made = this.#newDirectory(name, directory);
    this.#options.onDurable({ kind: 'directory', path: pathOf(made) });
  }

  /** Removes a file or an empty directory; littlefs has one call for both. */
  remove(path: string): void {
    const node = this.look(path);
    this.#demandWritable(node);
    if (!node.parent) throw new FileError('EINVAL');
    if (node.kind === 'directory' && node.entries.size > 0) throw new FileError('ENOTEMPTY');
    const gone = pathOf(node);
    node.parent.entries.delete(node.name);
    this.#options.onDurable({ kind: 'remove', path: gone });
  }

  /** Atomic, on littlefs also over an existing file. */
  rename(from: string, to: string): void {
    const node = this.look(from);
    const { directory, name } = this.#writablePlace(to);
    this.#demandWritable(node);
    const target = directory.entries.get(name);
    if (target === node) return;
    if (target && this.#isFat) throw new FileError('EEXIST');
    if (pathOf(directory).startsWith(`${pathOf(node)}/`) || directory === node || !node.parent) {
      throw new FileError('EINVAL');
    }
    if (target) checkReplaceable(node, target);
    const change: FileChange = {
      kind: 'rename',
      from: pathOf(node),
      to: `${pathOf(directory).replace(/\/$/, '')}/${name}`,
    };
    node.parent.entries.delete(node.name);
    node.parent = directory;
    node.name = name;
    directory.entries.set(name, node);
    this.#options.onDurable(change);
  }

  list(path: string): Node[] {
    const node = this.look(path);
    if (node.kind === 'file') throw new FileError('ENOTDIR');
    return [...node.entries.values()];
  }
}

function checkReplaceable(node: Node, target: Node): void {
  if (node.kind === 'file' && target.kind === 'directory') throw new FileError('EISDIR');
  if (node.kind === 'directory' && target.kind === 'file') throw new FileError('ENOTDIR');
  if (target.kind === 'directory' && target.entries.size > 0) throw new FileError('ENOTEMPTY');
}
