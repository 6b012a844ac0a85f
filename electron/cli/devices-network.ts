import { readFile } from 'node:fs/promises';
import { HostName } from '../../shared/contract/connection.ts';
import type { NetworkCandidate } from '../../shared/contract/devices.ts';
import { Around, type BrokerLook } from '../host/network-look.ts';
import type { Context, ExitCode, Input } from './command.ts';
import { pathOf } from './places.ts';
import { refuseUsage } from './usage.ts';

/** Devices answer multicast DNS within a second; a broker hands out what it keeps at once. */
const LOOK_MS = 3000;

/** `plumb devices --network`: what may be a unit, an instrument or a broker. Nothing is opened but the broker named. */
export async function networkDevices({ options }: Input, context: Context): Promise<ExitCode> {
  const broker =
    options.broker === undefined ? null : await brokerOf(String(options.broker), options.authority);
  if (typeof broker === 'string') return refuseUsage(broker, context);
  const told = new Map<string, NetworkCandidate>();
  const watching = options.watch === true;
  const around = new Around({
    changed: (list) => {
      if (watching) tell(told, list, context);
    },
    flooded: (host) => context.say(`The broker ${host} sent more than is looked at; it was left.`),
  });
  try {
    await around.start();
    if (broker) {
      const refused = await around.addBroker({
        ...broker,
        connection: { ...broker.connection, signal: context.signal },
      });
      for (const filter of refused) context.say(`The broker does not let this app see ${filter}.`);
    }
    if (watching) context.say('Watching the network; Ctrl-C ends it.');
    await ended(context.signal, watching ? null : LOOK_MS);
    if (watching) return 0;
    const list = around.list();
    context.answer(list, list.length > 0 ? list.map(line) : ['Nothing was found on the network.']);
    return 0;
  } finally {
    await around.close();
  }
}

/** After that time, or with Ctrl-C. */
function ended(signal: AbortSignal, ms: number | null): Promise<void> {
  return new Promise((resolve) => {
    // A timer keeps the process alive where nothing else does.
    const timer = ms === null ? setInterval(() => undefined, 60_000) : setTimeout(() => stop(), ms);
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

/** One line for each that is new, other than before, or gone. */
function tell(
  told: Map<string, NetworkCandidate>,
  list: readonly NetworkCandidate[],
  context: Context,
): void {
  const say = (change: 'found' | 'changed' | 'gone', candidate: NetworkCandidate): void =>
    context.line({ change, candidate }, `${change.padEnd(7)}  ${line(candidate)}`);
  for (const [id, candidate] of told) {
    if (list.some((one) => one.id === id)) continue;
    told.delete(id);
    say('gone', candidate);
  }
  for (const candidate of list) {
    const before = told.get(candidate.id);
    if (before && JSON.stringify(before) === JSON.stringify(candidate)) continue;
    told.set(candidate.id, candidate);
    say(before ? 'changed' : 'found', candidate);
  }
}

const line = ({ name, host, port, looksLike, score, detail }: NetworkCandidate): string =>
  `${name}  ${[host && `${host}${port === null ? '' : `:${port}`}`, `${looksLike} (${score} %)`, detail].filter(Boolean).join(', ')}`;

/** `mqtt://host:port/topic`, nobody's login; or why it cannot be meant. */
async function brokerOf(given: string, authority: Input['options'][string]): Promise<BrokerLook | string> {
  const url = URL.parse(given);
  if (!url || !/^mqtts?:$/.test(url.protocol) || !HostName.safeParse(url.hostname).success) {
    return '--broker must be such as mqtt://broker.example:1883 or mqtts://broker.example/topic';
  }
  if (url.username !== '' || url.password !== '') {
    return 'a login does not belong on the command line, where others can read it; "plumb broker check" takes one';
  }
  const secure = url.protocol === 'mqtts:';
  const pem =
    authority === undefined ? null : await readFile(pathOf(String(authority)), 'utf8').catch(() => '');
  if (pem === '') return `${String(authority)} cannot be read`;
  return {
    place: {
      host: url.hostname,
      port: Number(url.port) || (secure ? 8883 : 1883),
      tls: secure ? { authority: pem, name: null } : null,
      keepAliveSeconds: 30,
      topic: url.pathname.replace(/^\/|\/$/g, '') || 'plumbline',
    },
    connection: { login: { kind: 'anonymous' }, authority: null },
  };
}
