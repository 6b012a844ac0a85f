import type { Duplex } from 'node:stream';
import type { IClientOptions, IPublishPacket, MqttClient } from 'mqtt';
import { Failure } from '../../../shared/contract/failure.ts';
import type { CertificateFacts } from './certificate.ts';
import { STAGE_MS, StageTimeout } from './dial.ts';
import { LONGEST_PACKET, PacketWatch } from './packet-watch.ts';

/** A message of the broker: untrusted bytes. */
export interface BrokerMessage {
  topic: string;
  payload: Buffer;
  /** It lay at the broker already when this connection asked for the topic: it proves nothing about now. */
  retained: boolean;
}

/** The answer to a publish or subscribe: below 128 it was taken; `cut`: the broker ended the connection over it. */
export type Verdict = number | 'cut';

export const wasTaken = (verdict: Verdict): boolean => verdict !== 'cut' && verdict < 128;

/** A connection to the broker. Every call has its own deadline of 5 s. */
export interface BrokerConnection {
  readonly protocol: '5' | '3.1.1';
  /** Who the broker takes this for. */
  readonly user: string;
  /** The broker's, verified; null without TLS. */
  readonly certificate: CertificateFacts | null;
  /** Settles when the connection has ended: with null after `end`, with what went wrong otherwise. */
  readonly closed: Promise<unknown>;
  onMessage(listener: (message: BrokerMessage) => void): () => void;
  /** QoS 1. @throws StageTimeout, Failure CANCELLED */
  subscribe(filter: string, signal?: AbortSignal): Promise<Verdict>;
  /** QoS 1, never retained. A taken publish may still be dropped silently: MQTT 3.1.1 knows no refusal. */
  publish(topic: string, payload: string, signal?: AbortSignal): Promise<Verdict>;
  end(): Promise<void>;
}

export interface SessionOptions {
  clientId: string;
  user: string;
  certificate: CertificateFacts | null;
  keepAliveSeconds: number;
  username?: string;
  password?: string;
  signal: AbortSignal | undefined;
}

/** Signs in over an open stream. @throws the library's error with the broker's code, StageTimeout, Failure CANCELLED */
export async function signIn(
  stream: Duplex,
  protocol: BrokerConnection['protocol'],
  { clientId, user, certificate, keepAliveSeconds, username, password, signal }: SessionOptions,
): Promise<BrokerConnection> {
  // Loaded with the first connection: the terminal's other commands need not wait for it.
  const { MqttClient, UniqueMessageIdProvider } = await import('mqtt');
  const options: IClientOptions = {
    clientId,
    clean: true,
    keepalive: keepAliveSeconds,
    protocolId: 'MQTT',
    protocolVersion: protocol === '5' ? 5 : 4,
    ...(protocol === '5'
      ? {
          properties: {
            maximumPacketSize: LONGEST_PACKET,
            receiveMaximum: 20,
            requestProblemInformation: true,
          },
        }
      : {}),
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    // Ours is the shorter one and tells the stage.
    connectTimeout: STAGE_MS * 2,
    messageIdProvider: new UniqueMessageIdProvider(),
    // The library's own log would hold the user and the password.
    log: () => undefined,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
  const watch = new PacketWatch(LONGEST_PACKET);
  stream.on('data', (bytes: Uint8Array) => {
    if (!watch.next(bytes)) stream.destroy(new Error('a packet that is too long was announced'));
  });
  const client = new MqttClient(() => stream, options);
  const session = new Session(client, { protocol, user, certificate });
  await session.opened(signal);
  // Needed once only.
  delete client.options.password;
  return session;
}

class Session implements BrokerConnection {
  readonly protocol: BrokerConnection['protocol'];
  readonly user: string;
  readonly certificate: CertificateFacts | null;
  readonly closed: Promise<unknown>;
  readonly #client: MqttClient;
  #wrong: unknown = null;
  #ended = false;

  constructor(
    client: MqttClient,
    { protocol, user, certificate }: Pick<BrokerConnection, 'protocol' | 'user' | 'certificate'>,
  ) {
    this.#client = client;
    this.protocol = protocol;
    this.user = user;
    this.certificate = certificate;
    client.on('error', (error) => {
      this.#wrong ??= error;
    });
    client.on('disconnect', ({ reasonCode }) => {
      this.#wrong ??= Object.assign(new Error('the broker ended it'), { code: reasonCode });
    });
    this.closed = new Promise((resolve) => {
      client.once('close', () => resolve(this.#ended ? null : (this.#wrong ?? new ConnectionCut())));
    });
  }

  async opened(signal: AbortSignal | undefined): Promise<void> {
    const connected = new Promise<void>((resolve) => this.#client.once('connect', () => resolve()));
    const lost = this.closed.then((wrong) => Promise.reject(wrong));
    await this.#within(Promise.race([connected, lost]), signal);
  }

  onMessage(listener: (message: BrokerMessage) => void): () => void {
    const hear = (topic: string, payload: Buffer, { retain }: IPublishPacket): void =>
      listener({ topic, payload, retained: retain });
    this.#client.on('message', hear);
    return () => void this.#client.removeListener('message', hear);
  }

  subscribe(filter: string, signal?: AbortSignal): Promise<Verdict> {
    const asked = new Promise<Verdict>((resolve, reject) => {
      this.#client.subscribe(filter, { qos: 1 }, (error, granted, packet) => {
        const code: unknown = packet?.granted[0] ?? granted?.[0]?.qos;
        if (typeof code === 'number') resolve(code);
        else reject(error ?? new ConnectionCut());
      });
    });
    return this.#within(this.#orCut(asked), signal);
  }

  publish(topic: string, payload: string, signal?: AbortSignal): Promise<Verdict> {
    const asked = new Promise<Verdict>((resolve, reject) => {
      this.#client.publish(topic, payload, { qos: 1 }, (error, packet) => {
        if (!error) resolve((packet?.cmd === 'puback' && packet.reasonCode) || 0);
        else if ('code' in error && typeof error.code === 'number') resolve(error.code);
        else reject(error);
      });
    });
    return this.#within(this.#orCut(asked), signal);
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#client.end(false);
    const timer = setTimeout(() => this.#client.end(true), 1000);
    const dead = setTimeout(() => this.#client.stream.destroy(), 1500);
    await this.closed;
    clearTimeout(timer);
    clearTimeout(dead);
  }

  /** Some brokers answer what they do not allow by cutting the connection. */
  #orCut(asked: Promise<Verdict>): Promise<Verdict> {
    const ended = this.closed.then((): Verdict => 'cut');
    return Promise.race([asked, ended]).catch(async (thrown: unknown) => {
      if (this.#client.connected) throw thrown;
      return ended;
    });
  }

  #within<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const abort = (): void => {
      reject(new Failure('CANCELLED', { during: 'working with the broker' }));
      if (!this.#client.connected) this.#client.stream.destroy();
    };
    const timer = setTimeout(() => {
      reject(new StageTimeout());
      if (!this.#client.connected) this.#client.stream.destroy();
    }, STAGE_MS);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    work.then(resolve, reject);
    return promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    });
  }
}

/** The other end cut the connection and gave no code. */
export class ConnectionCut extends Error {
  readonly code = 'PLUMBLINE_CUT';
}
