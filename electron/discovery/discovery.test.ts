import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PortInfo } from '../../shared/contract/devices.ts';
import type { PortInfo as Listed } from '../transport/transport.ts';
import { listPorts, watchPorts } from './discovery.ts';
import { guess } from './fingerprints.ts';

let folder: string;
const path = process.env.PATH ?? '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-discovery-'));
});

afterEach(async () => {
  process.env.PATH = path;
  await rm(folder, { recursive: true, force: true });
});

/** A `udevadm` that answers with the given records: the real serialport parses them. */
async function pretendUdev(records: string): Promise<void> {
  await writeFile(join(folder, 'records'), records);
  await writeFile(join(folder, 'udevadm'), `#!/bin/sh\ncat ${join(folder, 'records')}\n`);
  await chmod(join(folder, 'udevadm'), 0o755);
  process.env.PATH = `${folder}:${path}`;
}

const pico = `P: /devices/usb1/1-1/tty/ttyACM0
N: ttyACM0
E: DEVNAME=/dev/ttyACM0
E: ID_VENDOR_ID=2e8a
E: ID_MODEL_ID=0005
E: ID_VENDOR_ENC=MicroPython\\x01
E: ID_SERIAL_SHORT=e6614103e7452d2f

P: /devices/usb1/1-2/tty/ttyUSB0
N: ttyUSB0
E: DEVNAME=/dev/ttyUSB0
E: ID_VENDOR_ID=0403
E: ID_MODEL_ID=6001

P: /devices/virtual/ttyS7
N: ttyS7
E: DEVNAME=/dev/ttyS7

`;

/** A kernel's tty folder with one USB board and one UART that is not there. */
async function pretendKernel(): Promise<string> {
  const usb = join(folder, 'devices/usb1/1-1');
  await mkdir(join(usb, '1-1:1.0'), { recursive: true });
  await writeFile(join(usb, 'idVendor'), '303a\n');
  await writeFile(join(usb, 'idProduct'), '4001\n');
  await writeFile(join(usb, 'serial'), '7cdfa1\n');
  await writeFile(join(usb, 'product'), 'Espressif Device\n');
  const tty = join(folder, 'tty');
  await mkdir(join(tty, 'ttyACM3'), { recursive: true });
  await symlink(join(usb, '1-1:1.0'), join(tty, 'ttyACM3/device'));
  await mkdir(join(tty, 'ttyS7'), { recursive: true });
  await symlink(usb, join(tty, 'ttyS7/device'));
  await writeFile(join(tty, 'ttyS7/type'), '0\n');
  await mkdir(join(tty, 'tty1'));
  return tty;
}

test('the real serialport lists boards, likeliest first, without phantoms; control characters are out', async () => {
  await pretendUdev(pico);
  const ports = await listPorts({ ttyFolder: await pretendKernel() });
  expect(ports).toEqual([
    {
      port: '/dev/ttyACM0',
      kind: 'serial',
      vendorId: '2e8a',
      productId: '0005',
      serialNumber: 'e6614103e7452d2f',
      manufacturer: 'MicroPython',
      looksLike: 'unit',
    },
    { port: '/dev/ttyUSB0', kind: 'serial', vendorId: '0403', productId: '6001', looksLike: 'unknown' },
  ]);
  for (const port of ports) PortInfo.parse(port);
});

test('without udevadm the kernel is asked', async () => {
  const ttyFolder = await pretendKernel();
  process.env.PATH = join(folder, 'empty');
  expect(await listPorts({ ttyFolder })).toEqual([
    {
      port: '/dev/ttyACM3',
      kind: 'serial',
      vendorId: '303a',
      productId: '4001',
      serialNumber: '7cdfa1',
      product: 'Espressif Device',
      looksLike: 'unit',
    },
  ]);
  expect(await listPorts({ ttyFolder: join(folder, 'nowhere') })).toEqual([]);
});

test('the bench comes first and its reference is told apart', async () => {
  await pretendUdev(pico);
  const benchPorts = (): Listed[] => [
    { port: 'bench:1', kind: 'simulated' },
    { port: 'bench:reference', kind: 'simulated' },
  ];
  const ports = await listPorts({ benchPorts });
  expect(ports.map(({ port, looksLike }) => [port, looksLike])).toEqual([
    ['bench:1', 'unit'],
    ['bench:reference', 'reference'],
    ['/dev/ttyACM0', 'unit'],
    ['/dev/ttyUSB0', 'unknown'],
    ['/dev/ttyS7', 'unknown'],
  ]);
});

test('the narrower fingerprint wins', () => {
  const of = (vendorId: string, productId: string) =>
    guess({ port: 'COM3', kind: 'serial', vendorId, productId });
  expect(of('2E8A', '0005')).toMatchObject({ looksLike: 'unit', family: 'RP2 with MicroPython' });
  expect(of('2e8a', '000a')).toMatchObject({ looksLike: 'unit', family: 'RP2' });
  expect(of('0957', '1234').looksLike).toBe('reference');
  expect(of('dead', 'beef')).toMatchObject({ looksLike: 'unknown', score: 0 });
});

test('a watcher is told of the first list and of every change, and of nothing else', async () => {
  await pretendUdev('');
  let plugged: Listed[] = [];
  let looks = 0;
  const told: string[][] = [];
  const benchPorts = () => {
    looks += 1;
    return plugged;
  };
  const watch = watchPorts((ports) => told.push(ports.map(({ port }) => port)), { everyMs: 1, benchPorts });
  const afterLooks = async (more: number) => {
    const until = looks + more;
    while (looks < until) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await afterLooks(3);
  plugged = [{ port: 'bench:1', kind: 'simulated' }];
  await afterLooks(3);
  plugged = [];
  await afterLooks(3);
  watch.stop();
  expect(told).toEqual([[], ['bench:1'], []]);
});

test('a look in between counts like every other: what comes back after it is told', async () => {
  await pretendUdev('');
  let plugged: Listed[] = [{ port: 'bench:1', kind: 'simulated' }];
  const told: string[][] = [];
  const benchPorts = (): Listed[] => plugged;
  const watch = watchPorts((ports) => told.push(ports.map(({ port }) => port)), {
    everyMs: 60_000,
    benchPorts,
  });
  await watch.look();
  plugged = [];
  await watch.look();
  plugged = [{ port: 'bench:1', kind: 'simulated' }];
  await watch.look();
  watch.stop();
  expect(told).toEqual([['bench:1'], [], ['bench:1']]);
});
