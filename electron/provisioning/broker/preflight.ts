import { randomInt } from 'node:crypto';
import type { Failure } from '../../../shared/contract/failure.ts';
import { forbidden } from './explain.ts';
import { type BrokerConnection, type BrokerMessage, type Verdict, wasTaken } from './session.ts';

/** Something that the broker's access list does not let somebody do. */
export interface Refusal {
  user: string;
  action: 'publish to' | 'subscribe to' | 'read';
  topic: string;
}

export interface PreflightOptions {
  host: string;
  /** `<topic>/<hardware id>`. */
  base: string;
  /** Signed in as the unit, under another client identifier: the unit's own connection must not be taken over. */
  unit: BrokerConnection;
  /** The app that looks on, subscribed to everything below `base`. */
  watcher: BrokerConnection;
  signal?: AbortSignal | undefined;
  /** How long something that was sent may take to come back. */
  echoMs?: number;
}

/**
 * Tries with the unit's own login what the unit will do: publish to `check`, listen to `cmd`. What the broker took is
 * read back as well, because MQTT 3.1.1 has no way to refuse and a denied message is dropped in silence.
 * @throws Failure BROKER_FORBIDDEN for the first that is refused, with the access lines for all
 */
export async function preflight(options: PreflightOptions): Promise<void> {
  const publishing = await mayPublish(`${options.base}/check`, options);
  // A broker that cuts the connection over the first leaves nothing to try the second with.
  const cut = await Promise.race([options.unit.closed.then(() => true), Promise.resolve(false)]);
  const refused = [...(publishing ? [publishing] : []), ...(cut ? [] : await listening(options))];
  const [first] = refused;
  if (first) throw refusalFailure(options.host, first, refused);
}

export const refusalFailure = (host: string, first: Refusal, all: readonly Refusal[] = [first]): Failure =>
  forbidden({ host, user: first.user, lines: accessLines(all) }, first.action, first.topic);

/** The lines that a mosquitto access list lacks. Those of nobody stand before the first user. */
export function accessLines(refused: readonly Refusal[]): string[] {
  const users = [...new Set(refused.map(({ user }) => user))].sort(
    (a, b) => Number(b === 'anonymous') - Number(a === 'anonymous'),
  );
  return users.flatMap((user) => [
    ...(user === 'anonymous' ? [] : [`user ${user}`]),
    ...refused
      .filter((refusal) => refusal.user === user)
      .map(({ action, topic }) => `topic ${action === 'publish to' ? 'write' : 'read'} ${topic}`),
  ]);
}

/** Null: what the unit's login publishes there arrives. */
export async function mayPublish(
  topic: string,
  { base, unit, watcher, signal, echoMs }: PreflightOptions,
): Promise<Refusal | null> {
  const refusal: Refusal = { user: unit.user, action: 'publish to', topic };
  const sent = await echo(topic, { from: unit, to: watcher, signal, echoMs });
  if (!wasTaken(sent.verdict)) return refusal;
  if (sent.came) return null;
  // Taken, but not seen: either it was dropped, or the one who looks on may not read. A command, which that one must
  // be allowed to send in any case, tells which.
  const command = `${base}/cmd`;
  const own = await echo(command, { from: watcher, to: watcher, signal, echoMs });
  if (own.came) return refusal;
  return wasTaken(own.verdict)
    ? { user: watcher.user, action: 'read', topic: `${base}/#` }
    : { user: watcher.user, action: 'publish to', topic: command };
}

async function listening({ base, unit, watcher, signal, echoMs }: PreflightOptions): Promise<Refusal[]> {
  const topic = `${base}/cmd`;
  const verdict = await unit.subscribe(topic, signal);
  if (!wasTaken(verdict)) return [{ user: unit.user, action: 'subscribe to', topic }];
  const seen = { byWatcher: false };
  const stop = watcher.onMessage((message) => {
    seen.byWatcher ||= message.topic === topic && !message.retained;
  });
  const sent = await echo(topic, { from: watcher, to: unit, signal, echoMs }).finally(stop);
  if (sent.came) return [];
  const mayPublish = wasTaken(sent.verdict) && seen.byWatcher;
  return [
    mayPublish
      ? { user: unit.user, action: 'read', topic }
      : { user: watcher.user, action: 'publish to', topic },
  ];
}

interface Echo {
  from: BrokerConnection;
  to: BrokerConnection;
  signal?: AbortSignal | undefined;
  echoMs?: number | undefined;
}

/** Sends something that only now can be known, and waits for it at the other end. */
async function echo(
  topic: string,
  { from, to, signal, echoMs = 3000 }: Echo,
): Promise<{ verdict: Verdict; came: boolean }> {
  // A unit that is on and hears it takes it for a question, and answers.
  const text = JSON.stringify({ id: randomInt(1, 1_000_000), verb: 'hello', args: {} });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const hear = (message: BrokerMessage): void => {
    if (message.topic === topic && message.payload.toString('utf8') === text) resolve(true);
  };
  const stop = to.onMessage(hear);
  try {
    const verdict = await from.publish(topic, text, signal);
    if (!wasTaken(verdict)) return { verdict, came: false };
    const timer = setTimeout(() => resolve(false), echoMs);
    return { verdict, came: await promise.finally(() => clearTimeout(timer)) };
  } finally {
    stop();
  }
}
