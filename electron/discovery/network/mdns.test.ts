import { createSocket } from 'node:dgram';
import { Bonjour } from 'bonjour-service';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { NetworkCandidate } from '../../../shared/contract/devices.ts';
import { Found } from './found.ts';
import { browse, type MdnsOptions, serviceCandidate } from './mdns.ts';

/** Loopback alone, on a port of this test's own: nobody's network is touched. */
async function loopback(): Promise<MdnsOptions & { port: number }> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return { interface: '127.0.0.1', bind: '0.0.0.0', port };
}

/** Looks around until the test is over; `until` resolves with the first list that will do. */
async function look(options: MdnsOptions) {
  const lists: NetworkCandidate[][] = [];
  let check = (): void => undefined;
  const found = new Found((list) => {
    lists.push(list);
    check();
  });
  const stop = await browse(found, options);
  onTestFinished(() => {
    stop();
    found.close();
  });
  const until = (fits: (list: NetworkCandidate[]) => boolean): Promise<NetworkCandidate[]> =>
    new Promise((resolve) => {
      check = () => {
        const fitting = lists.find(fits);
        if (fitting) resolve(fitting);
      };
      check();
    });
  return { until, found };
}

function publisher(options: MdnsOptions): Bonjour {
  const bonjour = new Bonjour(options as ConstructorParameters<typeof Bonjour>[0], () => undefined);
  onTestFinished(() => new Promise<void>((resolve) => bonjour.destroy(() => resolve())));
  return bonjour;
}

it('finds units, brokers and instruments by their services, and notices that one goes', async () => {
  const options = await loopback();
  const other = publisher(options);
  const none = { probe: false, disableIPv6: true };
  const txt = { unit: 'e6614103e7452d2f', tag: 'TT-101', agent: '0.1.0' };
  const unit = other.publish({ name: 'TT-101', type: 'plumbline', port: 80, txt, ...none });
  other.publish({ name: 'Plant broker', type: 'secure-mqtt', port: 8883, ...none });
  other.publish({ name: 'Bath', type: 'scpi-raw', port: 5025, txt: { Model: '7103', junk: 'x' }, ...none });
  other.publish({ name: 'Printer', type: 'http', port: 80, txt: { path: '/' }, ...none });
  const { until } = await look(options);
  const list = await until((found) => found.length === 3);
  expect(list.map((one) => NetworkCandidate.parse(one).looksLike).toSorted()).toEqual([
    'broker',
    'instrument',
    'unit',
  ]);
  expect(list.find(({ looksLike }) => looksLike === 'unit')).toMatchObject({
    found: 'mdns',
    name: 'TT-101',
    service: '_plumbline._tcp',
    port: 80,
    unit: 'e6614103e7452d2f',
    score: 95,
    detail: 'Plumbline unit, TT-101, e6614103e7452d2f, 0.1.0',
  });
  expect(list.find(({ looksLike }) => looksLike === 'instrument')?.detail).toBe('SCPI instrument, 7103');
  unit.stop?.();
  await until((found) => found.length === 2 && found.every(({ looksLike }) => looksLike !== 'unit'));
});

it('stays alive whatever comes in', async () => {
  const options = await loopback();
  const { until } = await look(options);
  const other = publisher(options);
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  // Heads of answers: id, flags of a response, counts, then anything at all or a pointer to itself.
  const head = Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 2, 0, 0, 0, 1]);
  const tails = fc.sample(fc.uint8Array({ maxLength: 200 }), { numRuns: 300, seed: 7 });
  const names = fc.sample(fc.constantFrom('_mqtt', '__proto__', '', '_sub'), { numRuns: 300, seed: 7 });
  for (const [index, tail] of tails.entries()) {
    const name = Buffer.from(names[index] ?? '');
    const label = Buffer.concat([
      Buffer.from([name.length]),
      name,
      Buffer.from('\x04_tcp\x05local\0', 'latin1'),
    ]);
    const type = [1, 12, 16, 33, 255][index % 5] ?? 12;
    const record = Buffer.from([0, type, 0, 1, 0, 0, 0, 120, 0, Math.min(tail.length, 255)]);
    const packet = Buffer.concat([head, label, record, tail]);
    await new Promise((resolve) => socket.send(packet, options.port, '127.0.0.1', resolve));
  }
  other.publish({ name: 'After', type: 'mqtt', port: 1883, probe: false, disableIPv6: true });
  const list = await until((found) => found.some(({ name }) => name === 'After'));
  for (const candidate of list) NetworkCandidate.parse(candidate);
});

it('finds nothing, and that is all, where its port is taken or there is no such network', async () => {
  const socket = createSocket({ type: 'udp4', reuseAddr: false });
  await new Promise<void>((resolve) => socket.bind(0, '0.0.0.0', resolve));
  onTestFinished(() => void socket.close());
  const { port } = socket.address();
  const taken = await look({ interface: '127.0.0.1', bind: '0.0.0.0', port });
  const nowhere = await look({ interface: '192.0.2.77', bind: '192.0.2.77', port: (await loopback()).port });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([taken.found.list(), nowhere.found.list()]).toEqual([[], []]);
});

it('shows what a service says as text that does no harm', () => {
  const told = {
    fqdn: `${'x'.repeat(400)}._esphomelib._tcp.local`,
    name: 'a\u202eb\u0007c',
    host: 'h'.repeat(300),
    port: 6053,
    addresses: ['fe80::1', '192.0.2.9'],
    txt: { friendly_name: 'y'.repeat(900), version: { not: 'text' } },
  };
  const candidate = NetworkCandidate.parse(serviceCandidate('_esphomelib._tcp', told));
  expect(candidate).toMatchObject({ name: 'a b c', host: '192.0.2.9', unit: null });
  expect(candidate.detail).toHaveLength(200);
  expect(serviceCandidate('_esphomelib._tcp', { ...told, port: 1.5 })).toBeNull();
  expect(serviceCandidate('_http._tcp', { ...told, txt: {} })).toBeNull();
  expect(serviceCandidate('_http._tcp', { ...told, txt: { devicetype: 'tasmota' } })?.looksLike).toBe('unit');
});
