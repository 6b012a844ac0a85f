import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NetworkCandidate } from '../../shared/contract/devices.ts';
import { FailureRecord } from '../../shared/contract/failure.ts';
import { needs } from '../needs.ts';
import { Authority, accounts, mosquitto } from './broker-peers.ts';
import { type Ended, looksLikeAStack, plumb, startPlumb, temporaryFolder } from './terminal.ts';

const unit = 'e6614103e7452d2f';

needs('mosquitto', 'openssl')('brokers at the terminal', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let authority: Authority;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await chmod(folder.path, 0o755);
    authority = await Authority.make(folder.path, 'Plant authority');
  });
  afterAll(() => folder.remove());

  const file = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder.path, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  const failureOf = ({ code, stdout, stderr }: Ended): FailureRecord => {
    expect(code, stdout + stderr).toBe(1);
    expect(looksLikeAStack(stderr)).toBe(false);
    return FailureRecord.parse((JSON.parse(stdout) as { failure: unknown }).failure);
  };

  it('are checked without a unit: reached, certificate, login, access', async () => {
    const { certificate, key } = await authority.issue('broker', { names: 'DNS:localhost' });
    const acl = [
      'user unit',
      `topic write plumbline/${unit}/check`,
      'user app',
      'topic read plumbline/#',
      'topic write plumbline/+/cmd',
    ].join('\n');
    const users = await accounts(folder.path, { unit: 'canary-7f3a', app: 'app-pw' }, acl);
    const port = await mosquitto(folder.path, ...users, `certfile ${certificate}`, `keyfile ${key}`);
    const password = await file('password', 'canary-7f3a\n');
    const settings = {
      host: '127.0.0.1',
      port,
      tls: { authority: null, name: 'localhost' },
      login: { kind: 'password', username: 'unit', password: `file:${password}` },
      watcher: { kind: 'password', username: 'app', password: `file:${await file('app', 'app-pw')}` },
    };
    const path = await file('broker.json', settings);
    const check = (...more: string[]) =>
      plumb('broker', 'check', path, '--authority', authority.file, '--json', ...more);

    const good = await check();
    expect(good.code, good.stdout + good.stderr).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({
      ok: true,
      protocol: '5',
      users: ['unit', 'app'],
      certificate: { subject: 'broker', issuer: 'Plant authority', names: ['localhost'] },
      tried: false,
    });
    const denied = failureOf(await check('--unit', unit));
    expect(denied.code).toBe('BROKER_FORBIDDEN');
    expect(denied.params).toMatchObject({
      user: 'unit',
      lines: `user unit\ntopic read plumbline/${unit}/cmd`,
    });

    await file('password', 'wrong-canary-7f3a');
    const wrong = await check('--verbose');
    expect(failureOf(wrong).code).toBe('BROKER_LOGIN_REFUSED');
    for (const ended of [good, wrong]) expect(ended.stdout + ended.stderr).not.toContain('canary');

    await file('broker.json', { ...settings, tls: { authority: null, name: 'broker.plant' } });
    expect(failureOf(await check()).what).toBe(
      'The broker 127.0.0.1 shows a certificate for localhost, not for broker.plant.',
    );
    await file('broker.json', { ...settings, tls: null });
    expect(failureOf(await check()).what).toContain('this port speaks TLS');
  });

  it('tell what announces itself there, once or until Ctrl-C', async () => {
    const port = await mosquitto(folder.path, 'allow_anonymous true');
    const client = connect(`mqtt://127.0.0.1:${port}`);
    const birth = JSON.stringify({ unit, tag: 'TT-101', agent: '0.1.0' });
    await client.publishAsync(`plumbline/${unit}/birth`, birth, { qos: 1, retain: true });
    const url = `mqtt://127.0.0.1:${port}`;
    const once = await plumb('devices', '--network', '--broker', url, '--json');
    expect(once.code, once.stderr).toBe(0);
    const found = (JSON.parse(once.stdout) as unknown[]).map((one) => NetworkCandidate.parse(one));
    expect(found).toContainEqual(expect.objectContaining({ unit, name: 'TT-101', looksLike: 'unit' }));

    const watch = startPlumb('devices', '--network', '--broker', url, '--watch', '--json');
    await watch.said('"found"');
    await client.publishAsync(`plumbline/${unit}/birth`, '', { qos: 1, retain: true });
    await watch.said('"gone"');
    watch.kill('SIGINT');
    const ended = await watch.ended;
    expect(ended.code, ended.stderr).toBe(0);
    const changes = ended.stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { change: string });
    expect(changes.map(({ change }) => change)).toEqual(['found', 'gone']);
    await client.endAsync();
  });
});
