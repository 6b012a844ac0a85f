import type { BoardConsole } from './console.ts';
import { type Calls, vectorsOf, type WasmMemory } from './syscalls.ts';

const interrupted = 27; // EINTR in Emscripten's C library: the interpreter handles what is pending, then retries.
const pollIn = 1;
const pollOut = 4;
const lastStandardStream = 2;

/** Reading, writing and polling of the standard streams; other descriptors go on to the file calls. */
export function consoleCalls(
  memory: WasmMemory,
  console: BoardConsole,
  write: (bytes: Uint8Array) => void,
  files: Calls,
): Calls {
  const onFiles = (name: string, ...args: number[]): number => Number(files[name]?.(...(args as never[])));
  return {
    fd_write(fd: number, vectors: number, count: number, result: number): number {
      if (fd > lastStandardStream) return onFiles('fd_write', fd, vectors, count, result);
      const parts = vectorsOf(memory, vectors, count);
      for (const part of parts) write(part);
      const total = parts.reduce((sum, part) => sum + part.length, 0);
      memory.view().setUint32(result, total, true);
      return 0;
    },
    fd_read(fd: number, vectors: number, count: number, result: number): number {
      if (fd > lastStandardStream) return onFiles('fd_read', fd, vectors, count, result);
      const view = memory.view();
      const bytes = console.read(view.getUint32(vectors + 4, true));
      if (!bytes) return interrupted;
      memory.bytes().set(bytes, view.getUint32(vectors, true));
      view.setUint32(result, bytes.length, true);
      return 0;
    },
    // The interpreter asks with a timeout of 0 and watches the clock itself.
    __syscall_poll(descriptors: number, count: number): number {
      console.spin();
      const view = memory.view();
      let ready = 0;
      for (let at = descriptors; at < descriptors + 8 * count; at += 8) {
        const readable = view.getInt32(at, true) > lastStandardStream || console.waiting > 0;
        const events = view.getInt16(at + 4, true) & ((readable ? pollIn : 0) | pollOut);
        view.setInt16(at + 6, events, true);
        if (events !== 0) ready += 1;
      }
      return ready;
    },
  };
}
