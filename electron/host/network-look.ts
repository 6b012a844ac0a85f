import type { BrokerSettings } from '../../shared/contract/connection.ts';
import type { NetworkCandidate } from '../../shared/contract/devices.ts';
import { NetworkWatch, type NetworkWatchOptions, type TopicSource } from '../discovery/network/network.ts';
import {
  type BrokerConnection,
  type BrokerPlace,
  type ConnectOptions,
  connectBroker,
  wasTaken,
} from '../provisioning/broker/broker.ts';

export interface BrokerLook {
  place: BrokerPlace & Pick<BrokerSettings, 'topic'>;
  connection: ConnectOptions;
}

export interface AroundOptions {
  changed: (list: NetworkCandidate[]) => void;
  /** More came from a broker than is looked at; it was left. */
  flooded?: (host: string) => void;
  mdns?: NetworkWatchOptions['mdns'];
}

/** One look around, on the network and at brokers, until it is closed. */
export class Around {
  readonly #watch: NetworkWatch;
  readonly #flooded: (host: string) => void;
  readonly #connections = new Map<string, Promise<BrokerConnection>>();
  #closed = false;

  constructor({ changed, mdns = {}, flooded = () => undefined }: AroundOptions) {
    this.#watch = new NetworkWatch({ changed, mdns });
    this.#flooded = flooded;
  }

  start(): Promise<void> {
    return this.#watch.start();
  }

  /** Resolves with the topic filters that it does not allow. @throws Failure BROKER_… */
  async addBroker({ place, connection: options }: BrokerLook): Promise<string[]> {
    const { host, port, topic } = place;
    const name = `${host} ${port} ${topic}`;
    if (this.#connections.has(name)) return [];
    const connecting = connectBroker(place, options);
    this.#connections.set(name, connecting);
    try {
      const connection = await connecting;
      // Looking around at a broker that goes away ends without a word, as it does where the network goes.
      void connection.closed.then(() => this.#connections.delete(name));
      const flooded = (): void => {
        this.#flooded(host);
        void connection.end();
      };
      const source = sourceOf(connection, place, options.signal);
      return await this.#watch.addBroker(source, { topic, flooded });
    } catch (thrown) {
      this.#connections.delete(name);
      throw thrown;
    } finally {
      if (this.#closed) await this.close();
    }
  }

  list(): NetworkCandidate[] {
    return this.#watch.list();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.close();
    const open = await Promise.allSettled(this.#connections.values());
    const connections = open.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

const sourceOf = (
  connection: BrokerConnection,
  { host, port }: BrokerPlace,
  signal: AbortSignal | undefined,
): TopicSource => ({
  host,
  port,
  subscribe: async (filter) => wasTaken(await connection.subscribe(filter, signal)),
  onMessage: (listener) => connection.onMessage(listener),
});
