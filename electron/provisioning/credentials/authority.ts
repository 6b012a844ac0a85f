import { createECDH, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { Failure } from '../../../shared/contract/failure.ts';
import { Secret } from '../../secrets/secrets.ts';
import { makeAppKey } from './app-key.ts';
import { certificateRequest } from './request.ts';
import { loadX509, p256, type X509 } from './x509.ts';

/** A certificate that was issued; public. */
export interface Issued {
  /** PEM. */
  certificate: string;
  /** SHA-256 of it, hex. */
  fingerprint: string;
  /** Its common name. */
  subject: string;
  /** ISO 8601, UTC. */
  notAfter: string;
}

export interface IssueOptions {
  days?: number;
  now?: Date;
}

/** The project's own authority: vouches for its units and for its broker, and for nobody else. */
export interface Authority extends Issued {
  /**
   * For a unit's request (PKCS #10, DER or PEM): its signature is checked, and that it asks for this unit's name.
   * CERTIFICATE_REFUSED.
   */
  issue(request: Uint8Array | string, options: IssueOptions & { hardwareId: string }): Promise<Issued>;
  /** For a broker: names and addresses by which it is reached, with a new key. */
  issueServer(names: readonly string[], options?: IssueOptions): Promise<Issued & { key: Secret }>;
  /** For the app itself, which looks on at the broker; with a new key, for a short time. */
  issueWatcher(options?: IssueOptions): Promise<Issued & { key: Secret }>;
}

/** Common name of the app at the broker. No unit can bear it: theirs are hexadecimal. */
export const watcherName = 'plumbline-app';

const dayMs = 86_400_000;
const authorityDays = 3653;
/** A unit stays in its plant for years, and nobody renews it there: it is replaced or provisioned anew. */
const unitDays = 1826;
/** What browsers and some TLS libraries accept at most (CA/Browser Forum, Baseline Requirements 6.3.2). */
const serverDays = 397;
const watcherDays = 2;
/** Clocks that go a little wrong must not make a new certificate invalid. */
const allowanceMs = 3_600_000;

interface Leaf extends IssueOptions {
  commonName: string;
  publicKey: Parameters<X509['PublicKey']['create']>[0];
  days: number;
  server: readonly string[] | null;
}

/**
 * A new authority, and its private key (32 bytes), which belongs into the vault. `name` is its common name.
 *
 * It signs certificates only, no further authority (path length 0) and no revocation lists. Its names are not constrained by an extension:
 * mbedTLS, which the units verify with, refuses a critical one that it does not know (x509_crt.c,
 * x509_get_crt_ext), and RFC 5280 §4.2.1.10 demands it critical.
 */
export async function createAuthority(
  name: string,
  { days = authorityDays, now = new Date() }: IssueOptions = {},
): Promise<{ authority: Authority; key: Secret }> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(p256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [plainName(name)] }],
    ...validity(now, days),
    signingAlgorithm: p256,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const { d = '' } = await webcrypto.subtle.exportKey('jwk', keys.privateKey);
  const key = new Secret(Buffer.from(d, 'base64url'));
  return { authority: await openAuthority(pemText(certificate.toString('pem')), key), key };
}

/** An authority by its certificate (PEM) and its private key (32 bytes). SECRETS_LOCKED where they do not fit. */
export async function openAuthority(certificate: string, key: Secret): Promise<Authority> {
  const x509 = await loadX509();
  const parsed = new x509.X509Certificate(certificate);
  const signingKey = await signingKeyOf(certificate, key);

  const issueLeaf = async ({
    commonName,
    publicKey,
    days,
    server,
    now = new Date(),
  }: Leaf): Promise<Issued> => {
    const usage = server === null ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth;
    const leaf = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      issuer: parsed.subjectName,
      subject: [{ CN: [commonName.slice(0, 64)] }],
      ...within(validity(now, days), parsed),
      signingAlgorithm: p256,
      publicKey,
      signingKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([usage]),
        ...(server === null ? [] : [alternativeNames(x509, server)]),
        await x509.SubjectKeyIdentifierExtension.create(publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(parsed.publicKey),
      ],
    });
    return certificateFacts(pemText(leaf.toString('pem')));
  };

  const withNewKey = async (leaf: Omit<Leaf, 'publicKey'>): Promise<Issued & { key: Secret }> => {
    const made = makeAppKey();
    const request = new x509.Pkcs10CertificateRequest(await certificateRequest(leaf.commonName, made));
    return { ...(await issueLeaf({ ...leaf, publicKey: request.publicKey })), key: made.pem };
  };

  return {
    ...certificateFacts(certificate),
    async issue(request, { hardwareId, days = unitDays, ...options }) {
      const publicKey = await checkedKey(x509, request, hardwareId);
      return issueLeaf({ ...options, commonName: hardwareId, publicKey, days, server: null });
    },
    issueServer: (names, { days = serverDays, ...options } = {}) =>
      withNewKey({ ...options, commonName: names[0] ?? 'broker', days, server: names }),
    issueWatcher: ({ days = watcherDays, ...options } = {}) =>
      withNewKey({ ...options, commonName: watcherName, days, server: null }),
  };
}

async function signingKeyOf(certificate: string, key: Secret): Promise<webcrypto.CryptoKey> {
  const open = new X509Certificate(certificate).publicKey.export({ format: 'jwk' });
  const own = createECDH('prime256v1');
  own.setPrivateKey(key.reveal());
  const point = Buffer.from(`04${hexOf(open.x)}${hexOf(open.y)}`, 'hex');
  if (!own.getPublicKey().equals(point)) {
    const detail = 'the key that is kept is not the one of the authority';
    throw new Failure('SECRETS_LOCKED', { detail });
  }
  const jwk = { ...open, d: Buffer.from(key.reveal()).toString('base64url') };
  return webcrypto.subtle.importKey('jwk', jwk, p256, false, ['sign']);
}

const hexOf = (base64url = ''): string => Buffer.from(base64url, 'base64url').toString('hex');

/** The public key of a request that is signed with its own private key, for this unit. CERTIFICATE_REFUSED. */
async function checkedKey(x509: X509, given: Uint8Array | string, hardwareId: string) {
  const refuse = (detail: string, cause?: unknown): Failure =>
    new Failure('CERTIFICATE_REFUSED', { subject: hardwareId, detail }, { cause });
  try {
    const request = new x509.Pkcs10CertificateRequest(typeof given === 'string' ? given : Buffer.from(given));
    const { name, namedCurve } = request.publicKey.algorithm as { name?: string; namedCurve?: string };
    if (name !== 'ECDSA' || namedCurve !== p256.namedCurve) throw refuse('its key is not of the curve P-256');
    const names = request.subjectName.getField('CN');
    if (names.length !== 1 || names[0] !== hardwareId) throw refuse(`it asks for the name ${named(names)}`);
    if (!(await request.verify())) throw refuse('its signature does not go with its key');
    return request.publicKey;
  } catch (thrown) {
    // The library has many words for what it cannot read; none of them is for a person.
    throw thrown instanceof Failure ? thrown : refuse('what was given is no certificate request', thrown);
  }
}

const named = (names: readonly string[]): string => `"${names.join(', ').slice(0, 80)}"`;

const alternativeNames = (x509: X509, names: readonly string[]) =>
  new x509.SubjectAlternativeNameExtension(
    names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
  );

/** The library takes quotes and number signs in a name for its own notation. RFC 5280: at most 64 characters. */
const plainName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._-]+/gu, ' ')
    .trim()
    .slice(0, 64) || 'Plumbline';

/** Positive, as random as can be (RFC 5280 §4.1.2.2: at most 20 bytes). */
const serialNumber = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
};

const validity = (now: Date, days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now.getTime() - allowanceMs),
  notAfter: new Date(now.getTime() + days * dayMs),
});

/** Nobody's certificate outlives that of the authority. */
const within = (
  { notBefore, notAfter }: { notBefore: Date; notAfter: Date },
  authority: { notAfter: Date },
): { notBefore: Date; notAfter: Date } => ({
  notBefore,
  notAfter: notAfter < authority.notAfter ? notAfter : authority.notAfter,
});

const pemText = (pem: string): string => `${pem.trim()}\n`;

/** What may be known of a certificate in PEM that was issued here. */
export function certificateFacts(certificate: string): Issued {
  const parsed = new X509Certificate(certificate);
  return {
    certificate,
    fingerprint: parsed.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: /(?:^|\n)CN=(.*)/.exec(parsed.subject)?.[1] ?? '',
    notAfter: parsed.validToDate.toISOString(),
  };
}
