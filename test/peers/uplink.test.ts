import { createPrivateKey } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { type BrokerUser, startBroker } from '../../electron/bench/bench.ts';
import { needs } from '../needs.ts';
import { accounts, mosquitto } from './broker-peers.ts';
import { Relay, type Watcher } from './networked-unit.ts';
import { aclOf, clients, configWith, type NetworkedUnit, Scene, text } from './uplink-scene.ts';

/** A unit's work at its broker: the agent on CPython and on a bench board, at mosquitto and at the bench's broker. */
const scene = new Scene();

/** Twenty-one events by itself: ON, then as many reminders as it may give. */
const rules = {
  v: 1,
  in: [['t1', 5000]],
  sig: [['in', 0]],
  cond: [['hi', 0, 0, 0]],
  rule: [{ id: 'hot', c: 0, rep: 200, rn: 20 }],
};
interface RuleRecord {
  boot: number;
  seq: number;
  rule: string;
  kind: string;
  historical?: boolean;
}

/** What every unit does wherever it may. */
async function doesItsWork(unit: NetworkedUnit, watcher: Watcher): Promise<void> {
  expect(await watcher.next('state')).toBe('online');
  const hello = (await unit.ask('hello')) as Record<string, unknown>;
  const { sw, boot, rev } = hello;
  expect(sw).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.parse(await watcher.next('birth'))).toEqual({
    unit: unit.id,
    agent: '0.1.0',
    sw,
    slot: 'a',
    tag: 'TT-101',
    boot,
    t: expect.any(Number),
    channels: ['t1'],
    rev,
  });
  expect(JSON.parse(await watcher.next('data'))).toEqual({
    boot,
    seq: expect.any(Number),
    t: expect.any(Number),
    v: { t1: expect.any(Number) },
  });
  await watcher.command({ id: 41, verb: 'hello', args: {} });
  expect(JSON.parse(await watcher.next('reply'))).toMatchObject({ id: 41, ok: { unit: unit.id, sw } });
  await watcher.command({ id: 42, verb: 'reset', args: {} });
  expect(JSON.parse(await watcher.next('reply', 2))).toEqual({ id: 42, no: ['invalid', 'no such verb'] });
  await unit.ask('drop', { hold_ms: 300 });
  expect(await watcher.next('state', 2)).toBe('offline');
  expect(await watcher.next('state', 3)).toBe('online');
  expect(JSON.parse(await watcher.next('birth', 2))).toMatchObject({ unit: unit.id, boot });
  expect(await unit.ask('net')).toMatchObject({ mqtt: 'up', trouble: null, lost: 0 });
  expect(unit.errors).toBe('');
}

const rightsOf = (id: string): Omit<BrokerUser, 'user' | 'password'> => ({
  write: ['state', 'birth', 'data', 'event', 'reply', 'check'].map((leaf) => `plumbline/${id}/${leaf}`),
  read: [`plumbline/${id}/cmd`],
});

for (const [name, make, ...programs] of clients) {
  needs(
    'mosquitto',
    'openssl',
    ...programs,
  )(name, () => {
    it('does its work at mosquitto: TLS, certificate of its own, access list', async () => {
      const { mqtt, slot, look } = await scene.certified(make);
      const watcher = await look();
      await scene.unit.start({ config: configWith(mqtt), slot });
      await doesItsWork(scene.unit, watcher);
    });

    it('does its work at mosquitto with a password, and says which one is wrong', async () => {
      scene.unit = make(scene.folder);
      const secret = 'pass "word"';
      const port = await mosquitto(
        scene.folder,
        ...(await accounts(scene.folder, { [scene.unit.id]: secret, watcher: 'w' }, aclOf(scene.unit.id))),
      );
      const watcher = await scene.watch({ port, username: 'watcher', password: 'w' });
      const config = configWith({
        host: '127.0.0.1',
        port,
        tls: false,
        login: 'password',
        user: scene.unit.id,
      });
      const secrets = (mqtt: string) => ({
        'secret.json': JSON.stringify({ v: 1, wifi: 'plumb-line', mqtt }),
      });
      await scene.unit.start({ config, slot: secrets('wrong') });
      expect(await scene.trouble()).toEqual([
        'login',
        'login',
        expect.stringMatching(/name, password or rights/),
      ]);
      await scene.unit.stop();
      await scene.unit.start({ config, slot: secrets(secret) });
      await doesItsWork(scene.unit, watcher);
    });

    it.each([
      ['certificate', true],
      ['password', false],
    ] as const)('does its work at the bench’s own broker, with a %s', async (login, tls) => {
      scene.unit = make(scene.folder);
      const server = await scene.ours.issue('a broker', { names: 'DNS:broker.plant' });
      const leaf = await scene.ours.issue(scene.unit.id);
      const broker = await startBroker({
        users: [
          { user: 'watcher', password: 'w', write: ['#'], read: ['#'] },
          { user: scene.unit.id, password: 'p', ...rightsOf(scene.unit.id) },
        ],
        tls: {
          key: await text(server.key),
          certificate: await text(server.certificate),
          clientAuthority: await scene.ours.pem(),
        },
      });
      onTestFinished(() => broker.close());
      const port = tls ? broker.tlsPort : broker.port;
      const watcher = await scene.watch({ port: broker.port, username: 'watcher', password: 'w' });
      await scene.unit.start({
        config: configWith({ host: '127.0.0.1', port, tls, name: 'broker.plant', login }),
        slot: {
          'secret.json': JSON.stringify({ v: 1, wifi: 'plumb-line', mqtt: 'p' }),
          'ca.pem': await scene.ours.pem(),
          'cert.pem': await text(leaf.certificate),
          // As some programs write it: SEC 1 instead of PKCS #8.
          'key.pem': createPrivateKey(await text(leaf.key))
            .export({ type: 'sec1', format: 'pem' })
            .toString(),
        },
      });
      await doesItsWork(scene.unit, watcher);
    });

    it('sends summaries instead of every value', async () => {
      scene.unit = make(scene.folder);
      const port = await mosquitto(scene.folder, 'allow_anonymous true');
      const watcher = await scene.watch({ port });
      await scene.unit.start({ config: configWith({ host: '127.0.0.1', port, tls: false, summary_s: 1 }) });
      const data = (): Record<string, unknown>[] => watcher.of('data').map((each) => JSON.parse(each));
      const summaries = () => data().filter(({ sum }) => sum !== undefined);
      await expect.poll(() => summaries().length, { timeout: 20_000 }).toBeGreaterThan(2);
      for (const { sum } of summaries()) {
        const { t1 } = sum as { t1: [number, number, number, number] };
        const [least, mean, greatest, count] = t1;
        expect(least).toBeLessThanOrEqual(mean);
        expect(mean).toBeLessThanOrEqual(greatest);
        expect(t1.every(Number.isInteger)).toBe(true);
        // Scans of 50 ms, on a busy computer perhaps not all of them.
        expect(count).toBeGreaterThan(2);
        expect(count).toBeLessThanOrEqual(21);
      }
      // One reading a summary, so that somebody who looks sees that it lives.
      expect(data().length - summaries().length).toBeLessThanOrEqual(summaries().length + 2);
      await expect.poll(() => scene.unit.ask('net')).toMatchObject({ lost: 0, trouble: null });
    });

    it.each([
      ['all the time', false],
      ['with the broker away for a while', true],
    ])('brings every event: %s', async (_name, away) => {
      scene.unit = make(scene.folder);
      const port = await mosquitto(scene.folder, 'allow_anonymous true');
      const relay = new Relay();
      onTestFinished(() => relay.close());
      const near = await relay.listen(port);
      const watcher = await scene.watch({ port });
      await scene.unit.start({ config: configWith({ host: '127.0.0.1', port: near, tls: false }), rules });
      await watcher.next('event', 3);
      if (away) {
        relay.cut = true;
        expect(await watcher.next('state', 2)).toBe('offline');
        expect(await scene.trouble()).toContain('closed');
        await new Promise((resolve) => setTimeout(resolve, 1000));
        relay.cut = false;
        expect(await watcher.next('state', 3)).toBe('online');
      }
      // What was under way when the wire was cut may come twice: start and number tell it.
      const distinct = () => {
        const heard = watcher.of('event').map((event): RuleRecord => JSON.parse(event));
        return new Map(heard.map((event) => [`${event.boot} ${event.seq}`, event]));
      };
      await expect.poll(() => distinct().size, { timeout: 20_000 }).toBe(21);
      const events = [...distinct().values()];
      const live = events.findIndex(({ historical }) => !historical);
      expect(events.slice(live).some(({ historical }) => historical)).toBe(away);
      expect(events.map(({ rule, kind }) => `${rule} ${kind}`)).toEqual([
        'hot ON',
        ...Array(20).fill('hot REP'),
      ]);
      const numbers = events.map(({ seq }) => seq);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      if (!away) expect(watcher.of('event')).toHaveLength(21);
      await expect.poll(() => scene.unit.ask('net')).toMatchObject({ lost: 0, waiting: 0, trouble: null });
      const { sent, acked } = (await scene.unit.ask('net')) as { sent: number; acked: number };
      expect(sent - acked).toBeLessThan(away ? 12 : 1);
    });
  });
}
