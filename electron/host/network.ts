import type { Logger } from 'pino';
import type { BrokerSettings } from '../../shared/contract/connection.ts';
import type { NetworkCandidate } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { networkMethods } from '../../shared/contract/network-methods.ts';
import { projectAuthority, watcherFor } from '../provisioning/credentials/credentials.ts';
import type { Vault } from '../secrets/secrets.ts';
import type { JobStore } from '../store/job-store.ts';
import type { AttachedBench } from './bench.ts';
import { Around, type AroundOptions, type BrokerLook } from './network-look.ts';
import type { Client, Handlers } from './server.ts';

/** How long one look lasts: devices answer multicast DNS within a second, kept messages come at once. */
const LOOK_MS = 3000;

export interface NetworkTools {
  store: JobStore;
  vault: Vault;
  bench: AttachedBench | null;
  log: Logger;
  changed: (list: NetworkCandidate[]) => void;
  /** Where to listen for names; every network card unless told otherwise. */
  mdns?: AroundOptions['mdns'];
}

/** Looks around while somebody wants to see it, and not a moment longer. */
export class NetworkLooks {
  readonly #tools: NetworkTools;
  readonly #watching = new Set<Client>();
  /** Whose going is listened for already. */
  readonly #known = new WeakSet<Client>();
  readonly #open = new Set<Around>();
  #around: Around | null = null;

  constructor(tools: NetworkTools) {
    this.#tools = tools;
  }

  async watch(on: boolean, broker: BrokerSettings | null, client: Client): Promise<void> {
    if (!on) return this.#leave(client);
    if (!this.#known.has(client)) {
      this.#known.add(client);
      client.onClose(() => void this.#leave(client));
    }
    this.#watching.add(client);
    let around = this.#around;
    if (!around) {
      around = this.#look((list) => this.#tools.changed(list));
      this.#around = around;
      await around.start();
    }
    if (broker) await around.addBroker(await this.#lookOf(broker));
  }

  async list(broker: BrokerSettings | null): Promise<NetworkCandidate[]> {
    if (this.#around && !broker) return this.#around.list();
    const around = this.#look(() => undefined);
    try {
      await around.start();
      if (broker) await around.addBroker(await this.#lookOf(broker));
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      return around.list();
    } finally {
      await this.#end(around);
    }
  }

  async close(): Promise<void> {
    this.#watching.clear();
    this.#around = null;
    await Promise.all([...this.#open].map((around) => this.#end(around)));
  }

  async #leave(client: Client): Promise<void> {
    this.#watching.delete(client);
    if (this.#watching.size > 0 || !this.#around) return;
    const around = this.#around;
    this.#around = null;
    await this.#end(around);
  }

  #look(changed: (list: NetworkCandidate[]) => void): Around {
    const flooded = (host: string): void =>
      this.#tools.log.warn({ host }, 'a broker sent more than is looked at; it was left');
    const around = new Around({ changed, flooded, mdns: this.#tools.mdns ?? {} });
    this.#open.add(around);
    return around;
  }

  async #end(around: Around): Promise<void> {
    this.#open.delete(around);
    await around.close();
  }

  /** As the app itself: looking around has no unit whose name it could bear. */
  async #lookOf(settings: BrokerSettings): Promise<BrokerLook> {
    const { store, vault, bench } = this.#tools;
    const { login, watcher } = settings;
    if (watcher === null && login.kind === 'password' && login.username.includes('{unit}')) {
      throw new Failure('STEP_BLOCKED', { detail: 'looking around at a broker needs a login of its own' });
    }
    const authority = await projectAuthority(store, vault);
    const { signIn } = await watcherFor({ settings, unit: '', authority, vault });
    return {
      place: settings,
      connection: {
        login: signIn,
        authority: authority?.certificate ?? null,
        reach: ({ host, port }) => bench?.bench.address(host, port) ?? { host, port },
      },
    };
  }
}

/** The contract's methods about the network. */
export const networkHandlers = (looks: NetworkLooks): Pick<Handlers, keyof typeof networkMethods> => ({
  'network.list': ({ broker }) => looks.list(broker),
  'network.watch': async ({ on, broker }, client) => {
    await looks.watch(on, broker, client);
    return {};
  },
});
