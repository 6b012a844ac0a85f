import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startBench } from '../../electron/bench/bench.ts';
import { MicroPythonSession } from '../../electron/drivers/micropython/unit-session.ts';
import { connectBroker, preflight } from '../../electron/provisioning/broker/broker.ts';
import {
  type Authority,
  type Credential,
  certificateRequest,
  createAuthority,
  credentialFor,
  pemOf,
  watcherFor,
} from '../../electron/provisioning/credentials/credentials.ts';
import { unitSigner } from '../../electron/provisioning/credentials/request.ts';
import { Vault } from '../../electron/secrets/secrets.ts';
import { BrokerSettings } from '../../shared/contract/connection.ts';
import { needs } from '../needs.ts';
import { mosquitto } from './broker-peers.ts';
import { temporaryFolder } from './terminal.ts';

const unit = 'e66de74fd0e82c10';
const other = 'e66de74fd0e82c11';
const run = promisify(execFile);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let authority: Authority;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  ({ authority } = await createAuthority('Plumbline peers'));
});

beforeEach(async () => {
  folder = await temporaryFolder();
  // mosquitto gives up being root before it reads its files.
  await chmod(folder.path, 0o755);
  return () => folder.remove();
});

needs('openssl')('openssl', () => {
  let bench: Awaited<ReturnType<typeof startBench>>;
  beforeAll(async () => {
    bench = await startBench({ boards: 1 });
  });
  afterAll(async () => {
    await bench.close();
  });

  it('takes the key, the request and the certificate of a unit that made its own', async () => {
    const session = new MicroPythonSession(await bench.open('bench:1'), {});
    const { hardwareId: expected } = await session.identify();
    const key = await session.makeKey({ expected });
    if (!key) throw new Error('the unit made no key');
    const request = await certificateRequest(expected, unitSigner(key));
    const issued = await authority.issue(request, { hardwareId: expected });
    const held = await session.read('/plumbline/made/key.pem', { expected });
    await writeFile(at('unit.csr'), pemOf('CERTIFICATE REQUEST', request));
    await writeFile(at('key.pem'), held ?? '');
    await writeFile(at('cert.pem'), issued.certificate);
    await writeFile(at('ca.pem'), authority.certificate);

    const verified = await run('openssl', ['req', '-in', at('unit.csr'), '-verify', '-noout', '-subject']);
    expect(`${verified.stdout}${verified.stderr}`).toMatch(/verify OK/);
    expect(verified.stdout).toContain(`CN = ${expected}`);
    await run('openssl', ['pkey', '-in', at('key.pem'), '-check', '-noout']);
    const halves = await Promise.all([
      run('openssl', ['pkey', '-in', at('key.pem'), '-pubout']),
      run('openssl', ['x509', '-in', at('cert.pem'), '-pubkey', '-noout']),
    ]);
    expect(halves[0].stdout).toBe(halves[1].stdout);
    const strict = ['verify', '-x509_strict', '-CAfile', at('ca.pem')];
    const good = await run('openssl', [...strict, '-purpose', 'sslclient', at('cert.pem')]);
    expect(good.stdout).toContain('OK');
    await expect(run('openssl', [...strict, '-purpose', 'sslserver', at('cert.pem')])).rejects.toThrow();
  });

  it('refuses a certificate of another authority, and takes one for the broker under its names', async () => {
    const stranger = (await createAuthority('stranger')).authority;
    const server = await authority.issueServer(['broker.plant.example', '127.0.0.1']);
    await writeFile(at('server.pem'), server.certificate);
    await writeFile(at('ca.pem'), authority.certificate);
    await writeFile(at('stranger.pem'), stranger.certificate);
    const verify = (...more: string[]) =>
      run('openssl', ['verify', '-x509_strict', ...more, at('server.pem')]);
    const trusted = ['-CAfile', at('ca.pem'), '-purpose', 'sslserver'];
    expect((await verify(...trusted, '-verify_hostname', 'broker.plant.example')).stdout).toContain('OK');
    expect((await verify(...trusted, '-verify_ip', '127.0.0.1')).stdout).toContain('OK');
    await expect(verify(...trusted, '-verify_hostname', 'else.example')).rejects.toThrow();
    await expect(verify('-CAfile', at('stranger.pem'))).rejects.toThrow();
  });
});

needs('mosquitto')('mosquitto', () => {
  /** The unit may do what it must; at another unit's topics it may nothing. */
  async function demandRights(
    settings: BrokerSettings,
    credential: Credential,
    watcher: Awaited<ReturnType<typeof watcherFor>>,
  ): Promise<void> {
    if (!credential.signIn) throw new Error('the app holds no login of the unit');
    const asUnit = await connectBroker(settings, {
      login: credential.signIn,
      authority: authority.certificate,
    });
    const looking = await connectBroker(settings, {
      login: watcher.signIn,
      authority: authority.certificate,
    });
    try {
      const given = { host: settings.host, unit: asUnit, watcher: looking };
      const base = `${settings.topic}/${unit}`;
      await looking.subscribe(`${settings.topic}/#`);
      await preflight({ ...given, base });
      const elsewhere = preflight({ ...given, base: `${settings.topic}/${other}`, echoMs: 500 });
      await expect(elsewhere).rejects.toMatchObject({ code: 'BROKER_FORBIDDEN' });
    } finally {
      await asUnit.end();
      await looking.end();
    }
  }

  const settingsWith = (port: number, more: object): BrokerSettings =>
    BrokerSettings.parse({
      host: '127.0.0.1',
      port,
      tls: null,
      login: { kind: 'certificate' },
      watcher: null,
      ...more,
    });

  it('lets a unit in by its certificate, to its own topics only', async () => {
    const vault = new Vault();
    const tls = { tls: { authority: null, name: null } };
    const given = { session: null, unit, authority, vault };
    const credential = await credentialFor({ ...given, settings: settingsWith(1, tls) });
    const watcher = await watcherFor({ ...given, settings: settingsWith(1, tls) });
    const server = await authority.issueServer(['127.0.0.1']);
    await writeFile(at('acl'), [...credential.facts.acl, ...watcher.acl, ''].join('\n'));
    await writeFile(at('ca.pem'), authority.certificate);
    await writeFile(at('server.pem'), server.certificate);
    await writeFile(at('server.key'), server.key.reveal());
    const port = await mosquitto(
      folder.path,
      `cafile ${at('ca.pem')}`,
      `certfile ${at('server.pem')}`,
      `keyfile ${at('server.key')}`,
      'require_certificate true',
      'use_identity_as_username true',
      `acl_file ${at('acl')}`,
    );
    await demandRights(settingsWith(port, tls), credential, watcher);
  });

  it('lets a unit in by its own password, as the lines for it say', async () => {
    const vault = new Vault();
    const login = {
      kind: 'password',
      username: 'unit-{unit}',
      password: await vault.put('project', 'canary-1'),
    };
    const watching = { kind: 'password', username: 'app', password: await vault.put('app', 'canary-2') };
    const more = { login, watcher: watching };
    const given = { session: null, unit, authority: null, vault };
    const credential = await credentialFor({ ...given, settings: settingsWith(1, more) });
    const watcher = await watcherFor({ ...given, settings: settingsWith(1, more) });
    const account = credential.facts.acl[0]?.replace('# password file: ', '') ?? '';
    await writeFile(at('passwords'), `${account}\n`);
    await run('mosquitto_passwd', ['-b', at('passwords'), 'app', 'canary-2']);
    await chmod(at('passwords'), 0o644);
    await writeFile(at('acl'), [...credential.facts.acl, ...watcher.acl, ''].join('\n'));
    const port = await mosquitto(
      folder.path,
      'allow_anonymous false',
      `password_file ${at('passwords')}`,
      `acl_file ${at('acl')}`,
    );
    await demandRights(settingsWith(port, more), credential, watcher);
  });
});
