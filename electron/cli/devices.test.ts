import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortInfo } from '../../shared/contract/devices.ts';
import { PortChange } from '../../shared/contract/doctor.ts';
import { devicesCommand } from './devices.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

let folder: string;
const path = process.env.PATH ?? '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-devices-'));
  await writeFile(join(folder, 'udevadm'), `#!/bin/sh\ncat ${join(folder, 'records')}\n`);
  await chmod(join(folder, 'udevadm'), 0o755);
  process.env.PATH = `${folder}:${path}`;
});

afterEach(async () => {
  process.env.PATH = path;
  await rm(folder, { recursive: true, force: true });
});

/** What is plugged in from now on, as `udevadm info -e` tells it: path and serial number of each board. */
async function plug(...boards: [port: string, serial: string][]): Promise<void> {
  const records = boards.map(([port, serial]) =>
    [
      'P: /devices/usb1/1-1',
      `N: ${port}`,
      `E: DEVNAME=/dev/${port}`,
      'E: ID_VENDOR_ID=2e8a',
      'E: ID_MODEL_ID=0005',
    ]
      .concat(`E: ID_SERIAL_SHORT=${serial}`, '', '')
      .join('\n'),
  );
  // Put in place whole: a look in between must not see half of it.
  await writeFile(join(folder, 'next'), records.join(''));
  await rename(join(folder, 'next'), join(folder, 'records'));
}

/** `plumb devices …` in this process, with everything that it has said so far. */
function devices(...asked: string[]) {
  const heard = { stdout: '', stderr: '' };
  let look = (): void => undefined;
  const sink = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      heard[name] += text;
      look();
    },
  });
  const stop = new AbortController();
  const output = outputOf(asked.includes('--json'), sink('stdout'), sink('stderr'));
  const ended = runTerminal(['devices', ...asked], [devicesCommand], {
    output,
    log: pino({ level: 'silent' }),
    signal: stop.signal,
  });
  const lines = (): string[] => heard.stdout.split('\n').filter(Boolean);
  const said = (count: number): Promise<string[]> =>
    new Promise((resolve) => {
      look = () => {
        if (lines().length >= count) resolve(lines());
      };
      look();
    });
  return { ended, said, lines, stop: () => stop.abort(), heard };
}

describe('plumb devices', () => {
  it('answers with one document', async () => {
    await plug(['ttyACM0', 'A']);
    const { ended, heard } = devices('--json');
    expect(await ended).toBe(0);
    const ports = (JSON.parse(heard.stdout) as unknown[]).map((port) => PortInfo.parse(port));
    expect(ports.map(({ port, serialNumber }) => [port, serialNumber])).toEqual([['/dev/ttyACM0', 'A']]);
  });

  it('with --watch --json tells one line for each port and each change, until Ctrl-C', async () => {
    await plug(['ttyACM0', 'A']);
    const { ended, said, lines, stop } = devices('--watch', '--json');
    await said(1);
    await plug(['ttyACM0', 'A'], ['ttyACM1', 'B']);
    await said(2);
    await plug(['ttyACM1', 'B']);
    await said(3);
    await plug(['ttyACM1', 'B'], ['ttyACM2', 'A']);
    await said(4);
    stop();
    expect(await ended).toBe(0);
    const changes = lines().map((line) => PortChange.parse(JSON.parse(line)));
    expect(
      changes.map(({ change, device, from }) => [change, device.port, device.serialNumber, from]),
    ).toEqual([
      ['present', '/dev/ttyACM0', 'A', undefined],
      ['plugged', '/dev/ttyACM1', 'B', undefined],
      ['unplugged', '/dev/ttyACM0', 'A', undefined],
      ['moved', '/dev/ttyACM2', 'A', '/dev/ttyACM0'],
    ]);
  });

  it('with --watch says the same in words', async () => {
    await plug(['ttyACM0', 'A']);
    const { ended, said, stop } = devices('--watch');
    await said(1);
    await plug(['ttyACM3', 'A']);
    const [first, second] = await said(2);
    stop();
    expect(await ended).toBe(0);
    expect(first).toMatch(/^present {4}\/dev\/ttyACM0 {2}looks like a unit, USB 2e8a:0005, serial A$/);
    expect(second).toMatch(/^moved {6}\/dev\/ttyACM3 .*, was \/dev\/ttyACM0$/);
  });
});
