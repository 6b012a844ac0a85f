import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../electron/bench/bench.ts';
import { seedFor, uniformAt } from '../../electron/bench/random.ts';
import { CPythonUnit, channels, Watcher } from './networked-unit.ts';
import { temporaryFolder } from './terminal.ts';

/** Brokers that do what brokers do not: the unit goes on scanning, and says in words what is wrong. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let unit: CPythonUnit;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());
afterEach(() => unit.stop());

const accepted = [0x20, 2, 0, 0];

/** A unit at a broker that says these bytes to every connection, once it has heard something. */
async function unitAt(says: (connection: number) => Uint8Array, keepalive = 15): Promise<void> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    const bytes = says(connections);
    connections += 1;
    socket.once('data', () => socket.write(bytes));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await startUnit({ port: (server.address() as AddressInfo).port, keepalive });
}

async function startUnit(mqtt: object): Promise<void> {
  unit = new CPythonUnit(join(folder.path, 'unit'));
  const config = { v: 1, version: 1, tag: '', period_ms: 50, channels };
  await unit.start({ config: { ...config, mqtt: { host: '127.0.0.1', tls: false, ...mqtt } } });
}

interface Net {
  mqtt: string;
  trouble: unknown[] | null;
}
const net = async (): Promise<Net> => (await unit.ask('net')) as Net;

it.each<[string, unknown[], number[]]>([
  [
    'bytes that are no MQTT',
    ['session', 'protocol', expect.any(String)],
    [0x20, 0xff, 0xff, 0xff, 0xff, 0xff],
  ],
  ['a packet that a broker does not send', ['session', 'protocol', expect.any(String)], [0x10, 0]],
  ['an acknowledgement that is cut short', ['session', 'protocol', expect.any(String)], [0x20, 0]],
  [
    'a message without its number',
    ['session', 'protocol', expect.any(String)],
    [...accepted, 0x32, 4, 0, 2, 97, 98],
  ],
  ['an unknown protocol', ['login', 'protocol', expect.any(String)], [0x20, 2, 0, 1]],
  ['that the client id will not do', ['login', 'identifier', expect.any(String)], [0x20, 2, 0, 2]],
  ['that it is out of service', ['login', 'unavailable', expect.any(String)], [0x20, 2, 0, 3]],
  ['a wrong password', ['login', 'login', expect.stringContaining('password')], [0x20, 2, 0, 4]],
  ['a refusal of its own', ['login', 'refused', expect.stringContaining('99')], [0x20, 2, 0, 99]],
])('says what is wrong with %s', async (_, expected, bytes) => {
  await unitAt(() => Uint8Array.from(bytes));
  await expect.poll(async () => (await net()).trouble, { timeout: 10_000 }).toEqual(expected);
});

it('notices a broker that went silent', async () => {
  await unitAt(() => Uint8Array.from(accepted), 1);
  await expect
    .poll(async () => (await net()).trouble, { timeout: 10_000 })
    .toEqual(['session', 'silent', expect.any(String)]);
});

it('goes on whatever a broker says', async () => {
  let connections = 0;
  await unitAt((connection) => {
    connections = connection + 1;
    const noise = Uint8Array.from({ length: 3000 }, (_, at) => 256 * uniformAt(seedFor(7, connection), at));
    return connection % 2 === 0 ? noise : Uint8Array.from([...accepted, ...noise]);
  });
  for (let round = 1; round <= 12; round += 1) {
    await expect.poll(() => connections, { timeout: 10_000 }).toBeGreaterThanOrEqual(round);
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Without the pause that troubles make longer and longer.
    await unit.ask('drop', { hold_ms: 0 });
  }
  const { checks } = (await unit.ask('selftest')) as { checks: [string, boolean, string][] };
  expect(checks.every(([, passed]) => passed)).toBe(true);
  expect(unit.errors).toBe('');
});

it('takes commands of its own time and of a size that it can hold, and no others', async () => {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  unit = new CPythonUnit(join(folder.path, 'unit'));
  const watcher = await Watcher.at({ port: broker.port }, unit.id);
  onTestFinished(() => watcher.end());
  await watcher.command({ id: 1, verb: 'hello' }, true);
  await startUnit({ port: broker.port });
  await watcher.next('birth');
  await watcher.command({ id: 2, verb: 'hello', args: { much: 'x'.repeat(100_000) } });
  for (const words of [
    [],
    7,
    { id: 'a' },
    { id: -1 },
    { id: 1.5, verb: 'hello' },
    { id: true, verb: 'hello' },
  ]) {
    await watcher.command(words);
  }
  await watcher.command({ id: 3, verb: 'ack', args: 5 });
  await watcher.command({ id: 4, verb: 'stop' });
  await watcher.command({ id: 5, verb: 'net' });
  expect(JSON.parse(await watcher.next('reply', 3))).toMatchObject({
    id: 5,
    ok: { mqtt: 'up', trouble: null },
  });
  expect(watcher.of('reply').map((reply) => JSON.parse(reply) as object)).toMatchObject([
    { id: 3, no: ['off', expect.any(String)] },
    { id: 4, no: ['invalid', 'no such verb'] },
    { id: 5 },
  ]);
});
