import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { IClientOptions } from 'mqtt';
import { afterEach, beforeAll, onTestFinished } from 'vitest';
import { type Program, pythonWithPaho } from '../needs.ts';
import { Authority, mosquitto } from './broker-peers.ts';
import { BenchUnit, CPythonUnit, channels, Watcher } from './networked-unit.ts';
import { temporaryFolder } from './terminal.ts';

export type NetworkedUnit = CPythonUnit | BenchUnit;

/** The agent on both, below a folder of the test's. */
export const units: readonly (readonly [string, (folder: string) => NetworkedUnit])[] = [
  ['CPython', (folder) => new CPythonUnit(join(folder, 'unit'))],
  ['a bench board', (folder) => new BenchUnit(join(folder, 'bench'))],
];

/** The same and, where it is installed, with paho's client; with the programs that each needs. */
export const clients: readonly (readonly [string, (folder: string) => NetworkedUnit, ...Program[]])[] = [
  ...units,
  ['CPython with paho', (folder) => new CPythonUnit(join(folder, 'unit'), pythonWithPaho), 'paho'],
];

export const configWith = (mqtt: object): object => ({
  v: 1,
  version: 1,
  tag: 'TT-101',
  asset: '',
  location: '',
  period_ms: 50,
  channels,
  mqtt,
});

export const text = (path: string): Promise<string> => readFile(path, 'utf8');

export const aclOf = (id: string): string =>
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

/** A port of this test's own. */
export async function listening(onSocket: (socket: Socket) => void): Promise<number> {
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

/** What the tests of a unit's way to a broker have: a folder, two authorities, and the unit that is at work. */
export class Scene {
  folder = '';
  readonly #authorities: Authority[] = [];
  #unit: NetworkedUnit | null = null;

  /** For the file of tests that calls it. */
  constructor() {
    beforeAll(async () => {
      const { path, remove } = await temporaryFolder();
      this.folder = path;
      // mosquitto gives up being root before it reads its files.
      await chmod(path, 0o755);
      this.#authorities.push(await Authority.make(path, 'Project authority'));
      this.#authorities.push(await Authority.make(path, 'Another authority'));
      return remove;
    });
    afterEach(() => this.#unit?.stop());
  }

  #authority(at: number): Authority {
    const found = this.#authorities[at];
    if (!found) throw new Error('the authorities are not made yet');
    return found;
  }

  get ours(): Authority {
    return this.#authority(0);
  }

  get theirs(): Authority {
    return this.#authority(1);
  }

  get unit(): NetworkedUnit {
    if (!this.#unit) throw new Error('there is no unit yet');
    return this.#unit;
  }

  set unit(unit: NetworkedUnit) {
    this.#unit = unit;
  }

  async watch(options: IClientOptions): Promise<Watcher> {
    const watcher = await Watcher.at(options, this.unit.id);
    onTestFinished(() => watcher.end());
    return watcher;
  }

  /** What the unit says is wrong, once it says so. */
  async trouble(): Promise<unknown[]> {
    for (;;) {
      const { trouble } = (await this.unit.ask('net')) as { trouble: unknown[] | null };
      if (trouble) return trouble;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A unit that signs in with a certificate of its own, and mosquitto with one that bears `names`. */
  async certified(
    make: (folder: string) => NetworkedUnit,
    names = 'DNS:broker.plant',
    dates: { from?: string; to?: string } = {},
  ) {
    const unit = make(this.folder);
    this.unit = unit;
    const server = await this.ours.issue('a broker', { names, ...dates });
    const watcher = await this.ours.issue('watcher');
    const leaf = await this.ours.issue(unit.id);
    const acl = join(this.folder, `acl-${unit.id}`);
    await writeFile(acl, aclOf(unit.id));
    const port = await mosquitto(
      this.folder,
      `cafile ${this.ours.file}`,
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
      'ca.pem': await this.ours.pem(),
      'cert.pem': await text(leaf.certificate),
      'key.pem': await text(leaf.key),
    };
    const look = async (): Promise<Watcher> =>
      this.watch({
        port,
        protocol: 'mqtts',
        ca: await this.ours.pem(),
        cert: await text(watcher.certificate),
        key: await text(watcher.key),
        servername: 'broker.plant',
      });
    return { mqtt, slot, look };
  }
}
