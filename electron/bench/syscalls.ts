import type { BoardFiles, OpenFile, OpenMode } from './file-system.ts';
import { FileError, longestName, type Node, partsOf } from './file-tree.ts';

/**
 * The file calls of the WebAssembly build (Emscripten's musl) over a board's file system. Error numbers are
 * handed through unchanged: the interpreter only ever shows them to Python.
 * Structure layouts: emscripten system/lib/libc/musl/arch/emscripten/bits.
 */
export interface WasmMemory {
  view(): DataView;
  bytes(): Uint8Array;
}

export type Calls = Record<string, (...args: never[]) => number>;
type Opened = OpenFile | { listing: Node[]; position: number };

const flags = {
  write: 1,
  readWrite: 2,
  create: 64,
  exclusive: 128,
  truncate: 512,
  append: 1024,
  directory: 65536,
};
const firstFile = 3;
const directoryEntryBytes = 280;

export const fileCalls = (memory: WasmMemory, files: BoardFiles): Calls => {
  const table = new OpenTable();
  return withErrorNumbers({ ...pathCalls(memory, files, table), ...openFileCalls(memory, files, table) });
};

/** The open files and directories by descriptor; 0 to 2 are the console's. */
class OpenTable {
  readonly #opened = new Map<number, Opened>();

  add(entry: Opened): number {
    let fd = firstFile;
    while (this.#opened.has(fd)) fd += 1;
    this.#opened.set(fd, entry);
    return fd;
  }

  get(fd: number): Opened {
    const found = this.#opened.get(fd);
    if (!found) throw new FileError('EBADF');
    return found;
  }

  file(fd: number): OpenFile {
    const found = this.get(fd);
    if ('listing' in found) throw new FileError('EISDIR');
    return found;
  }

  delete(fd: number): void {
    this.#opened.delete(fd);
  }
}

/** The calls that name a file by its path. */
function pathCalls(memory: WasmMemory, files: BoardFiles, table: OpenTable): Calls {
  const decoder = new TextDecoder();
  const text = (pointer: number): string => {
    const bytes = memory.bytes();
    return decoder.decode(bytes.slice(pointer, bytes.indexOf(0, pointer)));
  };
  const stat = (pointer: number, buffer: number): number =>
    writeStat(memory.view(), buffer, files.look(text(pointer)));
  const remove = (pointer: number): number => {
    files.remove(text(pointer));
    return 0;
  };
  return {
    __syscall_openat(_directory: number, pointer: number, mode: number): number {
      const path = text(pointer);
      if (mode & flags.directory) return table.add({ listing: files.list(path), position: 0 });
      return table.add(files.open(path, openMode(mode)));
    },
    __syscall_stat64: stat,
    __syscall_lstat64: stat,
    __syscall_newfstatat: (_directory: number, pointer: number, buffer: number): number =>
      stat(pointer, buffer),
    __syscall_chdir(pointer: number): number {
      const path = text(pointer);
      if (files.look(path).kind === 'file') throw new FileError('ENOTDIR');
      files.workingDirectory = `/${partsOf(files.workingDirectory, path).join('/')}`;
      return 0;
    },
    __syscall_getcwd(buffer: number, size: number): number {
      const bytes = new TextEncoder().encode(`${files.workingDirectory}\0`);
      if (bytes.length > size) throw new FileError('EINVAL');
      memory.bytes().set(bytes, buffer);
      return bytes.length;
    },
    __syscall_mkdirat(_directory: number, pointer: number): number {
      files.makeDirectory(text(pointer));
      return 0;
    },
    __syscall_rmdir: remove,
    __syscall_unlinkat: (_directory: number, pointer: number): number => remove(pointer),
    __syscall_renameat(_from: number, from: number, _to: number, to: number): number {
      files.rename(text(from), text(to));
      return 0;
    },
    __syscall_statfs64: (_pointer: number, _size: number, buffer: number): number =>
      writeStatFs(memory.view(), buffer, files.statvfs()),
  };
}

const openMode = (mode: number): OpenMode => ({
  write: (mode & (flags.write | flags.readWrite)) !== 0,
  create: (mode & flags.create) !== 0,
  exclusive: (mode & flags.exclusive) !== 0,
  truncate: (mode & flags.truncate) !== 0,
  append: (mode & flags.append) !== 0,
});

/** The calls that name a file by its descriptor. */
function openFileCalls(memory: WasmMemory, files: BoardFiles, table: OpenTable): Calls {
  return {
    __syscall_fstat64(fd: number, buffer: number): number {
      const open = table.file(fd);
      return writeStat(memory.view(), buffer, open.file, open.length);
    },
    __syscall_getdents64: (fd: number, buffer: number, size: number): number =>
      writeEntries(memory, buffer, size, table.get(fd)),
    fd_close(fd: number): number {
      const open = table.get(fd);
      table.delete(fd);
      if (!('listing' in open)) files.close(open);
      return 0;
    },
    fd_sync(fd: number): number {
      if (fd >= firstFile) files.flush(table.file(fd));
      return 0;
    },
    fd_seek(fd: number, offset: bigint, whence: number, result: number): number {
      const position = files.seek(table.file(fd), Number(offset), whence);
      memory.view().setBigInt64(result, BigInt(position), true);
      return 0;
    },
    fd_read(fd: number, vectors: number, count: number, result: number): number {
      const view = memory.view();
      let total = 0;
      for (let i = 0; i < count; i += 1) {
        const part = files.read(table.file(fd), view.getUint32(vectors + 8 * i + 4, true));
        memory.bytes().set(part, view.getUint32(vectors + 8 * i, true));
        total += part.length;
      }
      view.setUint32(result, total, true);
      return 0;
    },
    fd_write(fd: number, vectors: number, count: number, result: number): number {
      let total = 0;
      for (const part of vectorsOf(memory, vectors, count)) total += files.write(table.file(fd), part);
      memory.view().setUint32(result, total, true);
      return 0;
    },
  };
}

/** Copies of the pieces that a `ciovec` array points to. */
export function vectorsOf(memory: WasmMemory, vectors: number, count: number): Uint8Array[] {
  const view = memory.view();
  return Array.from({ length: count }, (_, i) => {
    const pointer = view.getUint32(vectors + 8 * i, true);
    return memory.bytes().slice(pointer, pointer + view.getUint32(vectors + 8 * i + 4, true));
  });
}

/** System calls give the negative error number, WASI calls (`fd_`) the positive one. */
function withErrorNumbers(calls: Calls): Calls {
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      (...args: never[]): number => {
        try {
          return call(...args);
        } catch (thrown) {
          if (!(thrown instanceof FileError)) throw thrown;
          return name.startsWith('fd_') ? thrown.errno : -thrown.errno;
        }
      },
    ]),
  );
}

function writeStat(view: DataView, buffer: number, node: Node, length?: number): number {
  const size = length ?? (node.kind === 'file' ? node.bytes.length : 0);
  for (let at = 0; at < 96; at += 4) view.setUint32(buffer + at, 0, true);
  view.setUint32(buffer + 4, node.kind === 'file' ? 0x8000 : 0x4000, true);
  view.setUint32(buffer + 8, 1, true);
  view.setBigInt64(buffer + 24, BigInt(size), true);
  view.setUint32(buffer + 32, 4096, true);
  view.setUint32(buffer + 36, Math.ceil(size / 512), true);
  view.setBigInt64(buffer + 88, BigInt(node.id), true);
  return 0;
}

function writeStatFs(view: DataView, buffer: number, room: ReturnType<BoardFiles['statvfs']>): number {
  view.setUint32(buffer + 4, room.blockBytes, true);
  view.setUint32(buffer + 60, room.blockBytes, true);
  const counts = [room.blocks, room.free, room.free, 0, 0];
  for (const [i, count] of counts.entries()) view.setBigInt64(buffer + 8 + 8 * i, BigInt(count), true);
  view.setUint32(buffer + 56, longestName, true);
  return 0;
}

/** As many entries of the directory as there is room for; gives the bytes used, 0 at the end. */
function writeEntries(memory: WasmMemory, buffer: number, size: number, open: Opened): number {
  if (!('listing' in open)) throw new FileError('ENOTDIR');
  const part = open.listing.slice(open.position, open.position + Math.floor(size / directoryEntryBytes));
  for (const [index, node] of part.entries()) {
    writeEntry(memory, buffer + index * directoryEntryBytes, node, open.position + index + 1);
  }
  open.position += part.length;
  return part.length * directoryEntryBytes;
}

function writeEntry(memory: WasmMemory, at: number, node: Node, next: number): void {
  const view = memory.view();
  view.setBigInt64(at, BigInt(node.id), true);
  view.setBigInt64(at + 8, BigInt(next * directoryEntryBytes), true);
  view.setUint16(at + 16, directoryEntryBytes, true);
  view.setUint8(at + 18, node.kind === 'file' ? 8 : 4);
  memory.bytes().set(new TextEncoder().encode(`${node.name}\0`).subarray(0, 256), at + 19);
}
