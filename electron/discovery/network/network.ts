import type { NetworkCandidate } from '../../../shared/contract/devices.ts';
import { type TopicSource, watchTopics } from './broker-topics.ts';
import { Found } from './found.ts';
import { browse, type MdnsOptions } from './mdns.ts';

export type { TopicSource } from './broker-topics.ts';

export interface NetworkWatchOptions {
  changed: (list: NetworkCandidate[]) => void;
  /** False: multicast DNS is left out. */
  mdns?: MdnsOptions | false;
}

/** Looks around on the network until it is closed: hints only, nothing is opened and nobody is asked to answer. */
export class NetworkWatch {
  readonly #found: Found;
  readonly #mdns: MdnsOptions | false;
  readonly #stops: (() => void)[] = [];
  #closed = false;

  constructor({ changed, mdns = {} }: NetworkWatchOptions) {
    this.#found = new Found(changed);
    this.#mdns = mdns;
  }

  async start(): Promise<void> {
    if (this.#mdns !== false) this.#keep(await browse(this.#found, this.#mdns));
  }

  /** Adds what announces itself at a broker; resolves with the topic filters that the broker does not allow. */
  async addBroker(source: TopicSource, options: { topic: string; flooded: () => void }): Promise<string[]> {
    const { refused, stop } = await watchTopics(this.#found, source, options);
    this.#keep(stop);
    return refused;
  }

  list(): NetworkCandidate[] {
    return this.#found.list();
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops.splice(0)) stop();
    this.#found.close();
  }

  #keep(stop: () => void): void {
    if (this.#closed) stop();
    else this.#stops.push(stop);
  }
}
