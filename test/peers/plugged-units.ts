import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import pino from 'pino';
import { type Bench, type BenchOptions, servePtys, startBench } from '../../electron/bench/bench.ts';
import { createHost, type Host } from '../../electron/host/host.ts';
import { root } from './terminal.ts';

/**
 * Bench boards behind pseudo-terminals that the real serialport lists, with their serial numbers: it asks `udevadm`,
 * and a `udevadm` of ours answers with what is plugged in at this moment. Its pattern for names is not anchored, so
 * that a folder named `ttyACM` will do.
 */
export interface PluggedUnits {
  bench: Bench;
  /** Where `bench:<n>` is plugged in. */
  port(number: number): string;
  reference: string;
  close(): Promise<void>;
}

export async function plugIn(
  folder: string,
  boards: number,
  options: Pick<BenchOptions, 'filesDirectory'> = {},
): Promise<PluggedUnits> {
  const bench = await startBench({ boards, ...options });
  const ports = join(folder, 'ttyACM');
  const programs = join(folder, 'programs');
  const records = join(folder, 'records');
  await mkdir(programs);
  const writeRecords = async (): Promise<void> => {
    const units = bench.ports.filter(({ vendorId }) => vendorId !== undefined);
    const text = units.map(({ port, serialNumber, vendorId, productId }) => {
      const name = join(ports, `board${port.slice('bench:'.length)}`);
      return `P: ${name}\nN: ${name}\nE: DEVNAME=${name}\nE: ID_VENDOR_ID=${vendorId}\nE: ID_MODEL_ID=${productId}\nE: ID_SERIAL_SHORT=${serialNumber}\n\n`;
    });
    await writeFile(`${records}.new`, text.join(''));
    await rename(`${records}.new`, records);
  };
  await writeRecords();
  await writeFile(join(programs, 'udevadm'), `#!/bin/sh\ncat ${records}\n`);
  await chmod(join(programs, 'udevadm'), 0o755);
  const path = process.env.PATH ?? '';
  process.env.PATH = [programs, path].join(delimiter);
  let writing = Promise.resolve();
  const unsubscribe = bench.onPortsChanged(() => {
    writing = writing.then(writeRecords);
  });
  const served = await servePtys(bench, ports);
  return {
    bench,
    port: (number) => join(ports, `board${number}`),
    reference: join(ports, 'reference'),
    close: async () => {
      process.env.PATH = path;
      unsubscribe();
      await writing;
      await served.close();
      await bench.close();
    },
  };
}

/** A host for real ports only, with its project in this folder. */
export const hostIn = (folder: string): Promise<Host> =>
  createHost({
    bench: false,
    jobPath: join(folder, 'job.plumb'),
    resources: join(root, 'resources'),
    door: 'terminal',
    version: '0.1.0',
    log: pino({ level: 'silent' }),
  });
