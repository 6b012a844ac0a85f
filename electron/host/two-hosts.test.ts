import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { channelPair } from '../../shared/contract/channel.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import { createHost, type Host } from './host.ts';
import { connectIntent, describeIntent, type Intent, resources } from './workplace.fixture.ts';

let folder: string;
const hosts: Host[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-hosts-'));
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<Host> {
  const host = await createHost({
    bench: true,
    benchFiles: join(folder, 'boards'),
    benchTimeFactor: 20_000,
    jobPath: join(folder, 'job.plumb'),
    resources,
    door: 'terminal',
    version: '0',
    log: pino({ level: 'silent' }),
  });
  hosts.push(host);
  return host;
}

async function end(host: Host): Promise<void> {
  hosts.splice(hosts.indexOf(host), 1);
  await host.close();
}

/** Resolves once a wizard's state is as asked; fails with the failure that came instead. */
function until(host: Host, id: string, fits: (state: WizardState) => boolean): Promise<WizardState> {
  return new Promise((resolve, reject) => {
    const look = (state: WizardState): void => {
      if (state.id !== id) return;
      if (fits(state)) resolve(state);
      else if (state.failure) reject(new Error(state.failure.what));
      else return;
      off();
    };
    const off = host.on('wizard.changed', look);
    void host.call('wizard.get', { id }).then(look, reject);
  });
}

async function described(host: Host): Promise<string> {
  const { id } = await host.call('wizard.open', { kind: 'provision' });
  const port = { port: 'bench:1', kind: 'simulated', looksLike: 'unit' } as const;
  await act(host, id, { type: 'identify', port });
  await act(host, id, describeIntent);
  await act(host, id, connectIntent);
  return id;
}

async function act(at: Host, id: string, intent: Intent<'provision'>): Promise<WizardState> {
  await at.call('wizard.act', { id, action: { kind: 'provision', intent } });
  return until(at, id, ({ task }) => task === null);
}

it('refuses a project that another host has open, and takes it once that one is closed', async () => {
  const first = await start();
  await expect(start()).rejects.toMatchObject({ code: 'PROJECT_IN_USE' });
  await first.call('job.describe', { name: 'One', engineer: '', customer: '' });
  await end(first);
  const second = await start();
  expect((await second.call('job.get', {})).name).toBe('One');
});

it('closed in the middle of a push, the next host says so and does it again', async () => {
  const first = await start();
  const id = await described(first);
  const staging = new Promise<void>((resolve) => {
    first.on('task.progress', ({ key, done }) => key === 'staging' && done > 2 && resolve());
  });
  await first.call('wizard.act', { id, action: { kind: 'provision', intent: { type: 'push' } } });
  await staging;
  await end(first);
  expect(existsSync(join(folder, 'boards', 'board1', 'main.py'))).toBe(false);
  const second = await start();
  const state = await second.call('wizard.get', { id });
  expect(state).toMatchObject({ task: null, failure: { code: 'CANCELLED', deviceState: 'staged' } });
  expect(await act(second, id, { type: 'push' })).toMatchObject({
    failure: null,
    agent: '0.1.0',
    recovery: { how: 'resumed' },
    journal: { stage: 'confirmed' },
  });
});

it('shows frames again within seconds after the unit was reset while it was watched', async () => {
  const host = await start();
  const id = await described(host);
  const pushed = await act(host, id, { type: 'push' });
  const unit = pushed.kind === 'provision' ? (pushed.unit?.hardwareId ?? '') : '';
  const [page, end] = channelPair();
  host.connect(end);
  let blocks = 0;
  page.onMessage((data) => {
    if (typeof data !== 'string') blocks += 1;
  });
  page.post(JSON.stringify({ id: 1, method: 'live.subscribe', params: { unit } }));
  await expect.poll(() => blocks, { timeout: 5000 }).toBeGreaterThan(2);
  await host.call('bench.fault', { board: 1, fault: { kind: 'powerOff' } });
  const before = blocks;
  await host.call('bench.fault', { board: 1, fault: { kind: 'powerOn' } });
  await expect.poll(() => blocks, { timeout: 6000 }).toBeGreaterThan(before + 3);
  page.close();
});
