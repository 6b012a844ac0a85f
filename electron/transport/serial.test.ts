import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOpenPort } from './open-port.ts';
import { openSerial } from './serial.ts';
import { openFailure } from './serial-failure.ts';
import type { Transport } from './transport.ts';

/** A pair of pseudo-terminals, joined by socat: the nearest thing to a cable that a test machine has. */
let folder: string;
let cable: ChildProcess;
const opened: Transport[] = [];

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function openAt(name: 'near' | 'far'): Promise<Transport> {
  const transport = await openSerial(join(folder, name), { presenceEveryMs: 50 });
  opened.push(transport);
  return transport;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-serial-'));
  const end = (name: string) => `pty,raw,echo=0,link=${join(folder, name)}`;
  cable = spawn('socat', [end('near'), end('far')], { stdio: 'ignore' });
  while (!((await exists(join(folder, 'near'))) && (await exists(join(folder, 'far'))))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
});

afterEach(async () => {
  for (const transport of opened.splice(0)) await transport.close();
  if (cable.exitCode === null && cable.signalCode === null) {
    cable.kill('SIGKILL');
    await once(cable, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

async function pullCable(): Promise<void> {
  cable.kill('SIGKILL');
  await once(cable, 'exit');
}

describe('a real serial port over a pair of pseudo-terminals', () => {
  test('64 KiB of every byte value go through and come back unchanged', async () => {
    const near = await openAt('near');
    const far = await openAt('far');
    far.onData((bytes) => void far.write(bytes));
    const sent = Buffer.from(Array.from({ length: 65_536 }, (_, i) => (i * 7 + (i >> 8)) & 0xff));
    const heard: Uint8Array[] = [];
    const all = new Promise<Buffer>((resolve) => {
      near.onData((bytes) => {
        heard.push(bytes);
        const whole = Buffer.concat(heard);
        if (whole.length >= sent.length) resolve(whole);
      });
    });
    await near.write(sent);
    expect((await all).equals(sent)).toBe(true);
  });

  test('bytes from before the first listener are kept for it', async () => {
    const near = await openAt('near');
    const far = await openAt('far');
    await far.write(Buffer.from('early'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const heard: Uint8Array[] = [];
    near.onData((bytes) => heard.push(bytes));
    expect(Buffer.concat(heard).toString()).toBe('early');
  });

  test('a second opening is refused as busy; after closing the port is free', async () => {
    const first = await openAt('near');
    await expect(openAt('near')).rejects.toMatchObject({ code: 'PORT_BUSY', deviceState: 'unchanged' });
    await first.close();
    await first.close();
    expect((await first.closed).reason).toBe('user');
    expect((await openAt('near')).isOpen).toBe(true);
  });

  test('a pulled cable ends the transport as lost, and later writes say so', async () => {
    const near = await openAt('near');
    await pullCable();
    expect((await near.closed).reason).toBe('lost');
    expect(near.isOpen).toBe(false);
    await expect(near.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'PORT_LOST' });
  });

  test('a cable pulled right after opening is noticed', async () => {
    const opening = openAt('near');
    const near = await opening;
    cable.kill('SIGKILL');
    expect((await near.closed).reason).toBe('lost');
  });

  test('a write that nobody reads settles when the cable is pulled', async () => {
    const near = await openAt('near');
    cable.kill('SIGSTOP');
    const pending = near.write(Buffer.alloc(1 << 20), { deadlineMs: 15_000 });
    const outcome = expect(pending).rejects.toMatchObject({ code: 'PORT_LOST' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await pullCable();
    await outcome;
  });

  test('a write that nobody reads settles on its own deadline, on cancel and on close', async () => {
    const near = await openAt('near');
    cable.kill('SIGSTOP');
    const much = Buffer.alloc(1 << 20);
    await expect(near.write(much, { deadlineMs: 50 })).rejects.toMatchObject({ code: 'NO_REPLY' });
    const stop = new AbortController();
    const cancelledWrite = near.write(much, { signal: stop.signal });
    stop.abort();
    await expect(cancelledWrite).rejects.toMatchObject({ code: 'CANCELLED' });
    const closedWrite = expect(near.write(much)).rejects.toMatchObject({ code: 'PORT_LOST' });
    await near.close();
    await closedWrite;
    cable.kill('SIGCONT');
  });

  test('what is not there, and what is not a port, is named as such', async () => {
    await expect(openSerial(join(folder, 'ttyACM9'))).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await writeFile(join(folder, 'notes.txt'), 'text');
    await expect(openSerial(join(folder, 'notes.txt'))).rejects.toMatchObject({ code: 'PORT_FAILED' });
    await expect(openSerial(folder)).rejects.toMatchObject({ code: 'PORT_FAILED' });
    await expect(openSerial('/dev/null')).rejects.toMatchObject({ code: 'PORT_FAILED' });
  });

  test('a cancelled opening leaves the port free', async () => {
    const stop = new AbortController();
    const opening = openSerial(join(folder, 'near'), { signal: stop.signal });
    stop.abort();
    await expect(opening).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await openAt('near')).isOpen).toBe(true);
  });
});

test('words of the native part, one of each kind, become codes', () => {
  const cases = [
    ['Error Resource temporarily unavailable Cannot lock port', 'PORT_BUSY'],
    ['Error: Device or resource busy, cannot open /dev/ttyACM0', 'PORT_BUSY'],
    ['Opening COM3: Access denied', 'PORT_BUSY'],
    ['Opening COM3: File not found', 'PORT_NOT_FOUND'],
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'PORT_PERMISSION'],
    ['Opening COM3: Unknown error code 31', 'PORT_FAILED'],
  ] as const;
  for (const [words, code] of cases) expect(openFailure('COM3', new Error(words)).code).toBe(code);
  const denied = Object.assign(new Error('x'), { code: 'EACCES' });
  expect(openFailure('/dev/ttyACM0', denied).code).toBe('PORT_PERMISSION');
});

test('the name says which kind of port it is', async () => {
  const open = createOpenPort({});
  await expect(open('bench:1')).rejects.toMatchObject({ code: 'BENCH_ABSENT' });
  await expect(open('tcp:nowhere')).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  await expect(open('/nowhere/tty')).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
});
