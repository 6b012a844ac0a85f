import { expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../electron/bench/bench.ts';
import { needs } from '../needs.ts';
import { freePort, mosquitto } from './broker-peers.ts';
import { clients, configWith, listening, Scene, text } from './uplink-scene.ts';

/** Each way in which a unit does not come through to its broker is told apart, by the unit itself. */
const scene = new Scene();

for (const [name, make, ...programs] of clients) {
  needs(
    'mosquitto',
    'openssl',
    ...programs,
  )(name, () => {
    const past = { from: '20200101000000Z', to: '20200201000000Z' };
    const future = { from: '20480101000000Z', to: '20480201000000Z' };
    it.each<[string, unknown[], () => Promise<{ mqtt: object; slot: Record<string, string> }>]>([
      [
        'another name',
        ['tls', 'name', expect.stringContaining('broker.plant')],
        () => scene.certified(make, 'DNS:other'),
      ],
      [
        'expired',
        ['tls', 'expired', expect.any(String)],
        () => scene.certified(make, 'DNS:broker.plant', past),
      ],
      [
        'not valid yet',
        ['tls', 'not-yet', expect.any(String)],
        () => scene.certified(make, 'DNS:broker.plant', future),
      ],
      [
        'of an authority that is not known',
        ['tls', 'authority', expect.any(String)],
        async () => {
          const { mqtt, slot } = await scene.certified(make);
          return { mqtt, slot: { ...slot, 'ca.pem': await scene.theirs.pem() } };
        },
      ],
      [
        'none: it does not speak TLS',
        ['tls', 'closed', expect.stringContaining('port for TLS')],
        async () => {
          const { mqtt, slot } = await scene.certified(make);
          return { mqtt: { ...mqtt, port: await mosquitto(scene.folder, 'allow_anonymous true') }, slot };
        },
      ],
      [
        'none: it is something else',
        ['tls', 'plain', expect.stringContaining('does not speak TLS')],
        async () => {
          const { mqtt, slot } = await scene.certified(make);
          const port = await listening((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
          return { mqtt: { ...mqtt, port }, slot };
        },
      ],
    ])('says what is wrong with the broker’s certificate: %s', async (_name, expected, prepare) => {
      const { mqtt, slot } = await prepare();
      await scene.unit.start({ config: configWith(mqtt), slot });
      expect(await scene.trouble()).toEqual(expected);
      expect(await scene.unit.ask('net')).toMatchObject({ mqtt: expect.stringMatching(/down|connecting/) });
    });

    it.each<[string, unknown[], (mqtt: object, slot: Record<string, string>) => Promise<[object, object]>]>([
      [
        'its own certificate is of another authority',
        ['tls', 'refused', expect.stringContaining('certificate')],
        async (mqtt, slot) => {
          const foreign = await scene.theirs.issue(scene.unit.id);
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
      const { mqtt, slot } = await scene.certified(make);
      const [config, files] = await change(mqtt, slot);
      await scene.unit.start({ config: configWith(config), slot: files as Record<string, string> });
      expect(await scene.trouble()).toEqual(expected);
    });

    it.each<[string, { write: string[]; read: string[] }, unknown[], string]>([
      [
        'read its commands',
        { write: ['plumbline/%u/#'], read: [] },
        ['session', 'acl', expect.stringContaining('commands')],
        'up',
      ],
      [
        'say anything',
        { write: [], read: ['plumbline/%u/cmd'] },
        ['session', 'closed', expect.any(String)],
        'down',
      ],
    ])('says what it may not: %s', async (_name, rights, expected, mqtt) => {
      scene.unit = make(scene.folder);
      const user = scene.unit.id;
      const broker = await startBroker({ users: [{ user, password: 'p', ...rights }] });
      onTestFinished(() => broker.close());
      await scene.unit.start({
        config: configWith({ host: '127.0.0.1', port: broker.port, tls: false, login: 'password', user }),
        slot: { 'secret.json': JSON.stringify({ v: 1, wifi: 'plumb-line', mqtt: 'p' }) },
      });
      await expect
        .poll(() => scene.unit.ask('net'), { timeout: 10_000 })
        .toMatchObject({ mqtt, trouble: expected });
    });

    it('keeps scanning while the broker says nothing', async () => {
      scene.unit = make(scene.folder);
      const port = await listening(() => {});
      await scene.unit.start({ config: configWith({ host: '127.0.0.1', port, tls: false }) });
      await expect.poll(() => scene.unit.ask('net')).toMatchObject({ mqtt: 'connecting' });
      const scans = async (): Promise<number> => ((await scene.unit.ask('hello')) as { seq: number }).seq;
      const before = await scans();
      await expect.poll(scans, { timeout: 15_000 }).toBeGreaterThan(before + 10);
      expect(await scene.unit.ask('net')).toMatchObject({ mqtt: 'connecting', trouble: null });
    });
  });
}
