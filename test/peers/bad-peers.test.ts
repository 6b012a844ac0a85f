import { existsSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FailureRecord } from '../../shared/contract/failure.ts';
import { needs } from '../needs.ts';
import {
  demoRecipe,
  type Ended,
  looksLikeAStack,
  plumb,
  type ServedBench,
  serialRecipe,
  serveBench,
  startPlumb,
  temporaryFolder,
} from './terminal.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

/** Plays something that is no unit, until closed, under the name of its port. */
async function peer(play: (socket: Socket) => void): Promise<{ name: string; close: () => void }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    play(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const name = `tcp:127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return { name, close: () => void server.close() };
}

/** Sends the same again and again until the other end has gone. */
function flood(socket: Socket, bytes: Uint8Array, everyMs: number): void {
  const timer = setInterval(() => {
    if (socket.writableLength < 1_000_000) socket.write(bytes);
  }, everyMs);
  socket.on('close', () => clearInterval(timer));
}

/** A fixed sequence of pseudo-random bytes (xorshift32), so that a failure can be repeated. */
function noise(length: number): Uint8Array {
  let state = 0x9e3779b9;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}

function failureOf({ code, stdout, stderr }: Ended): FailureRecord {
  expect(code, stdout + stderr).toBe(1);
  expect(looksLikeAStack(stderr)).toBe(false);
  return FailureRecord.parse((JSON.parse(stdout) as { failure: unknown }).failure);
}

/** A port that is never reached: the unit comes first. */
const noReference = 'tcp:127.0.0.1:1';

const runAgainst = (port: string, name: string): Promise<Ended> => {
  const out = join(folder.path, name);
  return plumb('run', demoRecipe, '--port', port, '--reference', noReference, '--out', out, '--json');
};

const bad: [string, (socket: Socket) => void][] = [
  ['answers with garbage', (socket) => flood(socket, noise(4096), 20)],
  ['floods 0xFF', (socket) => flood(socket, new Uint8Array(65_536).fill(0xff), 2)],
  ['never answers', () => undefined],
  ['echoes everything', (socket) => socket.pipe(socket)],
  ['answers every byte with half a prompt', (socket) => socket.on('data', () => socket.write('>>'))],
  ['hangs up when spoken to', (socket) => socket.on('data', () => socket.destroy())],
  ['hangs up at once', (socket) => socket.destroy()],
];

describe('plumb run against a unit that', () => {
  it.concurrent.for(bad)('%s: ends with a failure that says what to do', async ([name, play], context) => {
    const { name: port, close } = await peer(play);
    context.onTestFinished(close);
    const { code, deviceState, next } = failureOf(await runAgainst(port, name.replaceAll(/\W/g, '-')));
    expect(['NO_REPLY', 'REPLY_UNREADABLE', 'PORT_LOST', 'PORT_FAILED', 'UNIT_UNSUPPORTED']).toContain(code);
    expect(deviceState).toBe('unchanged');
    expect(next.length).toBeGreaterThan(10);
  });

  it('is not there: names the port', async () => {
    const failure = failureOf(await runAgainst('/dev/ttyPLUMB99', 'absent'));
    expect(failure).toMatchObject({ code: 'PORT_NOT_FOUND', params: { port: '/dev/ttyPLUMB99' } });
  });
});

/** A bench that ends with the test, whatever comes of it. */
async function benchFor(name: string, ...args: string[]): Promise<ServedBench> {
  const bench = await serveBench(join(folder.path, name), ...args);
  onTestFinished(async () => {
    await bench.close();
  });
  return bench;
}

needs('socat')('plumb run when', () => {
  it('the unit vanishes in the middle: says in which state it was left', async () => {
    const bench = await benchFor('vanishing', '--baud', '115200');
    const out = join(folder.path, 'vanished');
    const ports = ['--port', bench.board(1), '--reference', bench.reference];
    const run = startPlumb('run', await serialRecipe(folder.path), ...ports, '--out', out, '--json');
    await run.said('staging', 'stderr');
    await bench.close();
    const failure = failureOf(await run.ended);
    expect(['PORT_LOST', 'PORT_FAILED', 'NO_REPLY']).toContain(failure.code);
    expect(existsSync(join(out, 'report.pdf'))).toBe(false);
    expect((await plumb('verify', join(out, 'job.plumb'))).code).toBe(0);
  });

  it('the reference is no reference: touches no calibration', async () => {
    const bench = await benchFor('deaf');
    const reference = await peer((socket) => flood(socket, noise(512), 50));
    onTestFinished(reference.close);
    const ports = ['--port', bench.board(1), '--reference', reference.name];
    const run = await plumb(
      'run',
      await serialRecipe(folder.path),
      ...ports,
      '--out',
      join(folder.path, 'deaf-out'),
      '--json',
    );
    const failure = failureOf(run);
    expect(['NO_REPLY', 'REPLY_UNREADABLE', 'REFERENCE_UNREADABLE', 'PORT_LOST']).toContain(failure.code);
    expect(failure.deviceState).toBe('unchanged');
  });

  it('Ctrl-C is pressed: stops cleanly and says so', async () => {
    const bench = await benchFor('stopped');
    const out = join(folder.path, 'stopped-out');
    const ports = ['--port', bench.board(1), '--reference', bench.reference];
    const run = startPlumb('run', await serialRecipe(folder.path), ...ports, '--out', out, '--json');
    await run.said('as-found point', 'stderr');
    run.kill('SIGINT');
    expect(failureOf(await run.ended).code).toBe('CANCELLED');
    expect((await plumb('verify', join(out, 'job.plumb'))).code).toBe(0);
  });
});
