import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startBench } from '../../electron/bench/bench.ts';
import type { AgentLink } from '../../electron/drivers/driver.ts';
import { unitDriverFor } from '../../electron/drivers/drivers.ts';
import { proveOnBroker, type SignIn } from '../../electron/provisioning/broker/broker.ts';
import {
  aclLines,
  mosquittoLines,
  watcherRights,
} from '../../electron/provisioning/credentials/credentials.ts';
import { BrokerSettings, type BrokerSight } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { needs } from '../needs.ts';
import { Authority, type Issued, mosquitto } from './broker-peers.ts';
import { channels, writeUnit } from './networked-unit.ts';
import { temporaryFolder } from './terminal.ts';

/** Of the first board of a bench with the usual seed. */
const unit = 'e66de74fd0e82c10';

needs('mosquitto', 'openssl')(
  'a board of the bench at mosquitto, with TLS, client certificates and access lists',
  () => {
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let ours: Authority;
    let theirs: Authority;
    let leaf: Issued;
    let watcher: SignIn;
    let port: number;

    beforeAll(async () => {
      folder = await temporaryFolder();
      await chmod(folder.path, 0o755);
      ours = await Authority.make(folder.path, 'Project authority');
      theirs = await Authority.make(folder.path, 'Another authority');
      leaf = await ours.issue(unit);
      const own = await ours.issue('plumbline-app');
      watcher = {
        kind: 'certificate',
        subject: 'plumbline-app',
        certificate: await readFile(own.certificate, 'utf8'),
        key: () => readFile(own.key, 'utf8'),
      };
    });
    afterAll(() => folder.remove());

    /** mosquitto with the access list as the app gives it out, but for these lines. */
    async function broker(...without: string[]): Promise<void> {
      const { certificate, key } = await ours.issue('broker', { names: 'DNS:broker.plant' });
      const acl = join(folder.path, `acl-${without.length}`);
      const lines = [
        ...aclLines(unit, unit, 'plumbline'),
        ...mosquittoLines('plumbline-app', watcherRights('plumbline')),
      ];
      await writeFile(acl, lines.filter((line) => !without.includes(line)).join('\n'));
      port = await mosquitto(
        folder.path,
        `cafile ${ours.file}`,
        `certfile ${certificate}`,
        `keyfile ${key}`,
        'require_certificate true',
        'use_identity_as_username true',
        `acl_file ${acl}`,
      );
    }

    /** The board, commissioned for that broker; `authority` is what it trusts. */
    async function board(authority: Authority): Promise<AgentLink> {
      const place = { host: '127.0.0.1', port, tls: true, name: 'broker.plant', keepalive: 5 };
      const mqtt = { ...place, login: 'certificate', user: unit, topic: 'plumbline' };
      const net = { kind: 'wifi', ssid: 'bench', ip: null };
      const about = { v: 1, version: 1, tag: 'TT-101', asset: '', location: '', period_ms: 100 };
      const files = join(folder.path, `bench-${port}-${authority.name.length}`);
      await writeUnit(join(files, 'board1'), {
        config: { ...about, channels, net, mqtt },
        slot: {
          'secret.json': JSON.stringify({ v: 1, wifi: 'plumb-line' }),
          'ca.pem': await authority.pem(),
          'cert.pem': await readFile(leaf.certificate, 'utf8'),
          'key.pem': await readFile(leaf.key, 'utf8'),
        },
      });
      const bench = await startBench({ boards: 1, filesDirectory: files });
      onTestFinished(() => bench.close());
      const transport = await bench.open('bench:1');
      const session = unitDriverFor({ port: 'bench:1', kind: 'simulated' }).open(transport, {});
      return session.attach({ expected: unit });
    }

    async function prove(
      link: AgentLink,
      seconds: { birth?: number; data?: number } = {},
    ): Promise<BrokerSight[]> {
      const { manifest, boot, tag } = await link.hello();
      const sights: BrokerSight[] = [];
      await proveOnBroker({
        settings: BrokerSettings.parse({
          host: '127.0.0.1',
          port,
          tls: { authority: await ours.pem(), name: 'broker.plant' },
          login: { kind: 'certificate' },
          watcher: null,
          keepAliveSeconds: 5,
        }),
        unit,
        hello: { manifest, boot, tag },
        link,
        watcher,
        // The key is the unit's own: the app cannot sign in as it.
        unitLogin: null,
        authority: null,
        saw: (sight) => sights.push(sight),
        seconds,
      });
      return sights;
    }

    const failing = (work: Promise<unknown>): Promise<Failure> =>
      work.then(
        () => expect.unreachable(),
        (thrown: unknown) => Failure.from(thrown),
      );

    it('is proven: birth, data as on the line, answer, last will, return', async () => {
      await broker();
      const sights = await prove(await board(ours));
      expect(sights.map(({ what }) => what)).toEqual(['birth', 'data', 'answer', 'will', 'return']);
      expect(sights[0]?.detail).toContain('tag TT-101');
    });

    it('is not where it trusts another authority, and says so itself', async () => {
      await broker();
      const failure = await failing(prove(await board(theirs), { birth: 8 }));
      expect([failure.code, failure.params.sight]).toEqual(['BROKER_SILENT', 'birth']);
      expect(failure.params.detail).toMatch(/^the unit says: tls: .*\(code \w+\)/);
    });

    it('is not where its data may not be published: the lines that are missing are named', async () => {
      const line = `topic write plumbline/${unit}/data`;
      await broker(line);
      const failure = await failing(prove(await board(ours), { data: 4 }));
      expect([failure.code, failure.params.sight]).toEqual(['BROKER_SILENT', 'data']);
      expect(failure.params.lines).toBe(`user ${unit}\n${line}`);
    });
  },
);
