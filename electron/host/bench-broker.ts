import { type BrokerSettings, certificateName } from '../../shared/contract/connection.ts';
import { type Bench, type BrokerOptions, type BrokerUser, brokerHost } from '../bench/bench.ts';
import type { SignIn } from '../provisioning/broker/broker.ts';
import { accessEntry, unitRights, watcherRights } from '../provisioning/credentials/credentials.ts';
import type { BrokerGuests } from '../provisioning/tools.ts';

export const isBenchBroker = ({ host }: Pick<BrokerSettings, 'host'>): boolean => host === brokerHost;

/**
 * The broker of the simulated bench as the units are told that it is: with or without TLS, with the accounts of who
 * was announced, each with its own rights. Brokers of the network are somebody else's.
 */
export class BenchBrokerKeeper {
  readonly #bench: Bench | null;
  readonly #users = new Map<string, BrokerUser>();
  #isOpen = false;
  /** How the broker was started. */
  #kind = '';
  #last: Promise<void> = Promise.resolve();

  constructor(bench: Bench | null) {
    this.#bench = bench;
  }

  /** Where the broker really is; names of the network stay as they are. */
  reach(address: { host: string; port: number }): { host: string; port: number } {
    return this.#bench?.address(address.host, address.port) ?? address;
  }

  /** One after the other: several units may be worked on at once. @throws Failure BENCH_FAILED */
  async prepare(settings: BrokerSettings, guests: BrokerGuests): Promise<void> {
    if (!this.#bench || !isBenchBroker(settings)) return;
    const preparing = this.#last.then(() => this.#prepare(this.#bench as Bench, settings, guests));
    this.#last = preparing.catch(() => undefined);
    await preparing;
  }

  async #prepare(bench: Bench, settings: BrokerSettings, guests: BrokerGuests): Promise<void> {
    await this.#admit(settings, guests);
    const users = this.#isOpen ? null : [...this.#users.values()];
    const kind = kindOf(settings, guests);
    if (bench.broker && kind === this.#kind) {
      bench.broker.setUsers(users);
      return;
    }
    await bench.startBroker({ users, ...(await tlsOf(settings, guests)) });
    this.#kind = kind;
  }

  async #admit({ login, topic }: BrokerSettings, { unit, unitLogin, watcher }: BrokerGuests): Promise<void> {
    this.#isOpen = login.kind === 'anonymous';
    const subject = login.kind === 'password' && unitLogin ? nameOf(unitLogin) : unit;
    const rights = unitRights(unit, topic);
    if (unitLogin?.kind === 'password') await this.#enter(subject, rights, unitLogin);
    else if (login.kind === 'certificate') await this.#enter(unit, rights, null);
    if (watcher && watcher.kind !== 'anonymous') {
      // Where it signs in as the unit, it has the rights of both.
      const own = nameOf(watcher) === subject ? rights : [];
      await this.#enter(nameOf(watcher), [...own, ...watcherRights(topic)], watcher);
    }
  }

  async #enter(user: string, rights: Parameters<typeof accessEntry>[1], login: SignIn | null): Promise<void> {
    const password = login?.kind === 'password' ? { password: await login.password() } : {};
    this.#users.set(user, { ...accessEntry(user, rights), ...password });
  }
}

const nameOf = (signIn: SignIn): string => {
  if (signIn.kind === 'password') return signIn.username;
  return signIn.kind === 'certificate' ? signIn.subject : '';
};

const kindOf = (settings: BrokerSettings, { authority }: BrokerGuests): string =>
  JSON.stringify([
    settings.tls && certificateName(settings),
    settings.tls && (authority?.fingerprint ?? null),
    settings.login.kind === 'certificate',
  ]);

async function tlsOf(
  settings: BrokerSettings,
  { authority }: BrokerGuests,
): Promise<Pick<BrokerOptions, 'tls'>> {
  if (settings.tls === null || authority === null) return {};
  const { certificate, key } = await authority.issueServer([certificateName(settings)]);
  const clients = settings.login.kind === 'certificate' ? { clientAuthority: authority.certificate } : {};
  return { tls: { key: key.revealText(), certificate, ...clients } };
}
