import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type BrokerUser, startBroker } from '../../electron/bench/bench.ts';
import { needs } from '../needs.ts';
import { Authority, accounts, freePort, mosquitto } from './broker-peers.ts';
import { BenchUnit, CPythonUnit, channels, Relay, Watcher } from './networked-unit.ts';
import { temporaryFolder } from './terminal.ts';

/** The unit's own way to a broker: the agent on CPython and on a bench board, at mosquitto and at the bench's broker. */
let folder: string;
let ours: Authority;
let theirs: Authority;
let unit: CPythonUnit | BenchUnit;

beforeAll(async () => {
  const made = await temporaryFolder();
  folder = made.path;
  await chmod(folder, 0o755);
  ours = await Authority.make(folder, 'Project authority');
  theirs = await Authority.make(folder, 'Another authority');
  return made.remove;
});
afterEach(() => unit.stop());

const units = [
  ['CPython', () => new CPythonUnit(join(folder, 'unit'))],
  ['a bench board', () => new BenchUnit(join(folder, 'bench'))],
] as const;

const configWith = (mqtt: object): object => ({
  v: 1,
  version: 1,
  tag: 'TT-101',
  asset: '',
  location: '',
  period_ms: 50,
  channels,
  mqtt,
});

/** Twenty-one events by itself: ON, then as many reminders as it may give. */
const rules = {
  v: 1,
  in: [['t1', 5000]],
  sig: [['in', 0]],
  cond: [['hi', 0, 0, 0]],
  rule: [{ id: 'hot', c: 0, rep: 200, rn: 20 }],
};
const text = (path: string): Promise<string> => readFile(path, 'utf8');

async function watch(options: Parameters<typeof Watcher.at>[0]): Promise<Watcher> {
  const watcher = await Watcher.at(options, unit.id);
  onTestFinished(() => watcher.end());
  return watcher;
}

/** What every unit does wherever it may. */
async function doesItsWork(watcher: Watcher): Promise<void> {
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

const aclOf = (id: string): string =>
  `user watcher\ntopic readwrite plumbline/#\n\nuser ${id}\n${[
    'state',
    'birth',
    'data',
    'event',
    'reply',
    'check',
  ]
    .map((leaf) => `topic write plumbline/${id}/${leaf}\n`)
    .join('')}topic read plumbline/${id}/cmd\n`;

const rightsOf = (id: string): Omit<BrokerUser, 'user' | 'password'> => ({
  write: ['state', 'birth', 'data', 'event', 'reply', 'check'].map((leaf) => `plumbline/${id}/${leaf}`),
  read: [`plumbline/${id}/cmd`],
});

/** A port of this test's own. */
async function listening(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onSocket(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

for (const [name, make] of units)
  needs('mosquitto', 'openssl')(name, () => {
    /** A unit with a certificate of its own, and mosquitto with one that bears `names`. */
    async function certified(names = 'DNS:broker.plant', dates: { from?: string; to?: string } = {}) {
      unit = make();
      const server = await ours.issue('a broker', { names, ...dates });
      const watcher = await ours.issue('watcher');
      const leaf = await ours.issue(unit.id);
      const acl = join(folder, `acl-${unit.id}`);
      await writeFile(acl, aclOf(unit.id));
      const port = await mosquitto(
        folder,
        `cafile ${ours.file}`,
        `certfile ${server.certificate}`,
        `keyfile ${server.key}`,
        'require_certificate true',
        'use_identity_as_username true',
        `acl_file ${acl}`,
      );
      const mqtt = {
        host: '127.0.0.1',
        port,
        tls: true,
        name: 'broker.plant',
        login: 'certificate',
        client: `plumbline-${unit.id}`,
        topic: 'plumbline',
        keepalive: 15,
      };
      const slot = {
        'ca.pem': await ours.pem(),
        'cert.pem': await text(leaf.certificate),
        'key.pem': await text(leaf.key),
      };
      const look = async (): Promise<Watcher> =>
        watch({
          port,
          protocol: 'mqtts',
          ca: await ours.pem(),
          cert: await text(watcher.certificate),
          key: await text(watcher.key),
          servername: 'broker.plant',
        });
      return { port, mqtt, slot, look };
    }

    /** What the unit says is wrong, once it says so. */
    async function trouble(): Promise<unknown[]> {
      for (;;) {
        const { trouble: found } = (await unit.ask('net')) as { trouble: unknown[] | null };
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }

    it('does its work at mosquitto: TLS, certificate of its own, access list', async () => {
      const { mqtt, slot, look } = await certified();
      const watcher = await look();
      await unit.start({ config: configWith(mqtt), slot });
      await doesItsWork(watcher);
    });

    it('does its work at mosquitto with a password, and says which one is wrong', async () => {
      unit = make();
      const secret = 'pass "word"';
      const port = await mosquitto(
        folder,
        ...(await accounts(folder, { [unit.id]: secret, watcher: 'w' }, aclOf(unit.id))),
      );
      const watcher = await watch({ port, username: 'watcher', password: 'w' });
      const config = configWith({ host: '127.0.0.1', port, tls: false, login: 'password', user: unit.id });
      const secrets = (mqtt: string) => ({
        'secret.json': JSON.stringify({ v: 1, wifi: 'plumb-line', mqtt }),
      });
      await unit.start({ config, slot: secrets('wrong') });
      expect(await trouble()).toEqual(['login', 'login', expect.stringMatching(/name, password or rights/)]);
      await unit.stop();
      await unit.start({ config, slot: secrets(secret) });
      await doesItsWork(watcher);
    });

    it.each([
      ['certificate', true],
      ['password', false],
    ] as const)('does its work at the bench’s own broker, with a %s', async (login, tls) => {
      unit = make();
      const server = await ours.issue('a broker', { names: 'DNS:broker.plant' });
      const leaf = await ours.issue(unit.id);
      const broker = await startBroker({
        users: [
          { user: 'watcher', password: 'w', write: ['#'], read: ['#'] },
          { user: unit.id, password: 'p', ...rightsOf(unit.id) },
        ],
        tls: {
          key: await text(server.key),
          certificate: await text(server.certificate),
          clientAuthority: await ours.pem(),
        },
      });
      onTestFinished(() => broker.close());
      const port = tls ? broker.tlsPort : broker.port;
      const watcher = await watch({ port: broker.port, username: 'watcher', password: 'w' });
      await unit.start({
        config: configWith({ host: '127.0.0.1', port, tls, name: 'broker.plant', login }),
        slot: {
          'secret.json': JSON.stringify({ v: 1, wifi: 'plumb-line', mqtt: 'p' }),
          'ca.pem': await ours.pem(),
          'cert.pem': await text(leaf.certificate),
          'key.pem': await text(leaf.key),
        },
      });
      await doesItsWork(watcher);
    });

    it.each([
      ['all the time', false],
      ['with the broker away for a while', true],
    ])('brings every event: %s', async (_name, away) => {
      unit = make();
      const port = await mosquitto(folder, 'allow_anonymous true');
      const relay = new Relay();
      onTestFinished(() => relay.close());
      const near = await relay.listen(port);
      const watcher = await watch({ port });
      await unit.start({ config: configWith({ host: '127.0.0.1', port: near, tls: false }), rules });
      await watcher.next('event', 3);
      if (away) {
        relay.cut = true;
        expect(await watcher.next('state', 2)).toBe('offline');
        expect(await trouble()).toContain('closed');
        await new Promise((resolve) => setTimeout(resolve, 1000));
        relay.cut = false;
        expect(await watcher.next('state', 3)).toBe('online');
      }
      const distinct = (): Set<string> => new Set(watcher.of('event'));
      await expect.poll(() => distinct().size, { timeout: 20_000 }).toBe(21);
      const events = [...distinct()].map(
        (event) => JSON.parse(event) as { seq: number; rule: string; kind: string },
      );
      expect(events.map(({ rule, kind }) => `${rule} ${kind}`)).toEqual([
        'hot ON',
        ...Array(20).fill('hot REP'),
      ]);
      const numbers = events.map(({ seq }) => seq);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      // What was under way when the wire was cut may come twice: boot and seq tell it.
      if (!away) expect(watcher.of('event')).toHaveLength(21);
      await expect.poll(() => unit.ask('net')).toMatchObject({ lost: 0, trouble: null });
      const { sent, acked } = (await unit.ask('net')) as { sent: number; acked: number };
      expect(sent - acked).toBeLessThan(away ? 12 : 1);
    });

    const past = { from: '20200101000000Z', to: '20200201000000Z' };
    const future = { from: '20480101000000Z', to: '20480201000000Z' };
    it.each<[string, unknown[], () => Promise<{ mqtt: object; slot: Record<string, string> }>]>([
      [
        'another name',
        ['tls', 'name', expect.stringContaining('broker.plant')],
        () => certified('DNS:other'),
      ],
      ['expired', ['tls', 'expired', expect.any(String)], () => certified('DNS:broker.plant', past)],
      ['not valid yet', ['tls', 'not-yet', expect.any(String)], () => certified('DNS:broker.plant', future)],
      [
        'of an authority that is not known',
        ['tls', 'authority', expect.any(String)],
        async () => {
          const { mqtt, slot } = await certified();
          return { mqtt, slot: { ...slot, 'ca.pem': await theirs.pem() } };
        },
      ],
      [
        'none: it does not speak TLS',
        ['tls', 'closed', expect.stringContaining('port for TLS')],
        async () => {
          const { mqtt, slot } = await certified();
          return { mqtt: { ...mqtt, port: await mosquitto(folder, 'allow_anonymous true') }, slot };
        },
      ],
      [
        'none: it is something else',
        ['tls', 'plain', expect.stringContaining('does not speak TLS')],
        async () => {
          const { mqtt, slot } = await certified();
          const port = await listening((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
          return { mqtt: { ...mqtt, port }, slot };
        },
      ],
    ])('says what is wrong with the broker’s certificate: %s', async (_name, expected, prepare) => {
      const { mqtt, slot } = await prepare();
      await unit.start({ config: configWith(mqtt), slot });
      expect(await trouble()).toEqual(expected);
      expect(await unit.ask('net')).toMatchObject({ mqtt: expect.stringMatching(/down|connecting/) });
    });

    it.each<[string, unknown[], (mqtt: object, slot: Record<string, string>) => Promise<[object, object]>]>([
      [
        'its own certificate is of another authority',
        ['tls', 'refused', expect.stringContaining('certificate')],
        async (mqtt, slot) => {
          const foreign = await theirs.issue(unit.id);
          return [
            mqtt,
            { ...slot, 'cert.pem': await text(foreign.certificate), 'key.pem': await text(foreign.key) },
          ];
        },
      ],
      [
        'it has none',
        ['files', 'missing', expect.stringContaining('cert.pem')],
        async (mqtt, { 'ca.pem': authority = '' }) => [mqtt, { 'ca.pem': authority }],
      ],
      [
        'it shows none',
        ['tls', 'refused', expect.stringContaining('certificate')],
        async (mqtt, slot) => [{ ...mqtt, login: 'anonymous' }, slot],
      ],
      [
        'nobody listens',
        ['connect', 'refused', expect.any(String)],
        async (mqtt, slot) => [{ ...mqtt, port: await freePort() }, slot],
      ],
      [
        'nobody bears the name',
        ['address', 'unknown', expect.stringContaining('nobody.invalid')],
        async (mqtt, slot) => [{ ...mqtt, host: 'nobody.invalid' }, slot],
      ],
      [
        'the port wants TLS',
        ['login', 'closed', expect.stringContaining('TLS')],
        async (mqtt, slot) => [{ ...mqtt, tls: false, login: 'anonymous' }, slot],
      ],
      [
        'the configuration is wrong',
        ['files', 'config', expect.stringContaining('login')],
        async (mqtt, slot) => [{ ...mqtt, login: 'magic' }, slot],
      ],
    ])('says why it does not come through: %s', async (_name, expected, change) => {
      const { mqtt, slot } = await certified();
      const [config, files] = await change(mqtt, slot);
      await unit.start({ config: configWith(config), slot: files as Record<string, string> });
      expect(await trouble()).toEqual(expected);
    });

    it('keeps scanning while the broker says nothing', async () => {
      unit = make();
      const port = await listening(() => {});
      await unit.start({ config: configWith({ host: '127.0.0.1', port, tls: false }) });
      await expect.poll(() => unit.ask('net')).toMatchObject({ mqtt: 'connecting' });
      const scans = async (): Promise<number> => ((await unit.ask('hello')) as { seq: number }).seq;
      const before = await scans();
      await expect.poll(scans, { timeout: 15_000 }).toBeGreaterThan(before + 10);
      expect(await unit.ask('net')).toMatchObject({ mqtt: 'connecting', trouble: null });
    });
  });
