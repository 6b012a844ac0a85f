import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { Aedes, AuthenticateError, Client } from 'aedes';
import { Failure } from '../../shared/contract/failure.ts';
import { allows, type BrokerUser } from './broker-access.ts';

export type { BrokerUser } from './broker-access.ts';

export interface BrokerOptions {
  /** Who may come in. `null`, the default: anybody, without a name, to every topic. */
  users?: readonly BrokerUser[] | null;
  /** With it there is a port for TLS as well; everything is PEM. */
  tls?: {
    key: string;
    certificate: string;
    /** Signs the clients' certificates; with it a client must show one, and its common name is its user name. */
    clientAuthority?: string;
  };
  /** 0, the default, takes any port that is free. */
  port?: number;
  tlsPort?: number;
}

export interface BenchBroker {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** null where it has no certificate. */
  readonly tlsPort: number | null;
  /** Replaces who may come in. Who is connected stays, with the rights that it has by then. */
  setUsers(users: readonly BrokerUser[] | null): void;
  /** Client ids that are connected. */
  readonly clients: readonly string[];
  /** Cuts every connection off; wills are published to nobody. Idempotent. */
  close(): Promise<void>;
}

/** One slow subscriber must not stall the others for aedes' own 60 s (aedes docs/Aedes.md, drainTimeout). */
const drainTimeoutMs = 10_000;
const badLogin = 4;
const notAuthorised = 5;

/** The embedded broker of the bench, on loopback only. MQTT 3.1 and 3.1.1. Rejects with BENCH_FAILED. */
export async function startBroker(options: BrokerOptions = {}): Promise<BenchBroker> {
  const broker = new EmbeddedBroker(options.users ?? null);
  try {
    await broker.start(options);
    return broker;
  } catch (thrown) {
    await broker.close();
    const detail = `the embedded broker did not start: ${String(thrown)}`;
    throw new Failure('BENCH_FAILED', { detail }, { cause: thrown });
  }
}

class EmbeddedBroker implements BenchBroker {
  readonly host = '127.0.0.1';
  #users: readonly BrokerUser[] | null;
  readonly #callers = new WeakMap<Client, string>();
  readonly #sockets = new Set<Socket>();
  readonly #connected = new Set<string>();
  #aedes: Aedes | null = null;
  #plain: Server | null = null;
  #tls: Server | null = null;

  constructor(users: readonly BrokerUser[] | null) {
    this.#users = users;
  }

  async start(options: BrokerOptions): Promise<void> {
    // Only where a broker is wanted: it is slow to load.
    const { Aedes: Broker } = await import('aedes');
    this.#aedes = await Broker.createBroker({
      drainTimeout: drainTimeoutMs,
      authenticate: (client, user, password, done) => this.#authenticate(client, user, password, done),
      authorizePublish: (client, packet, done) =>
        done(
          this.#may(client, 'write', packet.topic) ? null : new Error(`may not publish to ${packet.topic}`),
        ),
      // Without a subscription it is refused with 0x80 in the SUBACK.
      authorizeSubscribe: (client, subscription, done) =>
        done(null, this.#may(client, 'read', subscription.topic) ? subscription : null),
    });
    this.#aedes.on('client', ({ id }) => this.#connected.add(id));
    this.#aedes.on('clientDisconnect', ({ id }) => this.#connected.delete(id));
    this.#plain = await this.#listen(createServer(), 'connection', options.port ?? 0);
    if (!options.tls) return;
    const { key, certificate: cert, clientAuthority } = options.tls;
    const withClients =
      clientAuthority === undefined
        ? {}
        : { ca: clientAuthority, requestCert: true, rejectUnauthorized: true };
    const server = createTlsServer({ key, cert, ...withClients });
    this.#tls = await this.#listen(server, 'secureConnection', options.tlsPort ?? 0);
  }

  async #listen(server: Server, ready: 'connection' | 'secureConnection', port: number): Promise<Server> {
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      // A client that is gone is no failure of the broker.
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on(ready, (socket: Socket) => {
      socket.on('error', () => {});
      this.#aedes?.handle(socket);
    });
    server.listen(port, this.host);
    await once(server, 'listening');
    return server;
  }

  get port(): number {
    return portOf(this.#plain) ?? 0;
  }

  get tlsPort(): number | null {
    return portOf(this.#tls);
  }

  get clients(): readonly string[] {
    return [...this.#connected];
  }

  setUsers(users: readonly BrokerUser[] | null): void {
    this.#users = users;
  }

  #authenticate(
    client: Client,
    user: string | undefined,
    password: Uint8Array | undefined,
    done: (error: AuthenticateError | null, success: boolean | null) => void,
  ): void {
    if (this.#users === null) {
      done(null, true);
      return;
    }
    const certified = commonName(client.conn as Partial<TLSSocket>);
    const name = certified ?? user ?? '';
    const known = this.#users.find((one) => one.user === name);
    if (known && (certified !== null || samePassword(known.password, password))) {
      this.#callers.set(client, name);
      done(null, true);
      return;
    }
    const returnCode = certified === null ? badLogin : notAuthorised;
    done(Object.assign(new Error(`${name} may not come in`), { returnCode }), null);
  }

  #may(client: Client | null, right: 'read' | 'write', filter: string): boolean {
    // Without a client it is the broker itself.
    if (this.#users === null || client === null) return true;
    const user = this.#callers.get(client);
    const known = this.#users.find((one) => one.user === user);
    return known !== undefined && allows(known[right], { user: known.user, clientId: client.id }, filter);
  }

  async close(): Promise<void> {
    const servers = [this.#plain, this.#tls].filter((server) => server !== null);
    this.#plain = this.#tls = null;
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const socket of this.#sockets) socket.destroy();
    const aedes = this.#aedes;
    this.#aedes = null;
    if (aedes) await new Promise<void>((resolve) => aedes.close(resolve));
    await Promise.all(closed);
  }
}

const portOf = (server: Server | null): number | null =>
  (server?.address() as AddressInfo | null)?.port ?? null;

function samePassword(expected: string | undefined, given: Uint8Array | undefined): boolean {
  if (expected === undefined || given === undefined) return false;
  const wanted = Buffer.from(expected);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** The name in the certificate that the client proved, where it had to show one. */
function commonName(connection: Partial<TLSSocket>): string | null {
  if (connection.authorized !== true) return null;
  const name = connection.getPeerCertificate?.().subject?.CN;
  return typeof name === 'string' ? name : null;
}
