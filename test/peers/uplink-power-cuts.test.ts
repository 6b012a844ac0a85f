import { expect, it, onTestFinished } from 'vitest';
import { needs } from '../needs.ts';
import { mosquitto } from './broker-peers.ts';
import { BenchUnit, Relay } from './networked-unit.ts';
import { configWith, Scene } from './uplink-scene.ts';

const scene = new Scene();

/** An alarm that the noise of the sensor sets off and ends again, and its output. */
const rules = {
  v: 1,
  in: [['t1', 5000]],
  sig: [
    ['in', 0],
    ['ewma', 0, 4],
    ['diff', 0, 1],
  ],
  cond: [['hi', 2, 1, 0]],
  rule: [{ id: 'noise', c: 0, act: [['gpio', 4, 1]] }],
};
/** Changes of the board's flash, counted from a start, after which its power dies. */
const cuts = [3, 4, 5, 6, 7, 9, 12];

needs('mosquitto')('a board whose power is cut', () => {
  it('brings what it had written, each once, in order', async () => {
    const unit = new BenchUnit(scene.folder);
    scene.unit = unit;
    const port = await mosquitto(scene.folder, 'allow_anonymous true');
    const relay = new Relay();
    onTestFinished(() => relay.close());
    const near = await relay.listen(port);
    relay.cut = true;
    const watcher = await scene.watch({ port });
    await unit.start({
      config: configWith({ host: '127.0.0.1', port: near, tls: false, backlog_per_s: 100 }),
      rules,
    });
    const { bench } = unit;
    const board = () => bench.state().boards[0];
    for (const n of cuts) {
      // Resolves once the power is gone.
      await bench.fault(1, { kind: 'cutPowerAtChange', n });
      await expect.poll(() => board()?.powered, { timeout: 20_000 }).toBe(false);
      await bench.fault(1, { kind: 'powerOff' });
      await bench.fault(1, { kind: 'powerOn' });
    }
    await expect.poll(() => board()?.pins[4], { timeout: 20_000, interval: 5 }).toBe(1);
    relay.cut = false;
    interface Heard {
      boot: number;
      seq: number;
      kind: string;
      historical?: boolean;
    }
    const heard = (): Heard[] => watcher.of('event').map((event): Heard => JSON.parse(event));
    // Once a record of now has come, all that was kept has.
    await expect.poll(() => heard().some(({ historical }) => !historical), { timeout: 40_000 }).toBe(true);
    const distinct = [...new Map(heard().map((event) => [event.boot * 1e6 + event.seq, event])).entries()];
    const keys = distinct.map(([key]) => key);
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    const starts = new Set(distinct.map(([, { boot }]) => boot));
    expect(starts.size).toBeGreaterThan(3);
    for (const start of starts) {
      const numbers = distinct.filter(([, { boot }]) => boot === start).map(([, { seq }]) => seq);
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    }
  });
});
