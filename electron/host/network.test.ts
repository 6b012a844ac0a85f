import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { connect } from 'mqtt';
import { pino } from 'pino';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { BrokerSettings } from '../../shared/contract/connection.ts';
import type { NetworkCandidate } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { Vault } from '../secrets/secrets.ts';
import type { JobStore } from '../store/job-store.ts';
import { NetworkLooks } from './network.ts';
import type { Client } from './server.ts';

const unit = 'e6614103e7452d2f';
let port: number;
let connected: () => number;

beforeEach(async () => {
  const aedes = await Aedes.createBroker();
  aedes.authenticate = (_, username, password, done) =>
    done(null, username === 'app' && password?.toString() === 'right');
  const server = createServer((socket) => void aedes.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  connected = () => aedes.connectedClients;
  const first = connect(`mqtt://127.0.0.1:${port}`, {
    username: 'app',
    password: 'right',
    protocolVersion: 4,
  });
  const birth = JSON.stringify({ unit, tag: 'TT-101', agent: '0.1.0' });
  await first.publishAsync(`plumbline/${unit}/birth`, birth, { qos: 1, retain: true });
  await first.endAsync();
  return async () => {
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    await new Promise((resolve) => server.close(resolve));
  };
});

/** Somebody with a page open. */
function client() {
  const closing: (() => void)[] = [];
  const own: Client = {
    post: () => undefined,
    backlog: 0,
    onClose: (listener) => void closing.push(listener),
  };
  const leaves = (): void => {
    for (const listener of closing) listener();
  };
  return { own, leaves, listeners: closing };
}

async function looks() {
  const told: NetworkCandidate[][] = [];
  const heard = Promise.withResolvers<void>();
  const vault = new Vault();
  const network = new NetworkLooks({
    // Without an authority of its own a job's record is empty.
    store: { events: () => [] } as unknown as JobStore,
    vault,
    bench: null,
    log: pino({ level: 'silent' }),
    changed: (list) => {
      told.push(list);
      heard.resolve();
    },
    mdns: false,
  });
  onTestFinished(() => network.close());
  const settings = async (password: string): Promise<BrokerSettings> =>
    BrokerSettings.parse({
      host: '127.0.0.1',
      port,
      tls: null,
      login: { kind: 'password', username: '{unit}', password: 'secret:units' },
      watcher: { kind: 'password', username: 'app', password: await vault.put('app', password) },
    });
  return { network, told, heard: heard.promise, settings };
}

const gone = async (): Promise<void> => {
  while (connected() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
};

it('looks around for as long as somebody wants to see it', async () => {
  const { network, told, heard, settings } = await looks();
  const [first, second] = [client(), client()];
  await network.watch(true, await settings('right'), first.own);
  await network.watch(true, null, second.own);
  await heard;
  expect(told.at(-1)).toMatchObject([{ found: 'broker', service: 'plumbline', unit, name: 'TT-101' }]);
  expect(await network.list(null)).toEqual(told.at(-1));
  first.leaves();
  expect(connected()).toBe(1);
  await network.watch(false, null, second.own);
  await gone();
  await network.watch(true, null, second.own);
  expect(second.listeners).toHaveLength(1);
});

it('looks once where nobody watches', async () => {
  const { network, settings } = await looks();
  expect(await network.list(await settings('right'))).toMatchObject([{ unit }]);
  await gone();
});

it('says why a broker cannot be looked at', async () => {
  const { network, settings } = await looks();
  const failing = (broker: BrokerSettings): Promise<Failure> =>
    network.list(broker).then(
      () => expect.unreachable(),
      (thrown: unknown) => Failure.from(thrown),
    );
  expect((await failing(await settings('wrong'))).code).toBe('BROKER_LOGIN_REFUSED');
  expect((await failing({ ...(await settings('right')), watcher: null })).code).toBe('STEP_BLOCKED');
});
