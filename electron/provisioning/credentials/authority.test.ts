import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Secret } from '../../secrets/secrets.ts';
import { makeAppKey } from './app-key.ts';
import { type Authority, createAuthority, openAuthority } from './authority.ts';
import { certificateRequest, pemOf } from './request.ts';

let authority: Authority;
let authorityKey: Secret;
const unit = 'e66de74fd0e82c10';
const at = new Date('2026-11-22T12:00:00Z');

beforeAll(async () => {
  ({ authority, key: authorityKey } = await createAuthority('Plumbline Halle 3 "Süd", O=#x'));
});

const requestFor = (name: string): Promise<Buffer> => certificateRequest(name, makeAppKey());
const parsed = ({ certificate }: { certificate: string }): X509Certificate =>
  new X509Certificate(certificate);

describe('an authority', () => {
  it('is one, signed by itself, with a name of any kind', () => {
    const certificate = parsed(authority);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(authority.subject).toBe('Plumbline Halle 3 Süd O x');
    expect(authority.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same when it is opened again, and issues on', async () => {
    const again = await openAuthority(authority.certificate, authorityKey);
    expect(again.fingerprint).toBe(authority.fingerprint);
    const issued = await again.issue(await requestFor(unit), { hardwareId: unit });
    expect(parsed(issued).verify(parsed(authority).publicKey)).toBe(true);
  });

  it('does not open with the key of another', async () => {
    const { key } = await createAuthority('other');
    await expect(openAuthority(authority.certificate, key)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  });
});

describe('the certificate of a unit', () => {
  it('bears its hardware id, and is for signing in only', async () => {
    const key = makeAppKey();
    const request = await certificateRequest(unit, key);
    const issued = await authority.issue(request, { hardwareId: unit, days: 30, now: at });
    const certificate = parsed(issued);
    expect(certificate.checkIssued(parsed(authority))).toBe(true);
    expect(certificate.verify(parsed(authority).publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(key.pem.revealText()))).toBe(true);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.ca).toBe(false);
    expect(issued).toMatchObject({ subject: unit, notAfter: '2026-12-22T12:00:00.000Z' });
    expect(certificate.validFromDate.getTime()).toBeLessThan(at.getTime());
  });

  it('has a serial number that no other has, and outlives nobody who vouches for it', async () => {
    const short = await createAuthority('short', { days: 10, now: at });
    const request = await requestFor(unit);
    const all = await Promise.all(
      Array.from({ length: 20 }, () =>
        short.authority.issue(request, { hardwareId: unit, days: 400, now: at }),
      ),
    );
    expect(new Set(all.map((one) => parsed(one).serialNumber)).size).toBe(20);
    for (const { notAfter } of all) expect(notAfter).toBe(short.authority.notAfter);
  });

  it('is issued for a request in PEM as well', async () => {
    const pem = pemOf('CERTIFICATE REQUEST', await requestFor(unit));
    expect((await authority.issue(pem, { hardwareId: unit })).subject).toBe(unit);
  });

  it('is not issued for another name', async () => {
    for (const name of ['e66de74fd0e82c11', '', `${unit},CN=x`, 'plumbline-app']) {
      const refused = authority.issue(await requestFor(name), { hardwareId: unit });
      await expect(refused).rejects.toMatchObject({ code: 'CERTIFICATE_REFUSED' });
    }
  });

  it('is not issued for a request with any bit changed of what is signed, or of the signature', async () => {
    const request = await requestFor(unit);
    // Three bytes of head before it; after it the algorithm's name (12), and the heads of the signature (3 and 2).
    const [from, to] = [3, 3 + 2 + (request[4] ?? 0)];
    const signature = to + 12 + 3 + 2;
    const places = Array.from({ length: request.length }, (_, at) => at);
    for (const at of places.filter((place) => (place >= from && place < to) || place >= signature)) {
      const bit = at * 8 + (at % 8);
      const altered = Buffer.from(request);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const refused = authority.issue(altered, { hardwareId: unit });
      await expect(refused, `bit ${bit}`).rejects.toMatchObject({ code: 'CERTIFICATE_REFUSED' });
    }
  });

  it.each([
    '',
    'no request',
    '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n',
  ])('is not issued for "%s"', async (given) => {
    const refused = authority.issue(given, { hardwareId: unit });
    await expect(refused).rejects.toMatchObject({ code: 'CERTIFICATE_REFUSED' });
  });

  it('is not issued for a key of another kind', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const { Pkcs10CertificateRequestGenerator } = await import('@peculiar/x509');
    const algorithm = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
    const { subtle } = crypto;
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    const own = await subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']);
    const { d: _, key_ops: __, ...open } = await subtle.exportKey('jwk', own);
    const publicKey = await subtle.importKey('jwk', open, algorithm, true, ['verify']);
    const request = await Pkcs10CertificateRequestGenerator.create({
      name: [{ CN: [unit] }],
      keys: { privateKey: own, publicKey },
      signingAlgorithm: algorithm,
    });
    const refused = authority.issue(request.toString('pem'), { hardwareId: unit });
    await expect(refused).rejects.toMatchObject({ code: 'CERTIFICATE_REFUSED' });
  });
});

/** Both ends verify each other over loopback; resolves with whom the server took the client for. */
async function handshake(server: object, client: object): Promise<string> {
  const listening = createServer({ requestCert: true, rejectUnauthorized: true, ...server });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const greeted = new Promise<string>((resolve, reject) => {
    listening.on('secureConnection', (socket) => {
      resolve(socket.getPeerCertificate().subject.CN as string);
      socket.on('error', () => undefined).end();
    });
    listening.on('tlsClientError', reject);
  });
  const { port } = listening.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', ...client });
  const failed = once(socket, 'error').then(([error]: Error[]) => Promise.reject(error ?? new Error('none')));
  try {
    return await Promise.race([greeted, failed]);
  } finally {
    failed.catch(() => undefined);
    greeted.catch(() => undefined);
    socket.destroy();
    listening.close();
  }
}

describe('broker and unit', () => {
  it('know each other by the authority, and nobody else', async () => {
    const broker = await authority.issueServer(['broker.plant.example', '127.0.0.1']);
    const server = { ca: authority.certificate, cert: broker.certificate, key: broker.key.revealText() };
    const key = makeAppKey();
    const own = await authority.issue(await certificateRequest(unit, key), { hardwareId: unit });
    const client = {
      ca: authority.certificate,
      cert: own.certificate,
      key: key.pem.revealText(),
      servername: 'broker.plant.example',
    };
    expect(await handshake(server, client)).toBe(unit);
    const { servername: _, ...byAddress } = client;
    expect(await handshake(server, byAddress)).toBe(unit);

    const wrongName = { ...client, servername: 'other.plant.example' };
    await expect(handshake(server, wrongName)).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    const stranger = (await createAuthority('stranger')).authority;
    await expect(handshake(server, { ...client, ca: stranger.certificate })).rejects.toThrow();
    const foreign = await stranger.issue(await certificateRequest(unit, key), { hardwareId: unit });
    await expect(handshake(server, { ...client, cert: foreign.certificate })).rejects.toThrow();
    // A unit's certificate does not make it a broker.
    const posing = { ...server, cert: own.certificate, key: key.pem.revealText() };
    await expect(handshake(posing, client)).rejects.toThrow();
  });

  it('the app looks on under a name that no unit can have', async () => {
    const watcher = await authority.issueWatcher();
    expect(watcher.subject).toBe('plumbline-app');
    expect(parsed(watcher).checkPrivateKey(createPrivateKey(watcher.key.revealText()))).toBe(true);
  });
});
