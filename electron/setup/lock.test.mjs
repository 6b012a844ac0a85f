import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './lock.mjs';

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-lock-'));
  file = join(folder, 'cache', 'setup.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = `
  import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
  import { withLock } from ${JSON.stringify(new URL('lock.mjs', import.meta.url).href)};
  const [file, log] = process.argv.slice(1);
  for (let turn = 0; turn < 5; turn++) {
    await withLock(file, async () => {
      if (existsSync(log + '.inside')) appendFileSync(log, 'two at once\\n');
      writeFileSync(log + '.inside', '');
      await new Promise((resolve) => setTimeout(resolve, 5));
      rmSync(log + '.inside');
      appendFileSync(log, 'done\\n');
    });
  }`;

const start = (log) =>
  spawn(process.execPath, ['--input-type=module', '-e', program, file, log], { stdio: 'inherit' });

it('lets one process in at a time', async () => {
  const log = join(folder, 'log');
  const processes = [start(log), start(log), start(log)];
  for (const [code] of await Promise.all(processes.map((child) => once(child, 'exit')))) expect(code).toBe(0);
  expect(readFileSync(log, 'utf8')).toBe('done\n'.repeat(15));
  expect(readdirSync(join(folder, 'cache'))).toEqual([]);
});

it('takes over the lock of a process that is gone', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await withLock(file, () => {});
  writeFileSync(file, String(child.pid));
  let waited = false;
  const result = await withLock(
    file,
    () => 'done',
    () => {
      waited = true;
    },
  );
  expect([result, waited, existsSync(file)]).toEqual(['done', true, false]);
});

it('waits for a process that runs, and lets go where the work fails', async () => {
  const order = [];
  const first = withLock(file, async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push('first');
    throw new Error('no network');
  });
  const second = withLock(file, () => order.push('second'));
  await expect(first).rejects.toThrow('no network');
  await second;
  expect(order).toEqual(['first', 'second']);
});
