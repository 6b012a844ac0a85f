import type { WasmMemory } from './syscalls.ts';

/** What the board calls itself, so that nobody takes it for a real one. */
const boardName = 'Plumbline bench board';
const platformName = 'bench';
const engineName = 'JS with Emscripten';

/** The banner's last part is a write of its own; its length in the binary is fixed, so it is changed here. */
export function withBoardName(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== engineName.length + 2) return bytes;
  const text = Buffer.from(bytes).toString('latin1');
  return text === `; ${engineName}` ? new TextEncoder().encode(`; ${boardName}`) : bytes;
}

/**
 * `sys.implementation._machine` and `sys.platform` are read-only for Python. Their string objects
 * {type, hash, length, pointer} are found in memory by length and pointer, and pointed at the new text.
 */
export function renameBoard(memory: WasmMemory): void {
  const bytes = Buffer.from(memory.bytes().buffer);
  // The linker leaves the first kilobyte unused but for the guard word at 0.
  let free = 512;
  for (const [from, to] of [
    [engineName, boardName],
    ['webassembly', platformName],
  ] as const) {
    const text = bytes.indexOf(`${from}\0`);
    const lengthAndPointer = Buffer.alloc(8);
    lengthAndPointer.writeUInt32LE(from.length, 0);
    lengthAndPointer.writeUInt32LE(text, 4);
    const at = bytes.indexOf(lengthAndPointer);
    if (text < 0 || at < 0) throw new Error(`this build of MicroPython does not call itself ${from}`);
    bytes.write(`${to}\0`, free, 'latin1');
    bytes.writeUInt32LE(to.length, at);
    bytes.writeUInt32LE(free, at + 4);
    free += to.length + 1;
  }
}
