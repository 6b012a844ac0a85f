import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Bench, servePtys, startBench } from './bench.ts';

let bench: Bench;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plumbline-ptys-'));
  bench = await startBench({ boards: 1 });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await bench.close();
  await rm(directory, { recursive: true });
});

async function ask(path: string, text: string, end: string): Promise<string> {
  const port = new SerialPort({ path, baudRate: 115200, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  let received = '';
  port.on('data', (bytes: Buffer) => {
    received += bytes.toString('latin1');
  });
  port.write(text);
  await expect.poll(() => received, { timeout: 10_000 }).toContain(end);
  const closed = once(port, 'close');
  port.close();
  await closed;
  return received;
}

it('serves the boards and the reference to other programs, again and again', async () => {
  const served = await servePtys(bench, directory);
  expect(served.links).toEqual([join(directory, 'board1'), join(directory, 'reference')]);
  const [board = '', reference = ''] = served.links;
  for (let i = 0; i < 2; i += 1) {
    expect(await ask(board, `print(${i}+40)\r`, `${i + 40}\r\n>>> `)).toContain(`print(${i}+40)\r\n`);
    expect(await ask(reference, '*IDN?\n', '\n')).toBe('Plumbline,Bench Thermometer,REF-0001,1.0\n');
  }
  await served.close();
  expect(await readdir(directory)).toEqual([]);
  expect((await bench.open('bench:1')).isOpen).toBe(true);
});

it('takes a pseudo-terminal away with the cable and brings it back', async () => {
  const served = await servePtys(bench, directory);
  const [board = ''] = served.links;
  await bench.fault(1, { kind: 'pullCable' });
  await expect.poll(() => existsSync(board)).toBe(false);
  await bench.fault(1, { kind: 'plugIn' });
  await expect.poll(() => existsSync(board)).toBe(true);
  expect(await ask(board, '1+1\r', '2\r\n>>> ')).toContain('2\r\n');
  await served.close();
});

it.runIf(process.platform === 'linux')('says so where its folder cannot be', async () => {
  await expect(servePtys(bench, '/proc/x')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
});

it('says so where socat is missing, and leaves the ports free', async () => {
  vi.stubEnv('PATH', directory);
  await expect(servePtys(bench, directory)).rejects.toMatchObject({ code: 'PROGRAM_MISSING' });
  expect((await bench.open('bench:1')).isOpen).toBe(true);
});
