import type { BoardConsole } from './console.ts';
import { consoleCalls } from './console-calls.ts';
import type { BoardFiles } from './file-system.ts';
import { Heap, heapBytes } from './heap.ts';
import { renameBoard, withBoardName } from './identity.ts';
import { type Calls, fileCalls, type WasmMemory } from './syscalls.ts';

const ctrlC = 3;
/** What `/rom/_start.py` gives for each. */
const outcomes = ['failed', 'ended', 'reset'] as const;

/** The module `/rom/_start.py`. */
interface Start {
  compiles: (source: string) => boolean;
  run: (path: string) => number;
  run_memory: (address: number, length: number) => number;
  report: () => void;
}

interface MicroPython {
  _module: {
    _mp_sched_keyboard_interrupt(): void;
    _mp_hal_get_interrupt_char(): number;
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  registerJsModule(name: string, module: object): void;
  runPython(code: string): unknown;
  pyimport(name: '_start'): Start;
  replInit(): void;
  replProcessChar(byte: number): number;
}

/** The little of the WebAssembly interface that is used here. */
interface WasmInstance {
  exports: { memory: { buffer: ArrayBuffer } };
}
interface Wasm {
  instantiate: (binary: Uint8Array, imports: Record<string, Calls>) => Promise<{ instance: WasmInstance }>;
}

export interface Interpreter {
  /** Where output goes; the console's `print` unless somebody listens in. */
  output: (bytes: Uint8Array) => void;
  startRepl(): void;
  /** One byte into the interpreter's own REPL; true where it asks for a soft reset. */
  feed(byte: number): boolean;
  /** False where the source has a syntax error. */
  compiles(source: string): boolean;
  /** Runs a file of the board, if it is there. */
  run(path: string): Outcome;
  /** Runs source, byte for byte, as the REPL runs what was pasted. */
  runSource(source: Uint8Array): Outcome;
  /** Prints the traceback of what just failed. */
  report(): void;
}

/** `interrupted`: by a Ctrl-C that came when the program had already ended. */
export type Outcome = 'failed' | 'ended' | 'reset' | 'interrupted';

/** Loads MicroPython into this thread. It keeps its state in globals, so a thread can hold only one, once. */
export async function loadInterpreter(options: {
  files: BoardFiles;
  console: BoardConsole;
  /** The module `_hw`. */
  hardware: (memory: WasmMemory) => object;
}): Promise<Interpreter> {
  const { files, console } = options;
  let linear: { buffer: ArrayBuffer } | undefined;
  const buffer = (): ArrayBuffer => linear?.buffer ?? new ArrayBuffer(0);
  const memory: WasmMemory = { view: () => new DataView(buffer()), bytes: () => new Uint8Array(buffer()) };
  let output = (bytes: Uint8Array): void => console.print(bytes);
  const started = performance.now();
  const forFiles = fileCalls(memory, files);
  const overrides: Calls = {
    ...forFiles,
    ...consoleCalls(memory, console, (bytes) => output(withBoardName(bytes)), forFiles),
    mp_js_ticks_ms(): number {
      console.spin();
      return Math.floor(performance.now() - started);
    },
  };
  const heap = new Heap();
  const micropython = await load(overrides, heap, ({ exports }) => {
    linear = exports.memory;
  });
  const { _module: engine } = micropython;
  console.interruptible = () => engine._mp_hal_get_interrupt_char() === ctrlC;
  console.interrupt = () => engine._mp_sched_keyboard_interrupt();
  // Not for what the REPL itself says, its OK before the program, say.
  console.onUse = () => {
    if (console.interruptible()) heap.allowPieces();
  };
  renameBoard(memory);
  micropython.registerJsModule('_hw', options.hardware(memory));
  micropython.runPython('import sys\nsys.path.append("/rom")\ndel sys');
  // Looked up once: each look-up makes a reference that only JavaScript's event loop frees, and none turns here.
  const { compiles, run, run_memory: runMemory, report } = micropython.pyimport('_start');
  const outcome = (work: () => number): Outcome => {
    heap.fix();
    const ended = orInterrupted(work);
    // As in shared/runtime/pyexec.c, a Ctrl-C that came too late for the program is not kept for the next.
    orInterrupted(() => micropython.runPython('for _ in (0, 0): pass'));
    return ended === null ? 'interrupted' : (outcomes[ended] ?? 'ended');
  };
  return {
    get output() {
      return output;
    },
    set output(to) {
      output = to;
    },
    startRepl: () => micropython.replInit(),
    feed(byte) {
      heap.fix();
      return micropython.replProcessChar(byte) !== 0;
    },
    compiles,
    run: (path) => outcome(() => run(path)),
    runSource(source) {
      const address = engine._malloc(source.length + 1);
      memory.bytes().set(source, address);
      try {
        return outcome(() => runMemory(address, source.length));
      } finally {
        engine._free(address);
      }
    },
    report,
  };
}

/** null where a Ctrl-C that came at the very end of the work was raised outside of it. */
function orInterrupted<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'PythonError') return null;
    throw thrown;
  }
}

/**
 * The package gives no way to reach its imports, so `WebAssembly.instantiate` is replaced while it loads.
 * It also starts a REPL of its own when the path in `process.argv[1]` contains it; there is none here.
 */
async function load(
  overrides: Calls,
  heap: Heap,
  onInstance: (instance: WasmInstance) => void,
): Promise<MicroPython> {
  process.argv.length = 1;
  const name: string = '@micropython/micropython-webassembly-pyscript/micropython.mjs';
  const package_ = (await import(name)) as { loadMicroPython: (options: object) => Promise<MicroPython> };
  const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;
  const original = wasm.instantiate;
  wasm.instantiate = async (binary, imports) => {
    for (const calls of new Set(Object.values(imports))) {
      Object.assign(calls, withoutGlobals(calls), heap.imports(calls), overrides);
    }
    const result = await original(heap.patch(binary), imports);
    onInstance(result.instance);
    return result;
  };
  try {
    return await package_.loadMicroPython({ heapsize: heapBytes, linebuffer: false });
  } finally {
    wasm.instantiate = original;
  }
}

/** The build's module `js` opens JavaScript's globals to Python. A board has none: theirs is reference 0. */
function withoutGlobals(calls: Calls): Calls {
  const { lookup_attr: look, store_attr: store } = calls;
  if (!look || !store) return {};
  return {
    lookup_attr: (...args: never[]) => (args[0] === 0 ? 0 : look(...args)),
    store_attr: (...args: never[]) => (args[0] === 0 ? 0 : store(...args)),
  };
}
