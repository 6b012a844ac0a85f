import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Failure } from '../../shared/contract/failure.ts';
import { makeFolder } from '../files/files.ts';
import type { Bench } from './bench-contract.ts';

export interface ServedPtys {
  /** DIR/board1, DIR/board2, ..., DIR/reference: one for each port that the bench has at the start. */
  links: string[];
  close(): Promise<void>;
}

type Socat = ChildProcessByStdio<Writable, Readable, null>;

const linkDeadlineMs = 5000;
/** A slow reader gets everything; what nobody reads at all is lost beyond this many bytes. */
const longestBacklog = 4 * 1024 * 1024;

/**
 * Offers the bench's ports as pseudo-terminals to other programs, until closed. A pulled cable takes its
 * pseudo-terminal away, plugging in brings it back. Rejects with PROGRAM_MISSING where there is no socat, and
 * with FILE_UNWRITABLE where the directory cannot be made.
 */
export async function servePtys(bench: Bench, directory: string): Promise<ServedPtys> {
  makeFolder(directory);
  const served = new Map(
    bench.ports.map(({ port }) => [port, new ServedPort(bench, port, linkFor(directory, port))]),
  );
  const present = (): Set<string> => new Set(bench.ports.map(({ port }) => port));
  const unsubscribe = bench.onPortsChanged(() => {
    const ports = present();
    // A pseudo-terminal that cannot come back stays away, like a port with a broken socket.
    for (const [port, one] of served) void one.set(ports.has(port)).catch(() => {});
  });
  const close = async (): Promise<void> => {
    unsubscribe();
    await Promise.all([...served.values()].map((one) => one.set(false)));
  };
  try {
    await Promise.all([...served.values()].map((one) => one.set(true)));
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { links: [...served.values()].map(({ link }) => link), close };
}

/** `bench:1` -> DIR/board1, `bench:reference` -> DIR/reference. */
const linkFor = (directory: string, port: string): string => {
  const name = port.slice('bench:'.length);
  return join(directory, /^\d+$/.test(name) ? `board${name}` : name);
};

class ServedPort {
  readonly link: string;
  readonly #bench: Bench;
  readonly #port: string;
  #stop: (() => Promise<void>) | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(bench: Bench, port: string, link: string) {
    this.#bench = bench;
    this.#port = port;
    this.link = link;
  }

  /** Offers the port or takes it away; calls are carried out in order. */
  set(offered: boolean): Promise<void> {
    const turn = this.#turn.then(async () => {
      await this.#stop?.();
      this.#stop = offered ? await this.#offer() : null;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #offer(): Promise<() => Promise<void>> {
    const line = await this.#bench.open(this.#port);
    const socat = await startSocat(this.link).catch(async (thrown: unknown) => {
      await line.close();
      throw thrown;
    });
    socat.stdout.on('data', (bytes: Buffer) => {
      socat.stdout.pause();
      // A board that takes nothing in holds the sender up. The write rejects only when the line has ended (its
      // deadline is 24 days), and `line.closed` below takes the pseudo-terminal away then: nobody else is to be told.
      void line
        .write(bytes, { deadlineMs: 2 ** 31 - 1 })
        .catch(() => {})
        .finally(() => socat.stdout.resume());
    });
    line.onData((bytes) => {
      if (socat.stdin.writableLength < longestBacklog) socat.stdin.write(bytes);
    });
    void line.closed.then(() => endSocat(socat, this.link));
    return async () => {
      await line.close();
      await endSocat(socat, this.link);
    };
  }
}

async function startSocat(link: string): Promise<Socat> {
  rmSync(link, { force: true });
  const socat = spawn('socat', [`pty,raw,echo=0,link=${link}`, 'STDIO'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // Writing to a socat that is being stopped fails; its end is dealt with where it is stopped.
  socat.stdin.on('error', () => {});
  const failed = new Promise<never>((_, reject) => {
    socat.on('error', (cause) => reject(new Failure('PROGRAM_MISSING', { program: 'socat' }, { cause })));
  });
  failed.catch(() => {});
  const until = Date.now() + linkDeadlineMs;
  while (!existsSync(link)) {
    await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, 5))]);
    if (socat.exitCode !== null || Date.now() > until) {
      await endSocat(socat, link);
      throw new Failure('BENCH_FAILED', { detail: `socat made no pseudo-terminal at ${link}` });
    }
  }
  return socat;
}

async function endSocat(socat: Socat, link: string): Promise<void> {
  if (socat.pid !== undefined && socat.exitCode === null && socat.signalCode === null) {
    const ended = once(socat, 'exit');
    socat.kill('SIGTERM');
    await ended;
  }
  rmSync(link, { force: true });
}
