import { chmod } from 'node:fs/promises';
import { connect as connectTcp, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  type BrokerProof,
  connectBroker,
  preflight,
  proveOnBroker,
  type SignIn,
} from '../../electron/provisioning/broker/broker.ts';
import {
  manifest,
  type Script,
  ScriptedUnit,
  unit,
} from '../../electron/provisioning/broker/scripted-unit.fixture.ts';
import { BrokerSettings, type BrokerSight } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { needs } from '../needs.ts';
import { accounts, mosquitto } from './broker-peers.ts';
import { temporaryFolder } from './terminal.ts';

const base = `plumbline/${unit}`;
const users = { unit: 'pw-unit', app: 'pw-app' };
const signIn = (username: keyof typeof users): SignIn => ({
  kind: 'password',
  username,
  password: () => users[username],
});

const unitLines = ['state', 'birth', 'data', 'event', 'reply', 'check'].map(
  (name) => `topic write ${base}/${name}`,
);
const appLines = ['user app', `topic read ${base}/#`, `topic write ${base}/cmd`];

/** An access list as the app asks for it, but for these lines. */
const aclWithout = (...left: string[]): string =>
  ['user unit', ...unitLines, `topic read ${base}/cmd`, ...appLines]
    .filter((line) => !left.includes(line))
    .join('\n');

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

/** The same broker as one of MQTT 3.1.1 shows itself: whoever asks for MQTT 5 hears that it speaks no such thing. */
async function onlyOld(port: number): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      // The level stands behind the length and the name of the protocol (MQTT 3.1.1, 3.1.2.2).
      if (first[first.indexOf('MQTT') + 4] === 5) return void socket.end(Buffer.from([0x20, 2, 0, 1]));
      const behind = connectTcp({ host: '127.0.0.1', port });
      behind.on('error', () => socket.destroy());
      behind.write(first);
      socket.pipe(behind).pipe(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

needs('mosquitto', 'openssl')('the proof at mosquitto', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await chmod(folder.path, 0o755);
  });
  afterAll(() => folder.remove());

  const broker = async (acl: string): Promise<number> =>
    mosquitto(folder.path, ...(await accounts(folder.path, users, acl)));

  async function tried(port: number): Promise<unknown> {
    const place = { host: '127.0.0.1', port, tls: null, keepAliveSeconds: 15 };
    const [as, watcher] = await Promise.all(
      (['unit', 'app'] as const).map((name) =>
        connectBroker(place, { login: signIn(name), authority: null }),
      ),
    );
    if (!as || !watcher) throw new Error('two connections were asked for');
    await watcher.subscribe(`${base}/#`);
    try {
      return await thrownBy(preflight({ host: place.host, base, unit: as, watcher, echoMs: 400 }));
    } finally {
      await Promise.all([as.end(), watcher.end()]);
    }
  }

  const refusals: [string, [user: string, action: string, topic: string]][] = [
    [`topic write ${base}/check`, ['unit', 'publish to', `${base}/check`]],
    [`topic read ${base}/cmd`, ['unit', 'read', `${base}/cmd`]],
    [`topic write ${base}/cmd`, ['app', 'publish to', `${base}/cmd`]],
  ];

  it.each(['5', '3.1.1'])('tries with the login of the unit, over MQTT %s', async (version) => {
    const reached = async (acl: string): Promise<number> => {
      const port = await broker(acl);
      return version === '5' ? port : onlyOld(port);
    };
    expect(await tried(await reached(aclWithout()))).toBeNull();
    for (const [line, [user, action, topic]] of refusals) {
      const failure = Failure.from(await tried(await reached(aclWithout(line))));
      expect(failure.code).toBe('BROKER_FORBIDDEN');
      expect(failure.params).toMatchObject({ user, action, topic, lines: `user ${user}\n${line}` });
    }
    const blind = Failure.from(await tried(await reached(aclWithout(`topic read ${base}/#`))));
    expect(blind.params).toMatchObject({ user: 'app', action: 'read', topic: `${base}/#` });
  });

  async function prove(
    port: number,
    script: Script,
    more: Partial<BrokerProof> = {},
  ): Promise<BrokerSight[]> {
    const peer = new ScriptedUnit(port, script, { username: 'unit', password: users.unit });
    onTestFinished(() => peer.close());
    const login = { kind: 'password', username: 'unit', password: 'secret:unit' };
    const place = { host: '127.0.0.1', port, tls: null, keepAliveSeconds: 5 };
    const sights: BrokerSight[] = [];
    await proveOnBroker({
      settings: BrokerSettings.parse({ ...place, login, watcher: null }),
      unit,
      hello: { manifest, boot: 7, tag: 'TT-101' },
      link: peer.link,
      watcher: signIn('app'),
      unitLogin: null,
      authority: null,
      saw: (sight) => sights.push(sight),
      ...more,
    });
    return sights;
  }

  it.each([['5'], ['3.1.1']])('sees everything of a sound unit, over MQTT %s', async (version) => {
    const port = await broker(aclWithout());
    const sights = await prove(
      version === '5' ? port : await onlyOld(port),
      {},
      { unitLogin: signIn('unit') },
    );
    expect(sights.map(({ what }) => what)).toEqual(['birth', 'data', 'answer', 'will', 'return']);
  });

  it('names the topic whose messages the broker drops in silence', async () => {
    const line = `topic write ${base}/data`;
    const port = await onlyOld(await broker(aclWithout(line)));
    const own = { unitLogin: signIn('unit'), seconds: { data: 0.5 } };
    const failure = Failure.from(await thrownBy(prove(port, {}, own)));
    expect(failure.code).toBe('BROKER_FORBIDDEN');
    expect(failure.params).toMatchObject({
      user: 'unit',
      topic: `${base}/data`,
      lines: `user unit\n${line}`,
    });
    // Where the unit keeps its login to itself, the app can only guess, and says what to look at.
    const guess = Failure.from(await thrownBy(prove(port, {}, { seconds: { data: 0.5 } })));
    expect(guess.code).toBe('BROKER_SILENT');
    expect(guess.params).toMatchObject({ sight: 'data', lines: `user unit\n${line}` });
    expect(guess.params.detail).toMatch(/the broker may drop what unit publishes there/);
  });
});
