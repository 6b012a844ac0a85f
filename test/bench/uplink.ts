import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker } from '../../electron/bench/bench.ts';
import { BenchUnit, channels } from '../peers/networked-unit.ts';
import type { Figure } from './figure.ts';

const periodMs = 20;
const scans = 600;
/** An alarm that reminds five times a second: events on top of the data, the births and the answers. */
const rules = {
  v: 1,
  in: [['t1', 5000]],
  sig: [['in', 0]],
  cond: [['hi', 0, 0, 0]],
  rule: [{ id: 'hot', c: 0, rep: 200, rn: 100 }],
};

/** How much later than its period a scan of a bench board is, by the board's own clock: 99 of 100 are not later. */
async function lateness(mqtt: object | null): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-'));
  const unit = new BenchUnit(folder);
  try {
    const config = { v: 1, version: 1, tag: '', period_ms: periodMs, channels, ...(mqtt ? { mqtt } : {}) };
    await unit.start({ config, rules });
    if (mqtt) await connected(unit);
    const times = await unit.frameTimes(scans);
    const late = times.slice(1).map((time, at) => time - (times[at] ?? 0) - periodMs);
    return late.sort((a, b) => a - b)[Math.floor(0.99 * late.length)] ?? Number.NaN;
  } finally {
    await unit.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function connected(unit: BenchUnit): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const { mqtt } = (await unit.ask('net')) as { mqtt: string };
    if (mqtt === 'up') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the unit did not reach the broker');
}

async function withUplink(): Promise<number> {
  const broker = await startBroker();
  try {
    return await lateness({ host: broker.host, port: broker.port, tls: false });
  } finally {
    await broker.close();
  }
}

export const uplinkDelay: Figure = {
  name: 'scan late by, with data, events and births going to a broker (99 %)',
  beside: 'the same unit without a broker',
  unit: 'ms',
  runs: 3,
  measure: async () => ({ ours: await withUplink(), beside: await lateness(null) }),
};
