import { describe, expect, it } from 'vitest';
import type { Transport } from '../transport/transport.ts';
import { demand } from './workplace.fixture.ts';
import { commissionedWorkplaces, never, sha256 } from './workplace-steps.fixture.ts';

const workplace = commissionedWorkplaces();

describe('two units exchange their ports', () => {
  it('between identify and push', async () => {
    const at = await workplace(2);
    const [first, second] = [at.unit(1), at.unit(2)];
    const before = (await (await at.connections.agent('bench:2', second, never)).hello()).boot;
    const id = await at.described(1);
    await at.fault(1, { kind: 'swapPorts', with: 2 });
    const { failure } = await at.act(id, 'provision', { type: 'push' });
    expect(failure).toMatchObject({
      code: 'WRONG_UNIT',
      deviceState: 'unchanged',
      params: { port: 'bench:1', expected: first, found: second },
    });
    // The program of the unit that is none of this wizard's business was not even interrupted.
    const link = await at.connections.agent('bench:1', second, never);
    expect((await link.hello()).boot).toBe(before);
    await at.fault(1, { kind: 'swapPorts', with: 2 });
    demand(await at.act(id, 'provision', { type: 'push' }));
  });

  it('between push and restart', async () => {
    const at = await workplace(2);
    const second = at.unit(2);
    const before = (await (await at.connections.agent('bench:2', second, never)).hello()).boot;
    const id = await at.described(1);
    at.onChange = (state) => {
      if (state.kind === 'provision' && state.pushed && state.task) {
        at.onChange = () => {};
        void at.fault(1, { kind: 'swapPorts', with: 2 });
      }
    };
    const { failure } = await at.act(id, 'provision', { type: 'push' });
    expect(failure).toMatchObject({
      code: expect.stringMatching(/^(WRONG_UNIT|PORT_LOST)$/),
      // The pointer is flipped; whether it was started since, nobody can ask it.
      deviceState: 'indeterminate',
    });
    const link = await at.connections.agent('bench:1', second, never);
    expect((await link.hello()).boot).toBe(before);
  });

  it('between as-found and adjust', async () => {
    const at = await workplace(2);
    const second = at.unit(2);
    const id = await at.asFound(1);
    const held = [at.held(1, 'calibration.json'), at.held(2, 'calibration.json')];
    await at.fault(1, { kind: 'swapPorts', with: 2 });
    const state = await at.act(id, 'calibrate', { type: 'adjust' });
    expect(state.failure).toMatchObject({
      code: 'WRONG_UNIT',
      deviceState: 'unchanged',
      params: { found: second },
    });
    expect(state.writing).toBe(false);
    expect([at.held(1, 'calibration.json'), at.held(2, 'calibration.json')]).toEqual(held);
    await at.fault(1, { kind: 'swapPorts', with: 2 });
    demand(await at.act(id, 'calibrate', { type: 'adjust' }));
    const left = demand(await at.act(id, 'calibrate', { type: 'measure' }));
    expect(left.verdict).toBe('pass');
    expect(sha256(at.held(1, 'calibration.json'))).toBe(left.written?.sha256);
    expect(at.held(2, 'calibration.json')).toBe(held[1]);
  });

  it('behind an adapter that keeps the port', async () => {
    const adapters: Adapter[] = [];
    const at = await workplace(2, (line) => {
      if (line.port === 'bench:reference') return line;
      const adapter = new Adapter(line);
      adapters.push(adapter);
      return adapter;
    });
    const second = at.unit(2);
    const calibration = await at.asFound(1);
    const provision = await at.described(1);
    const rules = await at.ruled(1);
    const files = ['config.json', 'calibration.json', 'rules.json'];
    const all = (): string[] => files.flatMap((name) => [at.held(1, name), at.held(2, name)]);
    const held = all();
    await at.fault(1, { kind: 'swapPorts', with: 2 });
    adapters[0]?.rewire(await at.bench.open('bench:1'));
    const failed = { code: 'WRONG_UNIT', deviceState: 'unchanged', params: { found: second } };
    expect((await at.act(calibration, 'calibrate', { type: 'adjust' })).failure).toMatchObject(failed);
    expect((await at.act(rules, 'validate', { type: 'push' })).failure).toMatchObject(failed);
    expect((await at.act(provision, 'provision', { type: 'push' })).failure).toMatchObject(failed);
    expect(all()).toEqual(held);
  });
});

/** A converter box: its port stays open whatever is plugged in behind it. */
class Adapter implements Transport {
  readonly port: string;
  readonly kind = 'simulated';
  readonly closed: Promise<{ reason: 'user'; detail: string }>;
  readonly #listeners = new Set<(bytes: Uint8Array) => void>();
  #line: Transport;
  #end: () => void = () => {};
  isOpen = true;

  constructor(line: Transport) {
    this.port = line.port;
    this.#line = line;
    this.closed = new Promise((resolve) => {
      this.#end = () => resolve({ reason: 'user', detail: 'closed' });
    });
    this.rewire(line);
  }

  rewire(line: Transport): void {
    this.#line = line;
    line.onData((bytes) => {
      for (const listener of this.#listeners) listener(bytes);
    });
  }

  write(bytes: Uint8Array, options?: { deadlineMs?: number; signal?: AbortSignal }): Promise<void> {
    return this.#line.write(bytes, options);
  }

  onData(listener: (bytes: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.#end();
    await this.#line.close();
  }
}

describe('a unit that was only asked who it is', () => {
  it('gets its program back when the next one is asked', async () => {
    const at = await workplace(2);
    const before = Number(at.held(1, 'boot'));
    await at.identified(1);
    await at.identified(2);
    await expect.poll(() => Number(at.held(1, 'boot')), { timeout: 15_000 }).toBe(before + 1);
    // Asked before it listens again, it is started once more: on a slow machine the count may be higher.
    const { boot } = await (await at.connections.agent('bench:1', at.unit(1), never)).hello();
    expect(boot).toBeGreaterThan(before);
  });

  it('gets it back when the app closes', async () => {
    const at = await workplace(1);
    const before = Number(at.held(1, 'boot'));
    await at.identified(1);
    await at.connections.close();
    await expect.poll(() => Number(at.held(1, 'boot')), { timeout: 5000 }).toBe(before + 1);
  });

  it('gets it back when it is to be calibrated, also over a new line', async () => {
    const at = await workplace(1);
    await at.identified(1);
    demand(await at.act(await at.planned(1), 'calibrate', { type: 'measure' }));
    await at.identified(1);
    await at.fault(1, { kind: 'pullCable' });
    await at.fault(1, { kind: 'plugIn' });
    demand(await at.act(await at.planned(1), 'calibrate', { type: 'measure' }));
  });
});
