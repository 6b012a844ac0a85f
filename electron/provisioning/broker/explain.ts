import { type DeviceState, Failure } from '../../../shared/contract/failure.ts';
import { type CertificateFacts, outOfDate } from './certificate.ts';
import { STAGE_MS, type Stage, StageTimeout } from './dial.ts';
import { codeOf, networkWords, reasonCodeOf } from './network-codes.ts';
import { reasonOf } from './reason-codes.ts';
import { type TlsTrouble, tlsTrouble, words } from './tls-codes.ts';

/** What was tried, and what was found out about the other end since. */
export interface Circumstances {
  host: string;
  port: number;
  stage: Stage;
  /** Name that the certificate must bear; null: no TLS was asked for. */
  name: string | null;
  user: string;
  /** What the broker shows: its own certificate first, then the chain above it. Null: not looked at. */
  shown: readonly CertificateFacts[] | null;
  /** The authority that is trusted here. */
  trusted: readonly CertificateFacts[];
  /** What the port speaks, where it was found out. */
  speaks: 'tls' | 'mqtt' | null;
  /** Host clock, ms since 1970. */
  now: number;
}

/** What went wrong on the way to the broker, told apart by code, never by text. */
export function explain(thrown: unknown, about: Circumstances): Failure {
  if (thrown instanceof Failure) return thrown;
  const reason = reasonCodeOf(thrown);
  if (reason !== null) return refused(reason, about);
  const code = codeOf(thrown);
  const trouble = tlsTrouble(code);
  if (trouble !== null) return tls(trouble, about, thrown);
  if (about.name === null && about.speaks === 'tls') {
    return noTls(about, 'this port speaks TLS, but a plain connection was asked for', thrown);
  }
  if (about.name !== null && about.speaks === 'mqtt') return noTls(about, words['plain-port'], thrown);
  if (thrown instanceof StageTimeout) {
    return unreachable(about, `nothing came within ${STAGE_MS / 1000} s while ${doing[about.stage]}`, thrown);
  }
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_') || code.startsWith('ERR_TLS_')) {
    return noTls(about, `the handshake failed with the code ${code}`, thrown);
  }
  if (about.stage === 'tls') return noTls(about, 'it cut the connection during the handshake', thrown);
  if (about.stage === 'login' || about.stage === 'session') {
    return unreachable(about, 'it was reached, but cut the connection', thrown);
  }
  return unreachable(
    about,
    networkWords(code) ?? `the connection failed with the code ${code || '?'}`,
    thrown,
  );
}

const doing: Readonly<Record<Stage, string>> = {
  connect: 'connecting',
  tls: 'making the connection secure',
  login: 'signing in',
  publish: 'publishing',
  subscribe: 'subscribing',
  session: 'listening',
};

function unreachable({ host, port }: Circumstances, detail: string, cause: unknown): Failure {
  return new Failure('BROKER_UNREACHABLE', { host, port, detail }, { cause });
}

const noTls = ({ host }: Circumstances, detail: string, cause: unknown): Failure =>
  new Failure('BROKER_TLS', { host, detail }, { cause });

function refused(code: number, about: Circumstances): Failure {
  const { kind, words: said } = reasonOf(code);
  const detail = `${said} (code ${code})`;
  if (kind === 'unavailable') return unreachable(about, detail, undefined);
  return new Failure('BROKER_LOGIN_REFUSED', { host: about.host, user: about.user, detail, code });
}

function tls(trouble: TlsTrouble, about: Circumstances, cause: unknown): Failure {
  const { host, shown, now, trusted } = about;
  const own = shown?.[0];
  const options: { cause: unknown; deviceState?: DeviceState } = { cause };
  if (trouble === 'wrong-name') {
    const found = own?.names.length ? own.names.join(', ') : 'no name at all';
    return new Failure('BROKER_WRONG_NAME', { host, found, expected: about.name ?? host }, options);
  }
  if (trouble === 'date') {
    // An authority may be over as well as the broker's own certificate.
    const late = outOfDate([...(shown ?? []), ...trusted], now) ?? own;
    const params = {
      host,
      subject: late?.subject ?? '?',
      from: late?.from ?? '?',
      to: late?.to ?? '?',
      now: new Date(now).toISOString(),
    };
    return new Failure('BROKER_CERTIFICATE_DATE', params, options);
  }
  if (trouble === 'unknown-authority') {
    const params = {
      host,
      subject: own?.subject ?? '?',
      issuer: own?.issuer ?? '?',
      fingerprint: own?.fingerprint ?? '?',
      trusted: trusted.map(({ subject }) => subject).join(', ') || '?',
    };
    return new Failure('BROKER_UNKNOWN_AUTHORITY', params, options);
  }
  return noTls(about, words[trouble], cause);
}

/** A refusal of one topic, with the lines that the broker's access list lacks. */
export function forbidden(
  { host, user, lines }: { host: string; user: string; lines: readonly string[] },
  action: 'publish to' | 'subscribe to' | 'read',
  topic: string,
): Failure {
  return new Failure('BROKER_FORBIDDEN', { host, user, action, topic, lines: lines.join('\n') });
}
