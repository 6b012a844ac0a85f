import type { EventEmitter } from 'node:events';
import type { Browser, Service } from 'bonjour-service';
import type { NetworkCandidate } from '../../../shared/contract/devices.ts';
import { candidateOf, networkText, unitOf } from './candidate.ts';
import { familyOf, services } from './families.ts';
import type { Found } from './found.ts';

/** Names are asked for again this often: a packet of UDP may be lost, and a service may end without goodbye. */
const ASK_MS = 10_000;
/** Instances of one service; somebody who sends more is not listened to any more. */
const MOST_OF_ONE = 200;

export interface MdnsOptions {
  /** Address of the network card; omitted: all of them. */
  interface?: string;
  /** Address to listen on, where it differs: on loopback nothing is heard without `0.0.0.0`. */
  bind?: string;
  /** UDP port, 5353 unless told otherwise. */
  port?: number;
}

/**
 * Looks for services by multicast DNS (RFC 6762) until stopped. A computer without network or multicast finds
 * nothing, and that is all. Resolves with the stop function.
 */
export async function browse(found: Found, options: MdnsOptions = {}): Promise<() => void> {
  const { default: Bonjour } = await import('bonjour-service');
  const quiet = (): void => undefined;
  const bonjour = new Bonjour.Bonjour(options as ConstructorParameters<typeof Bonjour.Bonjour>[0], quiet);
  socketOf(bonjour)?.on('error', quiet);
  const browsers = services.map((service) => browserOf(service, found, (query) => bonjour.find(query)));
  const timer = setInterval(() => {
    for (const browser of browsers) {
      browser.expire();
      browser.update();
    }
  }, ASK_MS);
  return () => {
    clearInterval(timer);
    for (const browser of browsers) browser.stop();
    bonjour.destroy();
  };
}

/** The library offers no way to hear that its socket could not be opened, and an error that nobody hears ends Node. */
function socketOf(bonjour: object): EventEmitter | null {
  const server: unknown = Reflect.get(bonjour, 'server');
  const mdns: unknown = typeof server === 'object' && server !== null ? Reflect.get(server, 'mdns') : null;
  return typeof mdns === 'object' && mdns !== null && 'on' in mdns ? (mdns as EventEmitter) : null;
}

function browserOf(service: string, found: Found, find: (query: { type: string }) => Browser): Browser {
  const browser = find({ type: service.replace(/^_|\._tcp$/g, '') });
  const accept = (told: Service): void => {
    if (browser.services.length > MOST_OF_ONE) {
      browser.stop();
      return;
    }
    const candidate = serviceCandidate(service, told);
    if (candidate) found.put(candidate);
    else found.remove(idOf(told));
  };
  browser.on('up', accept);
  browser.on('txt-update', accept);
  browser.on('srv-update', accept);
  browser.on('down', (told) => found.remove(idOf(told)));
  return browser;
}

const idOf = (told: Pick<Service, 'fqdn'>): string => `mdns:${networkText(told.fqdn, 290)}`;

/** Everything in a service is untrusted: anybody on the network may say anything. */
export function serviceCandidate(
  service: string,
  told: Pick<Service, 'fqdn' | 'name' | 'host' | 'port' | 'addresses' | 'txt'>,
): NetworkCandidate | null {
  const txt = new Map(
    Object.entries((told.txt as Record<string, unknown> | undefined) ?? {})
      .slice(0, 30)
      .map(([key, value]) => [key.slice(0, 60), networkText(value)]),
  );
  const family = familyOf(service, txt);
  if (!family) return null;
  const shown = (family.shows ?? []).map((key) => txt.get(key)).filter(Boolean);
  return candidateOf({
    id: idOf(told),
    found: 'mdns',
    name: networkText(told.name) || service,
    // An address that is reachable from here, rather than a name that only multicast DNS knows.
    host: networkText(told.addresses?.find((address) => address.includes('.')) ?? told.host, 253) || null,
    port: told.port,
    service,
    unit: family.service === '_plumbline._tcp' ? unitOf(txt.get('unit')) : null,
    looksLike: family.looksLike,
    score: family.score,
    detail: networkText([family.family, ...shown].join(', ')),
  });
}
