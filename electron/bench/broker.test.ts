import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { startBench } from './bench.ts';
import { type BenchBroker, type BrokerOptions, startBroker } from './broker.ts';

const users = [
  { user: 'watcher', password: 'w', write: ['#'], read: ['#'] },
  { user: 'unit', password: 'u', write: ['plumbline/%u/state'], read: ['plumbline/%u/cmd'] },
];

async function started(options?: BrokerOptions): Promise<BenchBroker> {
  const broker = await startBroker(options);
  onTestFinished(() => broker.close());
  return broker;
}

async function client(broker: BenchBroker, options: IClientOptions = {}): Promise<MqttClient> {
  const { host, port } = broker;
  const made = await connectAsync({ host, port, reconnectPeriod: 0, ...options });
  made.on('error', () => {});
  onTestFinished(() => made.endAsync(true));
  return made;
}

const nextMessage = (from: MqttClient): Promise<string> =>
  new Promise((resolve) =>
    from.once('message', (topic, payload) => resolve(`${topic} ${payload.toString()}`)),
  );

it('lets anybody in and everywhere unless it has users', async () => {
  const broker = await started();
  expect(broker.tlsPort).toBeNull();
  const one = await client(broker);
  await one.subscribeAsync('a/#', { qos: 1 });
  const said = nextMessage(one);
  await (await client(broker)).publishAsync('a/b', 'hello', { qos: 1 });
  expect(await said).toBe('a/b hello');
});

it('refuses whom it does not know, and what a user may not', async () => {
  const broker = await started({ users });
  await expect(client(broker)).rejects.toMatchObject({ code: 4 });
  await expect(client(broker, { username: 'unit', password: 'w' })).rejects.toMatchObject({ code: 4 });
  await expect(client(broker, { username: 'other', password: 'u' })).rejects.toMatchObject({ code: 4 });
  const unit = await client(broker, { username: 'unit', password: 'u', clientId: 'c1' });
  expect(broker.clients).toEqual(['c1']);
  await expect(unit.subscribeAsync('plumbline/#')).rejects.toThrow();
  expect(await unit.subscribeAsync('plumbline/unit/cmd')).toMatchObject([
    { topic: 'plumbline/unit/cmd', qos: 0 },
  ]);
  const watcher = await client(broker, { username: 'watcher', password: 'w' });
  await watcher.subscribeAsync('#', { qos: 1 });
  const said = nextMessage(watcher);
  await unit.publishAsync('plumbline/unit/state', 'online', { qos: 1 });
  expect(await said).toBe('plumbline/unit/state online');
  const cut = new Promise((resolve) => unit.once('close', () => resolve('closed')));
  unit.publish('plumbline/unit/cmd', 'mine', { qos: 1 });
  expect(await cut).toBe('closed');
});

it('takes new users while it runs, and ends every connection when it ends', async () => {
  const broker = await started({ users: [] });
  await expect(client(broker, { username: 'unit', password: 'u' })).rejects.toMatchObject({ code: 4 });
  broker.setUsers(users);
  const unit = await client(broker, { username: 'unit', password: 'u' });
  const cut = new Promise((resolve) => unit.once('close', () => resolve('closed')));
  await broker.close();
  expect(await cut).toBe('closed');
  await expect(client(broker)).rejects.toThrow();
});

it('is the host bench:broker of a bench, its TLS port and its plain one by their usual numbers', async () => {
  const bench = await startBench({ boards: 0 });
  onTestFinished(() => bench.close());
  expect(bench.address('bench:broker', 1883)).toBeNull();
  const first = await bench.startBroker();
  expect(bench.address('bench:broker', 1883)).toEqual({ host: '127.0.0.1', port: first.port });
  expect(bench.address('bench:broker', 8883)).toEqual({ host: '127.0.0.1', port: first.port });
  expect(bench.address('broker', 1883)).toBeNull();
  const second = await bench.startBroker({ users });
  expect(bench.broker).toBe(second);
  await expect(client(first)).rejects.toThrow();
});
