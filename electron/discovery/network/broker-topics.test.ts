import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetworkCandidate } from '../../../shared/contract/devices.ts';
import type { TopicSource } from './broker-topics.ts';
import { NetworkWatch } from './network.ts';
import { metricNames } from './sparkplug.ts';

type Message = { topic: string; payload: Buffer };

/** A broker as looking around sees it. */
function broker(allows: (filter: string) => boolean = () => true) {
  const listeners = new Set<(message: Message) => void>();
  const filters: string[] = [];
  const source: TopicSource = {
    host: 'broker.plant',
    port: 1883,
    subscribe: async (filter) => {
      filters.push(filter);
      return allows(filter);
    },
    onMessage: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const say = (topic: string, payload: Buffer | string | object): void => {
    const bytes = Buffer.isBuffer(payload)
      ? payload
      : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
    for (const listener of listeners) listener({ topic, payload: bytes });
  };
  return { source, say, filters, listeners };
}

async function watching(given = broker()) {
  let floods = 0;
  const watch = new NetworkWatch({ changed: () => undefined, mdns: false });
  await watch.start();
  const flooded = (): void => {
    floods += 1;
  };
  const refused = await watch.addBroker(given.source, { topic: 'plant/units', flooded });
  return { ...given, watch, refused, floods: () => floods };
}

/** Protobuf: a field with a length. */
const field = (number: number, bytes: Uint8Array | string): Buffer => {
  const body = Buffer.from(bytes);
  return Buffer.concat([Buffer.from([number * 8 + 2, body.length]), body]);
};
const metric = (name: string): Buffer => field(2, Buffer.concat([field(1, name), Buffer.from([0x20, 9])]));
const sparkplugBirth = Buffer.concat([
  Buffer.from([0x08, 0x80, 0x01]),
  metric('Node Control/Rebirth'),
  metric('bdSeq'),
  Buffer.from([0x18, 0]),
]);

const unit = 'e6614103e7452d2f';

describe('what announces itself at a broker', () => {
  it('is found by the topics of each convention', async () => {
    const { watch, say, filters, refused } = await watching();
    expect(filters).toEqual([
      'plant/units/+/birth',
      'homeassistant/+/+/config',
      'homeassistant/+/+/+/config',
      'spBv1.0/+/NBIRTH/+',
      'spBv1.0/+/DBIRTH/+/+',
    ]);
    expect(refused).toEqual([]);
    say(`plant/units/${unit}/birth`, { unit, tag: 'TT-101', agent: '0.1.0', boot: 3 });
    say('homeassistant/sensor/attic/config', {
      name: 'Attic',
      dev: { name: 'Node 7', mf: 'Acme', mdl: 'X1' },
    });
    say('homeassistant/device/node8/config', { dev: { name: 'Node 8' }, cmps: { a: {}, b: {} } });
    say('spBv1.0/Plant/NBIRTH/Gateway', sparkplugBirth);
    say('spBv1.0/Plant/DBIRTH/Gateway/Pump', sparkplugBirth);
    const list = watch.list().map((one) => NetworkCandidate.parse(one));
    expect(list.map(({ service, name, looksLike, unit: id }) => [service, name, looksLike, id])).toEqual([
      ['plumbline', 'TT-101', 'unit', unit],
      ['sparkplug-b', 'Gateway', 'gateway', null],
      ['sparkplug-b', 'Pump', 'unknown', null],
      ['homeassistant', 'Node 8', 'unknown', null],
      ['homeassistant', 'Node 7', 'unknown', null],
    ]);
    expect(list[1]?.detail).toBe('Sparkplug B, group Plant, 2 metrics: Node Control/Rebirth, bdSeq');
    expect(list[3]?.detail).toBe('Home Assistant discovery, 2 components');
    expect(list[4]?.detail).toBe('Home Assistant discovery, sensor, Acme, X1');
    say(`plant/units/${unit}/birth`, '');
    expect(watch.list().map(({ service }) => service)).not.toContain('plumbline');
  });

  it('is told apart by the topic, and counts for nobody else', async () => {
    const { watch, say } = await watching();
    say('plant/units/beef0001/birth', { unit, tag: 'TT-101' });
    say('plant/units/x/birth', { unit: 'x' });
    say('plant/units/beef0001/birth', '55.49');
    say('spBv1.0/Plant/NDATA/Gateway', sparkplugBirth);
    say('spBv1.0/Plant/NBIRTH/Gateway', '55.49');
    say('homeassistant/sensor/attic/config', '[]');
    say('homeassistant/sensor/attic/config', `{"name":"${'x'.repeat(40_000)}"}`);
    expect(watch.list()).toEqual([]);
  });

  it('is not listened to any more once it is too much', async () => {
    const { watch, say, floods, listeners } = await watching();
    for (let number = 0; number < 6000; number += 1) {
      say(`homeassistant/sensor/s${number}/config`, { name: `S ${number}` });
    }
    expect([watch.list().length, floods(), listeners.size]).toEqual([500, 1, 0]);
    const large = await watching();
    for (let number = 0; number < 300; number += 1) large.say('spBv1.0/a/NBIRTH/b', Buffer.alloc(32_000));
    expect([large.floods(), large.listeners.size]).toEqual([1, 0]);
  });

  it('is looked for where the broker allows it', async () => {
    const { refused } = await watching(broker((filter) => !filter.startsWith('spBv1.0')));
    expect(refused).toEqual(['spBv1.0/+/NBIRTH/+', 'spBv1.0/+/DBIRTH/+/+']);
  });

  it('is forgotten with the watch', async () => {
    const { watch, listeners } = await watching();
    watch.close();
    expect(listeners.size).toBe(0);
  });
});

describe('names of metrics', () => {
  it('are read from whole payloads only, and nothing makes the reader fall over', () => {
    expect(metricNames(sparkplugBirth)).toEqual({ names: ['Node Control/Rebirth', 'bdSeq'], count: 2 });
    for (let end = 1; end < sparkplugBirth.length; end += 1) {
      const part = metricNames(sparkplugBirth.subarray(0, end));
      expect(part === null || part.count < 2 || end >= sparkplugBirth.length - 2).toBe(true);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = metricNames(bytes);
        expect(read === null || read.names.length <= 5).toBe(true);
      }),
    );
  });

  it('are five at most', () => {
    const many = metricNames(Buffer.concat(Array.from({ length: 900 }, (_, index) => metric(`m${index}`))));
    expect([many?.names, many?.count]).toEqual([['m0', 'm1', 'm2', 'm3', 'm4'], 900]);
  });
});
