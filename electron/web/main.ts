import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { Failure } from '../../shared/contract/failure.ts';
import { createHost } from '../host/host.ts';
import { Redactor } from '../host/secrets.ts';
import { openWebDoor, type WebDoor } from './server.ts';

// The browser's door as a program: `main.ts [--port N] [--job FILE] [--no-bench]`. Runs when it is loaded.

const root = fileURLToPath(new URL('../..', import.meta.url));
const usualPort = 4870;
const endWithinMs = 8_000;

const say = (line: string): void => void process.stderr.write(`plumbline: ${line}\n`);

const version = (): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

interface Options {
  bench: boolean;
  jobPath: string;
  /** Undefined: the usual one, or any other where that is taken. */
  port: number | undefined;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      'no-bench': { type: 'boolean', default: false },
      job: { type: 'string', default: join(root, 'jobs', 'first.plumb') },
      port: { type: 'string' },
    },
  });
  return { bench: !values['no-bench'], jobPath: resolve(values.job), port: portOf(values.port) };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error(`--port must be a number from 0 to 65535, not "${text}"`);
}

async function main(): Promise<void> {
  const { bench, jobPath, port } = readOptions();
  const redactor = new Redactor();
  const host = await createHost({
    bench,
    // The bench's boards belong to the job: after a restart they hold what the record says of them.
    benchFiles: `${jobPath}.bench`,
    jobPath,
    resources: join(root, 'resources'),
    door: 'browser',
    version: version(),
    log: pino(
      { level: 'warn', hooks: { streamWrite: (line) => redactor.redactLine(line) } },
      pino.destination({ dest: 2, sync: true }),
    ),
    redactor,
  });
  const open = (wanted: number): Promise<WebDoor> =>
    openWebDoor({
      page: join(root, 'out', 'renderer'),
      port: wanted,
      onChannel: (channel) => host.connect(channel),
    });
  const door = await open(port ?? usualPort).catch((error: NodeJS.ErrnoException) => {
    // A second start beside the first is no mistake; an occupied port that was asked for by number is.
    if (error.code === 'EADDRINUSE' && port === undefined) return open(0);
    throw error;
  });

  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    say('ending');
    // Whatever hangs (a port that does not close, a disk that is gone) must not keep the terminal.
    setTimeout(() => process.exit(1), endWithinMs).unref();
    door
      .close()
      .then(() => host.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          say(String(error));
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.stdout.write(`Plumbline is open at ${door.url}\nCtrl-C ends it.\n`);
}

try {
  await main();
} catch (error) {
  const failure = error instanceof Failure ? error : null;
  say(error instanceof Error ? error.message : String(error));
  if (failure) say(failure.next);
  process.exit(1);
}
