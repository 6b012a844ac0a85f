import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { type BrokerSettings, certificateName } from '../../../shared/contract/connection.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { type CertificateFacts, factsOf, factsOfPem } from './certificate.ts';
import { type Address, dialTcp, type Stage, secure } from './dial.ts';
import { explain } from './explain.ts';
import { lookAtCertificate, speaksPlainMqtt } from './look.ts';
import { codeOf, reasonCodeOf } from './network-codes.ts';
import { reasonOf } from './reason-codes.ts';
import { type BrokerConnection, ConnectionCut, signIn as openSession } from './session.ts';
import { type SignIn, userOf } from './sign-in.ts';
import { tlsTrouble } from './tls-codes.ts';

/** Where the broker is and how its certificate is checked; of the settings, what a connection needs. */
export type BrokerPlace = Pick<BrokerSettings, 'host' | 'port' | 'tls' | 'keepAliveSeconds'>;

export interface ConnectOptions {
  login: SignIn;
  /** PEM of the project's own authority, for where the settings name none; null: those this computer trusts. */
  authority: string | null;
  /** Omitted: one that nobody else has. */
  clientId?: string;
  signal?: AbortSignal | undefined;
  /** Where a name of the simulated bench really is; names of the network stay as they are. */
  reach?: ((address: Address) => Address) | undefined;
  now?: () => number;
}

/** 22 characters: every broker must take up to 23 (MQTT 3.1.1, 3.1.3.1). */
const someClientId = (): string => `plumbline-a-${randomBytes(5).toString('hex')}`;

/**
 * Connects and signs in, with MQTT 5, or 3.1.1 where the broker speaks no other: clean session, no automatic
 * reconnect, 5 s for each stage. @throws Failure BROKER_… that names what is wrong, CANCELLED
 */
export async function connectBroker(place: BrokerPlace, options: ConnectOptions): Promise<BrokerConnection> {
  const clientId = options.clientId ?? someClientId();
  try {
    return await attempt(place, '5', { ...options, clientId });
  } catch (thrown) {
    if (!(thrown instanceof Trouble) || !mayBeOlder(thrown)) throw await told(thrown, place, options);
  }
  try {
    return await attempt(place, '3.1.1', { ...options, clientId });
  } catch (thrown) {
    throw await told(thrown, place, options);
  }
}

/** A failure with the stage at which it came. */
class Trouble extends Error {
  readonly stage: Stage;

  constructor(stage: Stage, cause: unknown) {
    super('no connection', { cause });
    this.stage = stage;
  }
}

/** A broker of MQTT 3.1.1 says so, or cuts the connection, or answers in the old form, which the parser cannot read. */
function mayBeOlder({ stage, cause }: Trouble): boolean {
  if (stage !== 'login' || cause instanceof Failure) return false;
  const reason = reasonCodeOf(cause);
  if (reason !== null) return reasonOf(reason).kind === 'protocol';
  return cause instanceof ConnectionCut || ['', 'ECONNRESET', 'EPIPE'].includes(codeOf(cause));
}

async function attempt(
  place: BrokerPlace,
  protocol: BrokerConnection['protocol'],
  { login, authority, clientId, signal, reach }: ConnectOptions & { clientId: string },
): Promise<BrokerConnection> {
  let stage: Stage = 'connect';
  let stream: Duplex | undefined;
  let certificate: CertificateFacts | null = null;
  try {
    const socket = await dialTcp(addressOf(place, reach), signal);
    stream = socket;
    if (place.tls) {
      stage = 'tls';
      const wish = {
        name: certificateName(place),
        authority: place.tls.authority ?? authority,
        signIn: login,
      };
      const secured = await secure(socket, wish, signal);
      const shown = secured.getPeerX509Certificate();
      if (shown) certificate = factsOf(shown);
      stream = secured;
    }
    stage = 'login';
    return await openSession(stream, protocol, {
      clientId,
      user: userOf(login),
      certificate,
      keepAliveSeconds: place.keepAliveSeconds,
      ...(login.kind === 'password' ? { username: login.username, password: await login.password() } : {}),
      signal,
    });
  } catch (thrown) {
    stream?.destroy();
    throw new Trouble(stage, thrown);
  }
}

const addressOf = ({ host, port }: BrokerPlace, reach: ConnectOptions['reach']): Address =>
  reach ? reach({ host, port }) : { host, port };

/** Looks at the other end once more where that tells more, and says what is wrong. */
async function told(thrown: unknown, place: BrokerPlace, options: ConnectOptions): Promise<Failure> {
  const { stage, cause } = thrown instanceof Trouble ? thrown : { stage: 'session' as const, cause: thrown };
  if (cause instanceof Failure) return cause;
  const address = addressOf(place, options.reach);
  const { host, port, tls } = place;
  const certain = reasonCodeOf(cause) !== null || stage === 'connect';
  const trouble = tlsTrouble(codeOf(cause));
  const look = async () =>
    certain ? null : await lookAtCertificate(address, certificateName(place), options.signal);
  const doubtful = tls !== null && !certain && trouble === null;
  const shown = tls && doubtful ? null : await look();
  const plain = doubtful && (await speaksPlainMqtt(address, options.signal));
  return explain(cause, {
    host,
    port,
    stage,
    name: tls ? certificateName(place) : null,
    user: userOf(options.login),
    shown,
    trusted: factsOfPem(tls?.authority ?? options.authority ?? ''),
    speaks: plain ? 'mqtt' : shown ? 'tls' : null,
    now: (options.now ?? Date.now)(),
  });
}
