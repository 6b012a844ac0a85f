import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, test } from 'vitest';

const program = fileURLToPath(new URL('main.ts', import.meta.url));
let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-main-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts the program; `said` grows with what it prints. */
function start(...args: string[]): {
  process: ChildProcess;
  said: () => string;
  address: () => Promise<string>;
} {
  const started = spawn(process.execPath, [
    program,
    '--no-bench',
    `--job=${join(folder, 'job.plumb')}`,
    ...args,
  ]);
  child = started;
  let said = '';
  let told = (): void => {};
  for (const stream of [started.stdout, started.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      told();
    });
  }
  const address = (): Promise<string> =>
    new Promise((resolve, reject) => {
      told = () => {
        const [found] = /http:\/\/\S+/.exec(said) ?? [];
        if (found) resolve(found);
      };
      started.once('exit', () => reject(new Error(said)));
      told();
    });
  return { process: started, said: () => said, address };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('serves until %s, then ends cleanly', async (signal) => {
  const { process: running, address } = start('--port=0');
  const url = await address();
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  const ended = once(running, 'exit');
  // Ctrl-C reaches the whole process group, and npm hands it on once more.
  running.kill(signal);
  running.kill(signal);
  expect(await ended).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});

it('says that the port it was given is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const { process: running, said } = start(`--port=${port}`);
  expect(await once(running, 'exit')).toEqual([1, null]);
  expect(said()).toContain('EADDRINUSE');
  other.close();
});

it.runIf(process.platform === 'linux')('ends where the folder of the job cannot be', async () => {
  const { process: running, said } = start('--job=/proc/zz/job.plumb');
  expect(await once(running, 'exit')).toEqual([1, null]);
  expect(said()).toContain('/proc/zz could not be written');
});

test.each(['--port=65536', '--port=x', '--port=-1', '--colour'])('refuses %s', async (option) => {
  const { process: running, said } = start(option);
  expect(await once(running, 'exit')).toEqual([1, null]);
  expect(said()).toMatch(/plumbline: .*(--port|colour)/);
});
