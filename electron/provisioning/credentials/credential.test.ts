import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrokerSettings, CredentialFacts } from '../../../shared/contract/connection.ts';
import { startBench } from '../../bench/bench.ts';
import { MicroPythonSession } from '../../drivers/micropython/unit-session.ts';
import { Vault } from '../../secrets/secrets.ts';
import { createJob } from '../../store/job-store.ts';
import { accessEntry, aclLines, unitRights } from './access-list.ts';
import { type Authority, createAuthority } from './authority.ts';
import { credentialFor, secretFile, watcherFor } from './credential.ts';
import { makeProjectAuthority, projectAuthority, recordedAuthority } from './project-authority.ts';
import { derivedPassword } from './unit-password.ts';

const unit = 'e66de74fd0e82c10';
let authority: Authority;

beforeAll(async () => {
  ({ authority } = await createAuthority('test'));
});

const settingsWith = (more: object): BrokerSettings =>
  BrokerSettings.parse({
    host: 'broker.plant.example',
    port: 8883,
    tls: { authority: null, name: null },
    login: { kind: 'certificate' },
    watcher: null,
    ...more,
  });

describe('a certificate', () => {
  it('for a unit that makes its own key: the key is on the unit only', async () => {
    const bench = await startBench({ boards: 1 });
    try {
      const session = new MicroPythonSession(await bench.open('bench:1'), {});
      const { hardwareId } = await session.identify();
      const vault = new Vault();
      const given = { session, settings: settingsWith({}), unit: hardwareId, authority, vault };
      const { facts, slotFiles, signIn } = await credentialFor(given);
      expect(CredentialFacts.parse(facts)).toMatchObject({
        kind: 'certificate',
        subject: hardwareId,
        keyMadeOn: 'unit',
        acl: [`user ${hardwareId}`, `topic write plumbline/${hardwareId}/state`, ...facts.acl.slice(2)],
      });
      const [ca, cert, key] = slotFiles;
      expect([ca?.path, cert?.path, key?.path, key?.bytes]).toEqual([
        '/ca.pem',
        '/cert.pem',
        '/key.pem',
        null,
      ]);
      expect(signIn).toBeNull();
      const held = await session.read('/plumbline/made/key.pem', { expected: hardwareId });
      expect(held?.length).toBe(key?.size);
      const certificate = new X509Certificate(Buffer.from(cert?.bytes ?? ''));
      expect(certificate.checkPrivateKey(createPrivateKey(Buffer.from(held ?? '')))).toBe(true);
    } finally {
      await bench.close();
    }
  });

  it.each([null, { makeKey: async () => null }])(
    'else with a key of the app, which is never shown',
    async (session) => {
      const vault = new Vault();
      const given = { session, settings: settingsWith({}), unit, authority, vault, days: 30 };
      const { facts, slotFiles, signIn } = await credentialFor(given);
      expect(facts).toMatchObject({ keyMadeOn: 'app', subject: unit });
      const key = Buffer.from(slotFiles[2]?.bytes ?? '').toString('latin1');
      expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
      expect(JSON.stringify(signIn)).not.toContain('PRIVATE');
    },
  );

  it('is not made without an authority, or without TLS', async () => {
    const given = { session: null, settings: settingsWith({}), unit, authority: null, vault: new Vault() };
    await expect(credentialFor(given)).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    const plain = { ...given, authority, settings: settingsWith({ tls: null }) };
    await expect(credentialFor(plain)).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
  });
});

describe('a password', () => {
  const passwordFor = async (vault: Vault, username: string, id = unit) => {
    const [known] = await vault.list();
    const password = known?.ref ?? (await vault.put('broker', 'project-canary'));
    const settings = settingsWith({ tls: null, login: { kind: 'password', username, password } });
    return credentialFor({ session: null, settings, unit: id, authority: null, vault });
  };

  it('is taken as it is for a user who has a name', async () => {
    const { facts, slotFiles, secrets } = await passwordFor(new Vault(), 'hall3');
    expect(facts).toMatchObject({ kind: 'password', subject: 'hall3', keyMadeOn: null });
    expect(secrets.password?.revealText()).toBe('project-canary');
    expect(slotFiles).toEqual([]);
  });

  it('is another one for every unit where the name is made of the unit', async () => {
    const vault = new Vault();
    const first = await passwordFor(vault, 'unit-{unit}');
    const second = await passwordFor(vault, 'unit-{unit}', 'beef0001');
    const [one, two] = [first, second].map(({ secrets }) => secrets.password?.revealText());
    expect(one).not.toBe(two);
    expect(one).not.toContain('canary');
    expect((await passwordFor(vault, '{unit}')).secrets.password?.revealText()).toBe(one);
    expect(first.facts.subject).toBe(`unit-${unit}`);
    expect(first.facts.acl[0]).toMatch(new RegExp(`^# password file: unit-${unit}:\\$7\\$101\\$`));
    expect(CredentialFacts.safeParse(first.facts).success).toBe(true);
    expect(JSON.stringify([first, second])).not.toMatch(/canary/);
    expect(vault.redactor.redact(`it is ${one}`)).not.toContain(one);
  });

  it('derived is what the definition gives', async () => {
    const vault = new Vault();
    const secret = await vault.resolve(await vault.put('x', 'group key'));
    // printf 'plumbline-mqtt-1:beef0001' | openssl dgst -sha256 -hmac 'group key' -binary | basenc --base64url
    expect(derivedPassword(secret, 'beef0001').revealText()).toBe(
      'YvR9LA2pcQPc9uD-I1nvbx1dqEJhyB8AczAlc7TOczk',
    );
  });

  it('goes into secret.json, and only there', async () => {
    const vault = new Vault();
    const secret = await vault.resolve(await vault.put('x', 'pässword"\\'));
    const file = secretFile({ wifi: secret, mqtt: null, command: null }, 'c2FsdA');
    expect(JSON.parse(Buffer.from(file?.bytes ?? '').toString('utf8'))).toEqual({
      salt: 'c2FsdA',
      v: 1,
      wifi: 'pässword"\\',
    });
    expect(secretFile({ wifi: null, mqtt: null, command: null }, 'c2FsdA')).toBeNull();
  });
});

describe('rights', () => {
  it('are those of the unit’s own topics', () => {
    expect(aclLines('beef0001', 'u-{unit}', 'plant/a')).toEqual([
      'user u-beef0001',
      'topic write plant/a/beef0001/state',
      'topic write plant/a/beef0001/birth',
      'topic write plant/a/beef0001/data',
      'topic write plant/a/beef0001/event',
      'topic write plant/a/beef0001/reply',
      'topic write plant/a/beef0001/check',
      'topic read plant/a/beef0001/cmd',
    ]);
    expect(aclLines('beef0001', null, 'plant')[0]).toBe('topic write plant/beef0001/state');
    expect(accessEntry('u', unitRights('beef0001', 'plant')).read).toEqual(['plant/beef0001/cmd']);
  });

  it('of the app: it may look at all, and ask', async () => {
    const vault = new Vault();
    const { signIn, acl } = await watcherFor({ settings: settingsWith({}), unit, authority, vault });
    expect(signIn).toMatchObject({ kind: 'certificate', subject: 'plumbline-app' });
    expect(acl.slice(0, 3)).toEqual([
      'user plumbline-app',
      'topic read plumbline/#',
      'topic write plumbline/+/cmd',
    ]);
  });
});

describe('the authority of a project', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-authority-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is in its record without its key, and found again with it', async () => {
    const store = createJob(join(folder, 'job.plumb'), { name: 'test' });
    try {
      const vault = new Vault();
      expect(await projectAuthority(store, vault)).toBeNull();
      const made = await makeProjectAuthority(store, vault, 'Plumbline test');
      expect((await projectAuthority(store, vault))?.fingerprint).toBe(made.fingerprint);
      expect(recordedAuthority(store)?.key).toMatch(/^secret:authority-key-/);
      expect(JSON.stringify([...store.events()])).not.toContain('PRIVATE');
      await expect(projectAuthority(store, new Vault())).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    } finally {
      store.close();
    }
  });
});
