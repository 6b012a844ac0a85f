import { X509Certificate } from 'node:crypto';
import { deviceText } from '../../drivers/device-text.ts';

/** A certificate as it is shown to people. Dates are ISO 8601, UTC. */
export interface CertificateFacts {
  subject: string;
  issuer: string;
  /** DNS names and IP addresses that it is for. */
  names: string[];
  from: string;
  to: string;
  /** SHA-256, lower-case hex without separators. */
  fingerprint: string;
}

/** `CN=broker` of a distinguished name, or the whole of it in one line. */
function nameOf(distinguished: string): string {
  const common = distinguished.split('\n').find((line) => line.startsWith('CN='));
  return deviceText(common?.slice('CN='.length) || distinguished.replaceAll('\n', ', ')) || '(no name)';
}

/** `DNS:broker.example, IP Address:192.0.2.1` as a list. Where there is none Node and mbedTLS go by the common name. */
function namesOf(certificate: X509Certificate): string[] {
  const named = (certificate.subjectAltName ?? '')
    .split(', ')
    .map((entry) => /^(?:DNS|IP Address):(.*)$/.exec(entry)?.[1] ?? '')
    .filter((name) => name !== '')
    .slice(0, 20)
    .map((name) => deviceText(name));
  return certificate.subjectAltName === undefined ? [nameOf(certificate.subject)] : named;
}

export function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: namesOf(certificate),
    from: isoOf(certificate.validFrom),
    to: isoOf(certificate.validTo),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

function isoOf(date: string): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? deviceText(date) : new Date(time).toISOString();
}

/** Every certificate of a PEM text, at most eight. Empty where it cannot be read. */
export function factsOfPem(pem: string): CertificateFacts[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.slice(0, 8).flatMap((block) => {
    try {
      return [factsOf(new X509Certificate(block))];
    } catch {
      // What is no certificate has no facts; TLS itself says what it thinks of it.
      return [];
    }
  });
}

/** The first whose time has not come yet or is over. */
export const outOfDate = (chain: readonly CertificateFacts[], now: number): CertificateFacts | null =>
  chain.find(({ from, to }) => Date.parse(from) > now || Date.parse(to) < now) ?? null;
