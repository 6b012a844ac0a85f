import { chmod, readFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  type BrokerConnection,
  type BrokerPlace,
  type ConnectOptions,
  connectBroker,
} from '../../electron/provisioning/broker/broker.ts';
import { Failure, type FailureCode } from '../../shared/contract/failure.ts';
import { needs } from '../needs.ts';
import { Authority, accounts, freePort, type Issued, mosquitto, opensslServer } from './broker-peers.ts';
import { temporaryFolder } from './terminal.ts';

const tls = (name = 'localhost'): BrokerPlace['tls'] => ({ authority: null, name });
const nobody = { kind: 'anonymous' } as const;
const password = (username: string, text: string): ConnectOptions['login'] => ({
  kind: 'password',
  username,
  password: () => text,
});

async function connect(
  port: number,
  secure: BrokerPlace['tls'],
  options: Partial<ConnectOptions> = {},
): Promise<BrokerConnection> {
  const place = { host: '127.0.0.1', port, tls: secure, keepAliveSeconds: 15 };
  const connection = await connectBroker(place, { login: nobody, authority: null, ...options });
  onTestFinished(() => connection.end());
  return connection;
}

async function failing(code: FailureCode, work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Failure);
  const failure = Failure.from(thrown);
  expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(/./)]);
  return failure;
}

needs('mosquitto', 'openssl')('a connection to mosquitto', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let ours: Authority;
  let theirs: Authority;
  let authority: string;
  let good: Issued;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await chmod(folder.path, 0o755);
    ours = await Authority.make(folder.path, 'Project authority');
    theirs = await Authority.make(folder.path, 'Another authority');
    authority = await ours.pem();
    good = await ours.issue('broker.example', { names: 'DNS:localhost,DNS:broker.example,IP:127.0.0.1' });
  });

  afterAll(() => folder.remove());

  const secured = ({ certificate, key }: Issued): string[] => [`certfile ${certificate}`, `keyfile ${key}`];
  const open = ['allow_anonymous true'];

  it('comes about, plain and secure, by name and by address, with MQTT 5', async () => {
    const plain = await mosquitto(folder.path, ...open);
    expect((await connect(plain, null)).protocol).toBe('5');
    const port = await mosquitto(folder.path, ...open, ...secured(good));
    for (const name of ['localhost', 'broker.example', '127.0.0.1']) {
      expect((await connect(port, tls(name), { authority })).protocol).toBe('5');
    }
  });

  it('names the certificate of a wrong name', async () => {
    const port = await mosquitto(folder.path, ...open, ...secured(good));
    const { params } = await failing('BROKER_WRONG_NAME', connect(port, tls('mqtt.plant'), { authority }));
    expect(params).toMatchObject({ found: 'localhost, broker.example, 127.0.0.1', expected: 'mqtt.plant' });
  });

  it('names the dates of a certificate that is over, or not valid yet', async () => {
    const names = 'DNS:localhost';
    const over = await ours.issue('old', { names, from: '20200101000000Z', to: '20210101000000Z' });
    const early = await ours.issue('new', { names, from: '20900101000000Z', to: '20910101000000Z' });
    const now = () => Date.parse('2026-11-22T00:00:00Z');
    const first = await mosquitto(folder.path, ...open, ...secured(over));
    const expired = await failing('BROKER_CERTIFICATE_DATE', connect(first, tls(), { authority, now }));
    expect(expired.params).toMatchObject({
      subject: 'old',
      from: '2020-01-01T00:00:00.000Z',
      to: '2021-01-01T00:00:00.000Z',
      now: '2026-11-22T00:00:00.000Z',
    });
    const second = await mosquitto(folder.path, ...open, ...secured(early));
    const notYet = await failing('BROKER_CERTIFICATE_DATE', connect(second, tls(), { authority, now }));
    expect(notYet.params).toMatchObject({ subject: 'new', from: '2090-01-01T00:00:00.000Z' });
  });

  it('names the issuer that is not trusted', async () => {
    const foreign = await theirs.issue('localhost', { names: 'DNS:localhost' });
    const port = await mosquitto(folder.path, ...open, ...secured(foreign));
    const { params } = await failing('BROKER_UNKNOWN_AUTHORITY', connect(port, tls(), { authority }));
    expect(params).toMatchObject({
      subject: 'localhost',
      issuer: 'Another authority',
      trusted: 'Project authority',
    });
    // None of ours at all: what this computer trusts does not know it either.
    await failing('BROKER_UNKNOWN_AUTHORITY', connect(port, tls()));
  });

  it('tells plain from secure ports', async () => {
    const plain = await mosquitto(folder.path, ...open);
    const secure = await mosquitto(folder.path, ...open, ...secured(good));
    const asked = await failing('BROKER_TLS', connect(plain, tls(), { authority }));
    expect(asked.params.detail).toBe('this port does not speak TLS');
    const notAsked = await failing('BROKER_TLS', connect(secure, null));
    expect(notAsked.params.detail).toBe('this port speaks TLS, but a plain connection was asked for');
  });

  it('tells which client certificate is missing, foreign or over', async () => {
    const demanding = [...secured(good), `cafile ${ours.file}`, 'require_certificate true'];
    const port = await mosquitto(folder.path, ...demanding, 'use_identity_as_username true');
    const login = async ({ certificate, key }: Issued): Promise<ConnectOptions['login']> => ({
      kind: 'certificate',
      subject: 'unit-7',
      certificate: await readFile(certificate, 'utf8'),
      key: () => readFile(key, 'utf8'),
    });
    const own = await connect(port, tls(), { authority, login: await login(await ours.issue('unit-7')) });
    expect(own.user).toBe('unit-7');

    const none = await failing('BROKER_TLS', connect(port, tls(), { authority }));
    expect(none.params.detail).toBe('it demands a client certificate, and none was shown');
    const foreign = { authority, login: await login(await theirs.issue('unit-7')) };
    const refused = await failing('BROKER_TLS', connect(port, tls(), foreign));
    expect(refused.params.detail).toBe('it refused the client certificate that was shown');
    const dates = { from: '20200101000000Z', to: '20210101000000Z' };
    const over = { authority, login: await login(await ours.issue('unit-7', dates)) };
    const late = await failing('BROKER_TLS', connect(port, tls(), over));
    expect(late.params.detail).toBe('it refused the client certificate because of its dates');
  });

  it('tells that a client certificate is missing where TLS 1.2 has no word of its own for it', async () => {
    const own = `-CAfile ${ours.file} -cert ${good.certificate} -key ${good.key}`;
    const port = await opensslServer(...`-tls1_2 -Verify 1 -verify_return_error ${own}`.split(' '));
    const { params } = await failing('BROKER_TLS', connect(port, tls(), { authority }));
    expect(params.detail).toBe('it refused the handshake; often it demands a client certificate');
  });

  it('names the user whose login is refused, and the code', async () => {
    const port = await mosquitto(folder.path, ...(await accounts(folder.path, { bench: 'right-password' })));
    expect((await connect(port, null, { login: password('bench', 'right-password') })).user).toBe('bench');
    const wrong = connect(port, null, { login: password('bench', 'wrong-password') });
    const failure = await failing('BROKER_LOGIN_REFUSED', wrong);
    expect(failure.params).toMatchObject({ user: 'bench', code: 135 });
    expect(JSON.stringify(failure)).not.toContain('password"');
    expect(JSON.stringify([failure, failure.stack])).not.toContain('wrong-password');
    await failing('BROKER_LOGIN_REFUSED', connect(port, null));
  });

  it('says that nobody listens', async () => {
    const { params } = await failing('BROKER_UNREACHABLE', connect(await freePort(), null));
    expect(params.detail).toBe('the computer is there, but nothing listens on this port');
  });
});

/** A server of TCP, ended with the test. */
async function serve(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it('speaks MQTT 3.1.1 with a broker that knows no other', async () => {
  const aedes = await Aedes.createBroker();
  onTestFinished(() => new Promise<void>((resolve) => aedes.close(() => resolve())));
  aedes.authenticate = (_, username, given, done) =>
    done(null, username === 'bench' && given?.toString() === 'right');
  const port = await serve(createServer((socket) => aedes.handle(socket)));
  const connection = await connect(port, null, { login: password('bench', 'right') });
  expect(connection.protocol).toBe('3.1.1');
  const wrong = connect(port, null, { login: password('bench', 'wrong') });
  expect((await failing('BROKER_LOGIN_REFUSED', wrong)).params.code).toBe(5);
});

it.each([
  ['cuts the connection', (socket: Socket): unknown => socket.destroy()],
  ['answers with nonsense', (socket: Socket): unknown => socket.end('HTTP/1.1 400\r\n\r\n')],
])('says of something else that %s that it was reached', async (_, play) => {
  const port = await serve(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => play(socket));
    }),
  );
  const { params } = await failing('BROKER_UNREACHABLE', connect(port, null));
  expect(params.detail).toBe('it was reached, but cut the connection');
});

it('gives up on a broker that says nothing, and at once when told to', async () => {
  const port = await serve(createServer((socket) => void socket.on('error', () => undefined)));
  const stop = new AbortController();
  const cancelled = connect(port, null, { signal: stop.signal });
  setTimeout(() => stop.abort(), 50);
  await failing('CANCELLED', cancelled);
  const { params } = await failing('BROKER_UNREACHABLE', connect(port, null));
  expect(params.detail).toBe('nothing came within 5 s while signing in');
});

it('ends with a broker that announces a packet without end', async () => {
  const port = await serve(
    createServer((socket) => {
      socket.on('error', () => undefined);
      // CONNACK of MQTT 5, then a publish of 256 MB.
      socket.once(
        'data',
        () => void socket.write(Buffer.from([0x20, 3, 0, 0, 0, 0x30, 0xff, 0xff, 0xff, 0x7f])),
      );
    }),
  );
  const connection = await connect(port, null);
  expect(await connection.closed).toBeInstanceOf(Error);
});
