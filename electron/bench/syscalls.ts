import type { BoardFiles, OpenFile } from './file-system.ts';
import { FileError, type Node, partsOf } from './file-tree.ts';

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

export function fileCalls(memory: WasmMemory, files: BoardFiles): Calls {
  const opened = new Map<number, Opened>();
  const decoder = new TextDecoder();
  const text = (pointer: number): string => {
    const bytes = memory.bytes();
    return decoder.decode(bytes.slice(pointer, bytes.indexOf(0, pointer)));
  };
  const handle = (fd: number): Opened => {
    const found = opened.get(fd);
    if (!found) throw new FileError('EBADF');
    return found;
  };
  const file = (fd: number): OpenFile => {
    const found = handle(fd);
    if ('listing' in found) throw new FileError('EISDIR');
    return found;
  };
  const keep = (entry: Opened): number => {
    let fd = firstFile;
    while (opened.has(fd)) fd += 1;
    opened.set(fd, entry);
    return fd;
  };
  const stat = (pointer: number, buffer: number): number =>
    writeStat(memory.view(), buffer, files.look(text(pointer)));

  const calls = {
    __syscall_openat(_directory: number, pointer: number, mode: number): number {
      const path = text(pointer);
      if (mode & flags.directory) return keep({ listing: files.list(path), position: 0 });
      return keep(
        files.open(path, {
          write: (mode & (flags.write | flags.readWrite)) !== 0,
          create: (mode & flags.create) !== 0,
          exclusive: (mode & flags.exclusive) !== 0,
          truncate: (mode & flags.truncate) !== 0,
          append: (mode & flags.append) !== 0,
        }),
      );
    },
    __syscall_stat64: stat,
    __syscall_lstat64: stat,
    __syscall_newfstatat: (_directory: number, pointer: number, buffer: number): number =>
      stat(pointer, buffer),
    __syscall_fstat64: (fd: number, buffer: number): number =>
      writeStat(memory.view(), buffer, file(fd).file, file(fd).length),
    __syscall_chdir(pointer: number): number {
      const path = text(pointer);
      const node = files.look(path);
      if (node.kind === 'file') throw new FileError('ENOTDIR');
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
    __syscall_rmdir(pointer: number): number {
      files.remove(text(pointer));
      return 0;
    },
    __syscall_unlinkat(_directory: number, pointer: number): number {
      files.remove(text(pointer));
      return 0;
    },
    __syscall_renameat(_from: number, from: number, _to: number, to: number): number {
      files.rename(text(from), text(to));
      return 0;
    },
    __syscall_statfs64(_pointer: number, _size: number, buffer: number): number {
      const { blockBytes, blocks, free } = files.statvfs();
      const view = memory.view();
      view.setUint32(buffer + 4, blockBytes, true);
      view.setUint32(buffer + 60, blockBytes, true);
      for (const [at, value] of [
        [8, blocks],
        [16, free],
        [24, free],
        [32, 0],
        [40, 0],
      ] as const) {
        view.setBigInt64(buffer + at, BigInt(value), true);
      }
      view.setUint32(buffer + 56, 255, true);
      return 0;
    },
    __syscall_getdents64(fd: number, buffer: number, size: number): number {
      const found = handle(fd);
      if (!('listing' in found)) throw new FileError('ENOTDIR');
      const part = found.listing.slice(
        found.position,
        found.position + Math.floor(size / directoryEntryBytes),
      );
      for (const [index, node] of part.entries()) {
        writeEntry(memory, buffer + index * directoryEntryBytes, node, found.position + index + 1);
      }
      found.position += part.length;
      return part.length * directoryEntryBytes;
    },
    fd_close(fd: number): number {
      const found = handle(fd);
      opened.delete(fd);
      if (!('listing' in found)) files.close(found);
      return 0;
    },
    fd_sync(fd: number): number {
      if (fd >= firstFile) files.flush(file(fd));
      return 0;
    },
    fd_seek(fd: number, offset: bigint, whence: number, result: number): number {
      memory.view().setBigInt64(result, BigInt(files.seek(file(fd), Number(offset), whence)), true);
      return 0;
    },
    fd_read(fd: number, vectors: number, count: number, result: number): number {
      const view = memory.view();
      let total = 0;
      for (let i = 0; i < count; i += 1) {
        const part = files.read(file(fd), view.getUint32(vectors + 8 * i + 4, true));
        memory.bytes().set(part, view.getUint32(vectors + 8 * i, true));
        total += part.length;
      }
      view.setUint32(result, total, true);
      return 0;
    },
    fd_write(fd: number, vectors: number, count: number, result: number): number {
      let total = 0;
      for (const part of vectorsOf(memory, vectors, count)) total += files.write(file(fd), part);
      memory.view().setUint32(result, total, true);
      return 0;
    },
  };
  return withErrorNumbers(calls);
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

function writeEntry(memory: WasmMemory, at: number, node: Node, next: number): void {
  const view = memory.view();
  view.setBigInt64(at, BigInt(node.id), true);
  view.setBigInt64(at + 8, BigInt(next * directoryEntryBytes), true);
  view.setUint16(at + 16, directoryEntryBytes, true);
  view.setUint8(at + 18, node.kind === 'file' ? 8 : 4);
  memory.bytes().set(new TextEncoder().encode(`${node.name}\0`).subarray(0, 256), at + 19);
}
