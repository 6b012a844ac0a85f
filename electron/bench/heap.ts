import type { Calls } from './syscalls.ts';

/** About what an RP2 board has left for Python: 264 KiB of RAM without stacks, buffers and drivers. */
export const heapBytes = 224 * 1024;
/** What a heap that may grow grows by: more than the agent ever wants in one piece, less than a board's heap. */
const pieceBytes = 64 * 1024;

interface WasmModules {
  Module: {
    new (binary: Uint8Array): object;
    imports(module: object): { name: string; kind: string }[];
  };
}

/** `i32.const 0x8000000`, padded as the linker leaves it: all that `gc_get_max_new_split` consists of. */
const growsBy128MiB = [0x41, 0x80, 0x80, 0x80, 0xc0, 0x00, 0x0b];

/**
 * The build doubles its heap, up to 128 MiB at a time, wherever a board would collect garbage: under a running
 * program it cannot (ports/webassembly/main.c, gc_collect and gc_get_max_new_split). Here a program has the heap
 * of a board and no more; only one that prints, waits or measures, and so may run for ever, is given further
 * pieces for its garbage, which is collected when it ends.
 */
export class Heap {
  #pieces = false;

  /** A program starts, or none runs: the heap is what it is. */
  fix(): void {
    this.#pieces = false;
  }

  /** The program that runs has done something with the world outside. */
  allowPieces(): void {
    this.#pieces = true;
  }

  /** The interpreter, made to ask `imports` below by how much it may grow. Throws where it is not the known build. */
  patch(binary: Uint8Array): Uint8Array {
    const { Module } = (globalThis as unknown as { WebAssembly: WasmModules }).WebAssembly;
    const functions = Module.imports(new Module(binary)).filter(({ kind }) => kind === 'function');
    const index = functions.findIndex(({ name }) => name === 'emscripten_resize_heap');
    const wanted = Buffer.from(growsBy128MiB);
    const patched = Buffer.from(binary);
    const at = patched.indexOf(wanted);
    if (index < 0 || at < 0 || patched.includes(wanted, at + 1)) {
      throw new Error('this build of MicroPython is not the one whose heap can be limited');
    }
    // i32.const 0, call index: as long as what was there.
    patched.set([0x41, 0x00, 0x10, 0x80 | (index & 0x7f), 0x80 | ((index >> 7) & 0x7f), index >> 14], at);
    return patched;
  }

  /** Asked for a memory of 0 bytes, which it never is otherwise, `emscripten_resize_heap` says what is left. */
  imports(calls: Calls): Calls {
    const resize = calls.emscripten_resize_heap as ((size: number) => number) | undefined;
    if (!resize) return {};
    return {
      emscripten_resize_heap: (size: number) => (size === 0 ? (this.#pieces ? pieceBytes : 0) : resize(size)),
    };
  }
}
