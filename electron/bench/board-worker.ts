import { parentPort, workerData } from 'node:worker_threads';
import type { BoardMessage, BoardStart, StartMode } from './board-messages.ts';
import { ByteRing, control } from './byte-ring.ts';
import { BoardConsole } from './console.ts';
import { BoardFiles } from './file-system.ts';
import { haltForever, hardware } from './hardware.ts';
import { loadInterpreter, type Outcome } from './interpreter.ts';
import { BoardSockets } from './network-calls.ts';
import { type ReplAction, ReplFrontEnd } from './raw-repl.ts';
import { rom } from './rom.ts';

/** The life of a board from power to reset; each reset gets a new thread. */
const start = workerData as BoardStart;
const words = new Int32Array(start.words);
const post = (message: BoardMessage): void => parentPort?.postMessage(message);
const console = new BoardConsole({
  words,
  input: new ByteRing(words, control.inHead, control.inTail, new Uint8Array(start.input)),
  output: new ByteRing(words, control.outHead, control.outTail, new Uint8Array(start.output)),
  tell: (kind) => post({ kind }),
});
const files = new BoardFiles({
  image: start.image,
  rom,
  kind: start.fileSystem,
  onDurable(change) {
    post({ kind: 'file', change });
    if (Atomics.load(words, control.changesLeft) === 0) return;
    if (Atomics.sub(words, control.changesLeft, 1) !== 1) return;
    post({ kind: 'cut' });
    haltForever();
  },
  isFull: () => Atomics.load(words, control.diskFull) === 1,
  isReadOnly: () => Atomics.load(words, control.diskFull) === 2,
});
const interpreter = await loadInterpreter({
  files,
  console,
  hardware: (memory) => ({
    ...hardware(start, console, post),
    ...new BoardSockets({
      port: start.network,
      words,
      accessPoint: start.accessPoint,
      console,
      memory,
    }).calls(),
  }),
});
const frontEnd = new ReplFrontEnd();
const rawBanner = 'raw REPL; CTRL-B to exit\r\n>';
const ctrlA = 0x01;
const ctrlD = 0x04;

post({ kind: 'started' });
if (start.mode === 'soft-raw') frontEnd.enterRaw();
runFiles();
startRepl();
for (;;) {
  // One byte at a time: what follows a command belongs to the program that it starts.
  for (const byte of console.read(1) ?? []) frontEnd.feed(byte).forEach(act);
}

function runFiles(): void {
  if (start.mode === 'safe') return;
  // As in ports/rp2/main.c: main.py runs unless boot.py failed, and never in raw mode.
  if (runFile('boot.py') !== 'failed' && start.mode !== 'soft-raw') runFile('main.py');
}

function runFile(path: string): Outcome {
  const outcome = interpreter.run(path);
  if (outcome === 'reset') softReset();
  if (outcome === 'failed') interpreter.report();
  return outcome;
}

function startRepl(): void {
  const raw = start.mode === 'soft-raw';
  if (raw) interpreter.output = () => {};
  interpreter.startRepl();
  if (!raw) return;
  interpreter.feed(ctrlA);
  interpreter.output = (bytes) => console.print(bytes);
  console.send(Buffer.from(rawBanner));
}

/** Files that the program left open are closed by their finalisers; the rest of the state is gone. */
function softReset(): never {
  console.send(Buffer.from('MPY: soft reboot\r\n'));
  files.closeAll();
  const mode: StartMode = frontEnd.mode === 'friendly' ? 'soft-friendly' : 'soft-raw';
  post({ kind: 'reset', mode });
  return haltForever();
}

function act(action: ReplAction): void {
  switch (action.kind) {
    case 'engine':
      feed(action.byte);
      return;
    case 'send':
      console.send(Uint8Array.from(action.bytes));
      return;
    case 'check':
      if (!interpreter.compiles(action.source)) frontEnd.abort(action).forEach(act);
      return;
    case 'run':
      runPasted(action.source);
      return;
  }
}

function feed(byte: number): void {
  let answer = '';
  if (byte === ctrlA) {
    interpreter.output = (bytes) => {
      answer += Buffer.from(bytes).toString('latin1');
      console.print(bytes);
    };
  }
  const reset = interpreter.feed(byte);
  if (byte === ctrlA) {
    interpreter.output = (bytes) => console.print(bytes);
    if (answer.endsWith(rawBanner)) frontEnd.enterRaw();
  }
  if (reset) softReset();
}

/** Not through the interpreter's raw REPL: that would take control bytes within literals for its own. */
function runPasted(source: Uint8Array): void {
  const outcome = interpreter.runSource(source);
  console.send(Uint8Array.of(ctrlD));
  if (outcome === 'reset') {
    console.send(Uint8Array.of(ctrlD));
    softReset();
  }
  if (outcome === 'failed') interpreter.report();
  if (outcome === 'interrupted') console.send(Buffer.from('KeyboardInterrupt: \r\n'));
  console.send(Buffer.from('\x04>'));
}
