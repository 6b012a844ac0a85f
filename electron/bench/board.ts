import { Worker } from 'node:worker_threads';
import { Failure } from '../../shared/contract/failure.ts';
import type { BathShare } from './bath-share.ts';
import type { BoardMessage, BoardStart, StartMode } from './board-messages.ts';
import { ByteRing, control } from './byte-ring.ts';
import type { Endpoint, Listener } from './endpoint.ts';
import { applyChange, type FileChange, type FileImage, mirrorChange } from './file-image.ts';
import type { FileSystem } from './file-system.ts';
import { InterruptWatch } from './interrupt-watch.ts';
import { BoardNetwork, type NetworkOptions } from './network.ts';

/** As on the RP2 port: USB endpoint and REPL buffer together hold about this much (mpconfigport.h, 512 + 256). */
const inputBytes = 1024;
const outputBytes = 1024;
/** Taken from the board at once; on a slow line the rest waits in the board. */
const drainBytes = 256;
const ctrlC = 0x03;
const startDeadlineMs = 10_000;
/** How long a power cut waits for the board to have taken in what arrived before it. */
const settleMs = 250;

const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './board-worker.ts' : './board-worker.js',
  import.meta.url,
);

export interface BoardOptions {
  hardwareId: string;
  sensorSeed: number;
  bathSeed: number;
  bath: BathShare;
  epoch: bigint;
  timeFactor: number;
  image: FileImage;
  fileSystem: FileSystem;
  /** Directory of this computer in which the board's files are kept as well. */
  mirror: string | undefined;
  network: NetworkOptions;
}

/** A board seen from outside: its power, its line and its flash. The interpreter runs in a thread of its own. */
export class Board implements Endpoint {
  readonly #options: BoardOptions;
  readonly #words = new Int32Array(new SharedArrayBuffer(4 * control.words));
  readonly #inputBytes = new SharedArrayBuffer(inputBytes);
  readonly #outputBytes = new SharedArrayBuffer(outputBytes);
  readonly #input = new ByteRing(
    this.#words,
    control.inHead,
    control.inTail,
    new Uint8Array(this.#inputBytes),
  );
  readonly #output = new ByteRing(
    this.#words,
    control.outHead,
    control.outTail,
    new Uint8Array(this.#outputBytes),
  );
  readonly #network: BoardNetwork;
  readonly #roomWaiters = new Set<() => void>();
  readonly #watch = new InterruptWatch({
    seen: () => Atomics.load(this.#words, control.seen),
    excuse: () => this.#excuse(),
    giveUp: () => {
      if (this.#worker) void this.#restart(this.#worker, 'safe');
    },
  });
  #worker: Worker | null = null;
  #starting = false;
  #draining: Promise<void> | null = null;
  listener: Listener | null = null;
  readonly pins = new Map<number, number>();
  /** Why the interpreter died, where it did; like a hard fault it lasts until the power is cycled. */
  crash: string | null = null;

  constructor(options: BoardOptions) {
    this.#options = options;
    this.#network = new BoardNetwork(options.network, this.#words);
  }

  get hardwareId(): string {
    return this.#options.hardwareId;
  }

  get powered(): boolean {
    return this.#worker !== null;
  }

  /** Resolves when the interpreter is about to run boot.py. */
  async powerOn(): Promise<void> {
    if (!this.#worker) await this.#start('power', 'power');
  }

  /** The power is gone: what was flushed stays, everything else does not. */
  async powerOff(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = null;
    this.#network.cut();
    await worker.terminate();
    this.#clearLine();
    this.pins.clear();
  }

  async receive(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const interrupts = bytes.includes(ctrlC);
    let at = 0;
    while (at < bytes.length && this.#worker && !signal.aborted) {
      at += this.#input.write(bytes.subarray(at));
      if (interrupts) this.#watch.expect(this.#input.head);
      if (at < bytes.length) await this.#room(signal);
    }
  }

  /** Resolves when the board has taken in all that was sent to it, or will not. */
  async taken(): Promise<void> {
    const until = Date.now() + settleMs;
    while (this.#worker && this.#input.length > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  wedge(): void {
    Atomics.store(this.#words, control.wedged, 1);
    Atomics.notify(this.#words, control.inHead);
  }

  setNetworkDown(down: boolean): void {
    this.#network.setDown(down);
  }

  setDisk(state: 'free' | 'full' | 'read-only'): void {
    Atomics.store(this.#words, control.diskFull, ['free', 'full', 'read-only'].indexOf(state));
  }

  /** The power is cut once `n` further changes of its files are durable, and before the next one is. */
  cutPowerAtChange(n: number): void {
    Atomics.store(this.#words, control.changesLeft, n);
  }

  /** Waits until the board has read something; a byte read between test and wait is not missed. */
  #room(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#roomWaiters.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#roomWaiters.add(done);
      signal.addEventListener('abort', done);
      Atomics.store(this.#words, control.inWaiting, 1);
      if (this.#input.length < inputBytes || !this.#worker) done();
    });
  }

  #wakeWriters(): void {
    for (const wake of this.#roomWaiters) wake();
  }

  #excuse(): 'later' | 'never' | null {
    if (!this.#worker || Atomics.load(this.#words, control.wedged) === 1) return 'never';
    return this.#starting || this.#output.length === outputBytes ? 'later' : null;
  }

  #clearLine(): void {
    this.#watch.stop();
    const kept = [control.diskFull, control.networkDown].map(
      (word) => [word, Atomics.load(this.#words, word)] as const,
    );
    this.#words.fill(0);
    for (const [word, value] of kept) Atomics.store(this.#words, word, value);
    this.#wakeWriters();
  }

  /** Hands the board's output on, no faster than the line takes it. */
  #drain(): Promise<void> {
    this.#draining ??= this.#drainAll().finally(() => {
      this.#draining = null;
    });
    return this.#draining;
  }

  async #drainAll(): Promise<void> {
    for (;;) {
      Atomics.store(this.#words, control.outTold, 0);
      const part = this.#output.read(drainBytes);
      if (part.length === 0) return;
      const busy = this.listener?.(part);
      if (busy) await busy;
    }
  }

  #start(mode: StartMode, resetCause: BoardStart['resetCause']): Promise<void> {
    this.crash = null;
    const { hardwareId, sensorSeed, bathSeed, bath, epoch, timeFactor, image, fileSystem } = this.#options;
    const wire = this.#network.plug();
    const workerData: BoardStart = {
      mode,
      resetCause,
      words: this.#words.buffer,
      input: this.#inputBytes,
      output: this.#outputBytes,
      bathVersion: bath.version.buffer,
      bathValues: bath.values.buffer,
      image,
      fileSystem,
      hardwareId,
      sensorSeed,
      bathSeed,
      epoch,
      timeFactor,
      network: wire,
      accessPoint: this.#options.network.accessPoint,
    };
    const worker = new Worker(workerUrl, { workerData, execArgv: [], transferList: [wire] });
    this.#worker = worker;
    this.#starting = true;
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => {
        reject(new Failure('BENCH_FAILED', { detail: `the board ${hardwareId} did not start` }));
      }, startDeadlineMs);
      worker.on('message', (message: BoardMessage) => {
        if (message.kind === 'started') {
          if (worker === this.#worker) this.#starting = false;
          // A bench alone does not keep the process; unref has no effect before the thread is up.
          worker.unref();
          clearTimeout(tooLate);
          resolve();
        } else this.#onMessage(worker, message);
      });
      worker.on('error', (error) => {
        clearTimeout(tooLate);
        this.crash = error instanceof Error ? error.message : String(error);
        reject(new Failure('BENCH_FAILED', { detail: this.crash }, { cause: error }));
      });
      worker.on('exit', () => {
        clearTimeout(tooLate);
        resolve();
      });
    });
  }

  #onMessage(worker: Worker, message: Exclude<BoardMessage, { kind: 'started' }>): void {
    switch (message.kind) {
      case 'file':
        this.#keep(message.change);
        return;
      case 'cut':
        if (worker === this.#worker) void this.powerOff();
        return;
      case 'output':
        if (worker === this.#worker) void this.#drain();
        return;
      case 'room':
        this.#wakeWriters();
        return;
      case 'pin':
        this.pins.set(message.pin, message.value);
        return;
      case 'reset':
        if (worker === this.#worker) void this.#restart(worker, message.mode);
    }
  }

  /** Also from a thread that was just stopped: it was durable before that. */
  #keep(change: FileChange): void {
    const { image, mirror } = this.#options;
    applyChange(image, change);
    try {
      if (mirror !== undefined) mirrorChange(mirror, change);
    } catch (thrown) {
      this.crash = `the file could not be kept in ${mirror}: ${String(thrown)}`;
    }
  }

  async #restart(worker: Worker, mode: StartMode): Promise<void> {
    await this.#drain();
    if (worker === this.#worker) this.#network.cut();
    await worker.terminate();
    if (worker !== this.#worker) return;
    this.pins.clear();
    const hard = mode === 'power' || mode === 'safe';
    if (hard) this.#clearLine();
    // A failure to start is kept in `crash`; nobody waits for a reset that the board made by itself.
    await this.#start(mode, hard ? 'watchdog' : 'power').catch(() => {});
  }
}
