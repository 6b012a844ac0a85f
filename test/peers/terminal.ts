import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const demoRecipe = join(root, 'resources', 'recipes', 'demo.json');

/** The demonstration for units that are not on the bench of the same process, whose broker they do not reach. */
export async function serialRecipe(folder: string): Promise<string> {
  const recipe = JSON.parse(await readFile(demoRecipe, 'utf8')) as { connection: { broker: unknown } };
  recipe.connection.broker = null;
  const path = join(folder, 'serial.json');
  await writeFile(path, JSON.stringify(recipe));
  return path;
}

const entry = join(root, 'electron', 'cli', 'main.ts');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** Resolves with everything on stdout so far, once it holds this text. Rejects when the program ends before. */
  said(text: string, on?: 'stdout' | 'stderr'): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

const running = new Set<ChildProcess>();
// A test that fails before it has closed what it started leaves nothing behind on the machine.
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/** Starts a program; what it says is kept. */
export function start(command: string, args: readonly string[]): Started {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.on('exit', () => running.delete(child));
  const heard = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      heard[name] += text;
      for (const look of waiting) look();
    });
  }
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, ...heard }));
  return {
    ended,
    said: (text, on = 'stdout') => {
      const found = Promise.withResolvers<string>();
      const look = (): void => {
        if (heard[on].includes(text)) found.resolve(heard[on]);
      };
      waiting.add(look);
      look();
      void ended.then(({ code, stderr }) =>
        found.reject(new Error(`ended with ${code} before saying ${text}: ${stderr}`)),
      );
      return found.promise.finally(() => waiting.delete(look));
    },
    kill: (signal) => void child.kill(signal),
  };
}

export const startPlumb = (...args: string[]): Started => start(process.execPath, [entry, ...args]);

export const plumb = (...args: string[]): Promise<Ended> => startPlumb(...args).ended;

export interface ServedBench {
  board(number: number): string;
  reference: string;
  close(): Promise<Ended>;
}

/** `plumb bench` in a process of its own, its ports as pseudo-terminals in `folder`. */
export async function serveBench(folder: string, ...args: string[]): Promise<ServedBench> {
  const ptys = join(folder, 'ptys');
  const bench = startPlumb('bench', '--ptys', ptys, ...args);
  await bench.said(join(ptys, 'reference'));
  return {
    board: (number) => join(ptys, `board${number}`),
    reference: join(ptys, 'reference'),
    close: () => {
      bench.kill('SIGTERM');
      return bench.ended;
    },
  };
}

/** A folder for one test file, and its removal. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'plumb-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** No stack trace, no module path, no Node notice: nothing that only a programmer could read. */
export const looksLikeAStack = (text: string): boolean => /^\s+at .*\(|node:internal|\.ts:\d+/m.test(text);
