import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uniformAt } from '../../electron/bench/random.ts';
import type { Host } from '../../electron/host/host.ts';
import { noConnection } from '../../shared/contract/connection.ts';
import type { PortInfo } from '../../shared/contract/devices.ts';
import type { ProvisionState } from '../../shared/contract/provision.ts';
import { isProven } from '../../shared/wizard/provision.ts';
import { needs } from '../needs.ts';
import { hostIn, type PluggedUnits, plugIn } from './plugged-units.ts';
import { temporaryFolder } from './terminal.ts';

/** `PLUMBLINE_FULL=1` runs the full number of cycles. */
const cycles = process.env.PLUMBLINE_FULL === '1' ? 200 : 8;

needs('socat')(`two units, unplugged and plugged in ${cycles} times while they are provisioned`, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let units: PluggedUnits;
  let host: Host;
  const seconds: number[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    units = await plugIn(folder.path, 2);
    host = await hostIn(folder.path);
  });

  afterAll(async () => {
    await host?.close();
    await units?.close();
    await folder?.remove();
    if (seconds.length > 0) {
      const sorted = [...seconds].sort((a, b) => a - b);
      const at = (share: number): string => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(2);
      console.log(
        `resumed after ${at(0.5)} s (median), ${at(0.95)} s (95th percentile), ${at(1)} s (longest)`,
      );
    }
  });

  const idOf = (number: number): string =>
    units.bench.state().boards.find((_, i) => i === number - 1)?.hardwareId ?? '';

  /** Provisions the unit wherever it is plugged in, under a tag that says which unit it is meant for. */
  async function begin(unit: string, tag: string): Promise<ProvisionState> {
    const port = await listed(unit);
    const { id } = await host.call('wizard.open', { kind: 'provision', fresh: true });
    const act = async (intent: object): Promise<ProvisionState> => {
      await host.call('wizard.act', { id, action: { kind: 'provision', intent } as never });
      return settled(id);
    };
    await act({ type: 'identify', port });
    await act({
      type: 'describe',
      settings: { tag, asset: '', location: 'Hall', profile: 'bench-thermometer', periodMs: 50 },
      software: { kind: 'app' },
    });
    return act({ type: 'connect', connection: { ...noConnection, setTime: false } });
  }

  async function listed(unit: string): Promise<PortInfo> {
    for (;;) {
      const found = (await host.call('devices.list', {})).find(({ serialNumber }) => serialNumber === unit);
      if (found) return found;
      await sleep(100);
    }
  }

  async function settled(id: string): Promise<ProvisionState> {
    for (;;) {
      const state = (await host.call('wizard.get', { id })) as ProvisionState;
      if (state.task === null) return state;
      await Promise.race([changed(id), sleep(500)]);
    }
  }

  const changed = (id: string): Promise<void> =>
    new Promise((resolve) => {
      const off = host.on('wizard.changed', (state) => {
        if (state.id !== id) return;
        off();
        resolve();
      });
    });

  /** Seconds from now until work with the unit goes on, where it had to wait for the unit; null where it had not. */
  function secondsUntilWork(id: string): Promise<number | null> {
    const from = performance.now();
    let waited = false;
    const worked = new Promise<number>((resolve) => {
      const off = host.on('task.progress', ({ wizard, key }) => {
        if (wizard !== id) return;
        if (key === 'waitingForUnit') waited = true;
        else if (waited) {
          off();
          resolve((performance.now() - from) / 1000);
        }
      });
    });
    return Promise.race([worked, settled(id).then(() => null)]);
  }

  it(
    'nothing is written to the wrong one, nothing is called done that is not, and the work goes on by itself',
    async () => {
      const ids = [idOf(1), idOf(2)];
      for (let cycle = 0; cycle < cycles; cycle += 1) {
        const random = (n: number): number => uniformAt(7, 10 * cycle + n);
        const number = random(0) < 0.5 ? 1 : 2;
        const unit = ids[number - 1] ?? '';
        const tag = `U${number}-${cycle}`;
        const planned = await begin(unit, tag);
        expect(planned.failure, JSON.stringify(planned.failure)).toBeNull();
        await host.call('wizard.act', {
          id: planned.id,
          action: { kind: 'provision', intent: { type: 'push' } },
        });
        await sleep(random(1) * 1000);
        const swaps = random(2) < 0.4;
        await units.bench.fault(
          number,
          swaps ? { kind: 'swapPorts', with: 3 - number } : { kind: 'pullCable' },
        );
        if (!swaps) {
          await sleep(random(3) * 1000);
          await units.bench.fault(number, { kind: 'plugIn' });
        }
        const took = await secondsUntilWork(planned.id);
        if (took !== null) seconds.push(took);
        const state = await settled(planned.id);
        await check(state, unit, tag, ids);
      }
    },
    cycles * 40_000,
  );

  /** What the unit says of itself; asked again where its cable is only just back. */
  async function identified(unit: string): Promise<ProvisionState['unit']> {
    const { id } = await host.call('wizard.open', { kind: 'provision', fresh: true });
    for (let attempt = 1; ; attempt += 1) {
      const port = await listed(unit);
      await host.call('wizard.act', {
        id,
        action: { kind: 'provision', intent: { type: 'identify', port } },
      });
      const { unit: found, failure } = await settled(id);
      if (failure === null) return found;
      if (attempt === 5) throw new Error(`${unit} does not say who it is: ${failure.what}`);
      console.info(`asked again: ${failure.code}: ${failure.what}`);
      await sleep(500);
    }
  }

  async function check(state: ProvisionState, unit: string, tag: string, ids: string[]): Promise<void> {
    expect(state.failure, JSON.stringify(state.failure)).toBeNull();
    expect(isProven(state)).toBe(true);
    for (const [i, id] of ids.entries()) {
      const found = await identified(id);
      expect(found?.hardwareId).toBe(id);
      // What a unit holds was meant for it, always; the one that was provisioned holds what was called done.
      expect(found?.tag ?? `U${i + 1}-`).toMatch(new RegExp(`^U${i + 1}-`));
      if (id === unit) expect(found?.tag).toBe(tag);
    }
  }
});
