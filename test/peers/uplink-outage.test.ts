import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { needs } from '../needs.ts';
import { mosquitto } from './broker-peers.ts';
import { CPythonUnit, Relay } from './networked-unit.ts';
import { configWith, Scene } from './uplink-scene.ts';

/** An outage of this many events and more. */
const wanted = process.env.PLUMBLINE_FULL === '1' ? 100_000 : 2000;
const scene = new Scene();

/** Each comes on and reminds 200 times, once a millisecond. */
const rules = {
  v: 1,
  in: [['t1', 0]],
  sig: [['in', 0]],
  cond: [['hi', 0, 60_000, 0]],
  rule: Array.from({ length: 5 }, (_, i) => ({ id: `r${i}`, c: 0, rep: 1, rn: 200 })),
};

interface Heard {
  boot: number;
  seq: number;
  rule: string;
  kind: string;
  historical?: boolean;
}

needs('mosquitto')('an outage', () => {
  it(`of ${wanted} events, with the power cut in its midst: none lost, none twice, all in order`, async () => {
    const unit = new CPythonUnit(join(scene.folder, 'unit'));
    scene.unit = unit;
    const port = await mosquitto(scene.folder, 'allow_anonymous true', 'max_queued_messages 0');
    const relay = new Relay();
    onTestFinished(() => relay.close());
    const near = await relay.listen(port);
    const watcher = await scene.watch({ port });
    const mqtt = { host: '127.0.0.1', port: near, tls: false, backlog_per_s: 10_000, window: 20 };
    relay.cut = true;
    await unit.start({ config: { ...configWith(mqtt), period_ms: 20 }, rules });
    /** What was decided, by start. */
    const decided: string[][] = [];
    const decide = async (count: number): Promise<void> => {
      await unit.ask('stream', { on: true });
      while (unit.decisions().length < count) {
        for (const [adc, more] of [
          [6500, 5 * 201],
          [100, 5],
        ] as const) {
          const before = unit.decisions().length;
          await unit.setAdc(adc);
          await expect.poll(() => unit.decisions().length - before, { timeout: 20_000 }).toBe(more);
        }
      }
    };
    await decide(wanted / 2);
    decided.push(unit.decisions());
    // The record of what is active is written once a second at most.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await unit.stop();
    unit.powerOn();
    await decide(wanted / 2);
    relay.cut = false;
    const events = (): Heard[] => watcher.of('event').map((event): Heard => JSON.parse(event));
    await expect
      .poll(() => unit.ask('net'), { timeout: 300_000, interval: 500 })
      .toMatchObject({ waiting: 0, lost: 0 });
    decided.push(unit.decisions());
    const all = decided.flat().length;
    expect(all).toBeGreaterThanOrEqual(wanted);
    const distinct = new Map(events().map((event) => [`${event.boot} ${event.seq}`, event]));
    const come = [...distinct.values()];
    expect(come.length).toBe(all);
    for (const [at, words] of decided.entries()) {
      const ofStart = come.filter(({ boot }) => boot === at + 1);
      expect(ofStart.map(({ seq }) => seq)).toEqual(words.map((_, i) => i + 1));
      expect(ofStart.map(({ rule, kind }) => `${rule.slice(1)} ${kind}`)).toEqual(words);
    }
    expect(come.every(({ historical }) => historical)).toBe(true);
    expect(unit.errors).toBe('');
  }, 600_000);
});
