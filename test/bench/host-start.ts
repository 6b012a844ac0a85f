import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, secondsUntil } from './child.ts';
import type { Figure } from './figure.ts';

const program = `
import { createHost } from ${JSON.stringify(join(root, 'electron', 'host', 'host.ts'))};
import { pino } from ${JSON.stringify(join(root, 'node_modules', 'pino', 'pino.js'))};
const host = await createHost({
  bench: false, jobPath: process.argv[1], resources: ${JSON.stringify(join(root, 'resources'))},
  door: 'terminal', version: '0', log: pino({ level: 'silent' }),
});
await host.call('job.get', {});
console.log('ready');
`;

const node = (text: string, ...args: string[]): Promise<number> =>
  secondsUntil(/ready/, process.execPath, ['--input-type=module', '-e', text, ...args]);

/** From the start of the process until the host has answered its first call, without the bench. */
export const hostStart: Figure = {
  name: 'host start',
  beside: 'an empty Node process',
  unit: 's',
  runs: 7,
  measure: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-'));
    try {
      const beside = await node("console.log('ready')");
      return { ours: await node(program, join(folder, 'job.plumb')), beside };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
