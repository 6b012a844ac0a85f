import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Options {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  limitMs?: number;
}

/** Seconds from the start of a program until `ready` is in its output; the program is then ended. */
export async function secondsUntil(
  ready: RegExp,
  command: string,
  args: readonly string[],
  { cwd = root, env = process.env, limitMs = 600_000 }: Options = {},
  then: (match: RegExpExecArray) => Promise<void> = async () => undefined,
): Promise<number> {
  const started = performance.now();
  // In a group of its own: npm does not hand a signal on to what its shell has started.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const ended = once(child, 'close');
  const end = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  let heard = '';
  const timer = setTimeout(end, limitMs);
  try {
    const match = await new Promise<RegExpExecArray>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          heard += text;
          const found = ready.exec(heard);
          if (found) resolve(found);
        });
      }
      child.on('error', reject);
      child.on('close', (code) =>
        reject(new Error(`${command} ended with ${code}: ${heard.trim().slice(-300)}`)),
      );
    });
    await then(match);
    return (performance.now() - started) / 1000;
  } finally {
    clearTimeout(timer);
    end();
    await ended;
  }
}

/** Seconds that a program takes; what it says on stdout. Rejects where it ends with anything but 0. */
export async function secondsOf(
  command: string,
  args: readonly string[],
  { cwd = root, env = process.env, limitMs = 600_000 }: Options = {},
): Promise<{ seconds: number; stdout: string }> {
  const started = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs });
  const [out, wrong] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray());
  const [code] = (await once(child, 'close')) as [number | null];
  const text = async (parts: Promise<unknown[]> | undefined): Promise<string> =>
    ((await parts) ?? []).join('');
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${(await text(wrong)).trim().slice(-300)}`);
  return { seconds: (performance.now() - started) / 1000, stdout: await text(out) };
}
