import type { BrokerLogin, BrokerSettings, SecretRef } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import {
  type BrokerConnection,
  type CertificateFacts,
  connectBroker,
  preflight,
  refusalFailure,
  type SignIn,
  wasTaken,
} from '../provisioning/broker/broker.ts';
import { derivedPassword, unitUser } from '../provisioning/credentials/credentials.ts';
import type { Secret } from '../secrets/secrets.ts';

export interface BrokerCheckOptions {
  /** Hardware id: what its login may do there is tried as well. Null: only that everybody gets in. */
  unit: string | null;
  /** PEM, for settings that leave the authority to the project. */
  authority: string | null;
  /** PEM, for a login by certificate. */
  certificate: { certificate: string; key: string } | null;
  resolve: (ref: SecretRef) => Promise<Secret | null>;
  signal: AbortSignal;
}

export interface BrokerCheck {
  host: string;
  port: number;
  protocol: BrokerConnection['protocol'];
  /** The broker's, verified. */
  certificate: CertificateFacts | null;
  /** Who got in: the unit's login, and the app's own where it has one. */
  users: string[];
  /** Whether it was tried what the unit may do; nothing was refused. */
  tried: boolean;
}

/**
 * Proves without a unit that the broker is reached, that its certificate is good, and that the logins work.
 * @throws Failure BROKER_…, SECRET_UNKNOWN, STEP_BLOCKED, CANCELLED
 */
export async function checkBroker(
  settings: BrokerSettings,
  options: BrokerCheckOptions,
): Promise<BrokerCheck> {
  const { host, port } = settings;
  const open: BrokerConnection[] = [];
  const enter = async (login: BrokerLogin): Promise<BrokerConnection> => {
    const { authority, signal } = options;
    const connection = await connectBroker(settings, {
      login: await signInOf(login, options),
      authority,
      signal,
    });
    open.push(connection);
    return connection;
  };
  try {
    const unit = await enter(settings.login);
    const watcher = settings.watcher ? await enter(settings.watcher) : null;
    if (options.unit !== null)
      await tryOut(settings, options, unit, watcher ?? (await enter(settings.login)));
    const users = [...new Set(open.map(({ user }) => user))];
    const { protocol, certificate } = unit;
    return { host, port, protocol, certificate, users, tried: options.unit !== null };
  } finally {
    await Promise.all(open.map((connection) => connection.end()));
  }
}

async function tryOut(
  { host, topic }: BrokerSettings,
  { unit: id, signal }: BrokerCheckOptions,
  unit: BrokerConnection,
  watcher: BrokerConnection,
): Promise<void> {
  const base = `${topic}/${id}`;
  const verdict = await watcher.subscribe(`${base}/#`, signal);
  if (!wasTaken(verdict)) {
    throw refusalFailure(host, { user: watcher.user, action: 'subscribe to', topic: `${base}/#` });
  }
  await preflight({ host, base, unit, watcher, signal });
}

async function signInOf(
  login: BrokerLogin,
  { unit, certificate, resolve }: BrokerCheckOptions,
): Promise<SignIn> {
  if (login.kind === 'anonymous') return login;
  if (login.kind === 'certificate') {
    if (!certificate) throw blocked('a login by certificate needs the certificate and its key');
    const { certificate: pem, key } = certificate;
    return { kind: 'certificate', subject: 'the client certificate', certificate: pem, key: () => key };
  }
  const isShared = login.username.includes('{unit}');
  if (isShared && unit === null) throw blocked('the user name is different for each unit; name one');
  const given = await resolve(login.password);
  if (!given) throw new Failure('SECRET_UNKNOWN', { name: login.password });
  const password = isShared ? derivedPassword(given, unit ?? '') : given;
  const username = unitUser(login.username, unit ?? '');
  return { kind: 'password', username, password: () => password.revealText() };
}

const blocked = (detail: string): Failure => new Failure('STEP_BLOCKED', { detail });
