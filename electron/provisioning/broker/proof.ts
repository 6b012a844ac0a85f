import type { BrokerSettings, BrokerSight } from '../../../shared/contract/connection.ts';
import { brokerSights } from '../../../shared/contract/connection.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { AgentLink } from '../../drivers/driver.ts';
import { type ConnectOptions, connectBroker } from './connect.ts';
import type { Expected } from './judge.ts';
import { Mailbox } from './mailbox.ts';
import { mayPublish, preflight, refusalFailure } from './preflight.ts';
import { type BrokerConnection, wasTaken } from './session.ts';
import { type Sign, sightTable } from './sights.ts';
import { type SignIn, userOf } from './sign-in.ts';
import { type MissingSight, silence } from './silence.ts';

export interface BrokerProof {
  settings: BrokerSettings;
  /** Hardware id. */
  unit: string;
  /** What was pushed and has been started: hash of its manifest, the start at which that was seen, and the tag. */
  hello: { manifest: string | null; boot: number; tag: string };
  /** The unit's own line, to compare with. */
  link: AgentLink;
  /** The app's own way to sign in. */
  watcher: SignIn;
  /** The unit's, where the app holds it: what it may do is tried first. Null where the key never left the unit. */
  unitLogin: SignIn | null;
  /** PEM of the project's own authority. */
  authority: string | null;
  /** Signs the request where the unit's commands are signed: the proof is then one of its key as well. */
  sign?: Sign;
  saw: (sight: BrokerSight) => void;
  progress?: (progress: { sight: BrokerSight['what']; done: number; total: number }) => void;
  signal?: AbortSignal | undefined;
  reach?: ConnectOptions['reach'];
  /** How long to wait for a sight, where the table's own seconds will not do. */
  seconds?: Partial<Record<BrokerSight['what'], number>>;
}

/**
 * Proves with the app's own eyes that this unit does its work at the broker: its birth with its new identity, data
 * that are those on its line, an answer to a command, its last will when it is cut off, and its return. Nothing that
 * the broker had kept from before is enough. @throws Failure BROKER_…, WRONG_UNIT, PORT_LOST, CANCELLED
 */
export async function proveOnBroker(proof: BrokerProof): Promise<void> {
  const { settings, unit, link, watcher: login, signal } = proof;
  const base = `${settings.topic}/${unit}`;
  const watcher = await connectBroker(settings, connection(proof, login));
  const mail = new Mailbox(watcher, base);
  const unlisten = link.onFrame(() => mail.lookAgain());
  try {
    const verdict = await watcher.subscribe(`${base}/#`, signal);
    if (!wasTaken(verdict)) {
      const refusal = { user: watcher.user, action: 'subscribe to', topic: `${base}/#` } as const;
      throw refusalFailure(settings.host, refusal);
    }
    await asUnit(proof, (as) => preflight({ host: settings.host, base, unit: as, watcher, signal }));
    // Asked after the subscription: a birth that the broker had kept is older than this answer.
    const expected = await expectedOf(proof);
    await link.stream(true);
    await seeAll(proof, { watcher, mail, expected, base });
  } finally {
    unlisten();
    mail.close();
    await watcher.end();
  }
}

const connection = ({ authority, signal, reach }: BrokerProof, login: SignIn): ConnectOptions => ({
  login,
  authority,
  signal,
  reach,
});

/** Does it with the unit's own login, under another client identifier; nothing where the app does not hold it. */
async function asUnit<T>(
  proof: BrokerProof,
  work: (unit: BrokerConnection) => Promise<T>,
): Promise<T | undefined> {
  if (!proof.unitLogin) return undefined;
  const unit = await connectBroker(proof.settings, connection(proof, proof.unitLogin));
  try {
    return await work(unit);
  } finally {
    await unit.end();
  }
}

/** The unit must be the one that was provisioned, running what was pushed. */
async function expectedOf({ settings, unit, hello, link }: BrokerProof): Promise<Expected> {
  const { manifest, tag, boot, t } = await link.hello();
  const differs = (path: string, expected: string, found: string): Failure =>
    new Failure('VERIFY_FAILED', { path, expected, found }, { deviceState: 'new-runs' });
  if (manifest !== hello.manifest)
    throw differs('/manifest.json', hello.manifest ?? 'none', manifest ?? 'none');
  if (tag !== hello.tag) throw differs('/config.json', hello.tag, tag);
  if (boot < hello.boot) throw differs('/plumbline/boot', String(hello.boot), String(boot));
  const uplink = await link.uplink();
  if (uplink.broker === 'none') {
    const params = {
      expected: 'the unit',
      topic: `${settings.topic}/${unit}/birth`,
      seconds: 0,
      detail: 'the unit has no broker in its configuration',
    };
    throw new Failure('BROKER_SILENT', { host: settings.host, ...params }, { deviceState: 'new-runs' });
  }
  return { unit, manifest, tag, boot, t };
}

interface Scene {
  watcher: BrokerConnection;
  mail: Mailbox;
  expected: Expected;
  base: string;
}

async function seeAll(proof: BrokerProof, { watcher, mail, expected, base }: Scene): Promise<void> {
  const { settings, link, saw, progress, signal } = proof;
  const frames = frameStore(link);
  const memory = { cutAt: 0, expected };
  try {
    for (const [done, what] of brokerSights.entries()) {
      progress?.({ sight: what, done, total: brokerSights.length });
      const { topic, expected: words, seconds: usual, see } = sightTable[what];
      const seconds = proof.seconds?.[what] ?? usual(settings);
      const remarks: string[] = [];
      const of = { host: settings.host, watcher, mail, link, frameOf: frames.of };
      const scene = { ...of, base, memory, remarks, sign: proof.sign ?? JSON.stringify };
      const detail = await before(seconds, { signal, watcher, link, settings }, (within) =>
        see({ ...scene, signal: within }),
      ).catch(async (thrown: unknown) => {
        if (!(thrown instanceof SightMissing)) throw thrown;
        throw await missing(proof, watcher, { what, words, topic: `${base}/${topic}`, seconds, remarks });
      });
      saw({ what, topic: `${base}/${topic}`, at: Date.now(), detail });
    }
    progress?.({ sight: 'return', done: brokerSights.length, total: brokerSights.length });
  } finally {
    frames.close();
  }
}

/** Why the sight did not come: a refusal of its topic where that can be tried, else what both ends say. */
async function missing(proof: BrokerProof, watcher: BrokerConnection, sight: MissingSight): Promise<Failure> {
  const { settings, signal, link, unitLogin } = proof;
  if (sight.what !== 'will' && sight.remarks.length === 0 && (await link.uplink()).broker === 'up') {
    const base = `${settings.topic}/${proof.unit}`;
    const refused = await asUnit(proof, (unit) =>
      mayPublish(sight.topic, { host: settings.host, base, unit, watcher, signal }),
    );
    if (refused) return refusalFailure(settings.host, refused).leaving('new-runs');
  }
  const user = unitLogin ? userOf(unitLogin) : unitUser(proof);
  return silence(sight, { host: settings.host, user, link });
}

/** Who the broker takes the unit for; its certificate bears its hardware id. */
function unitUser({ settings: { login }, unit }: BrokerProof): string {
  if (login.kind === 'password') return login.username.replaceAll('{unit}', unit);
  return login.kind === 'certificate' ? unit : 'anonymous';
}

/** The time is over and the sight has not come. */
class SightMissing extends Error {}

/** Ends `work` after that time, and at once where the line or the watcher's connection is lost. */
async function before<T>(
  seconds: number,
  {
    signal,
    watcher,
    link,
    settings,
  }: Pick<BrokerProof, 'signal' | 'link' | 'settings'> & Pick<Scene, 'watcher'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort(new Failure('CANCELLED', { during: 'proving on the broker' }));
  const timer = setTimeout(() => stop.abort(new SightMissing()), seconds * 1000);
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  const { host, port } = settings;
  const detail = 'it cut the connection of the app that looks on';
  void watcher.closed.then(() => stop.abort(new Failure('BROKER_UNREACHABLE', { host, port, detail })));
  // A line that has ended says with the next question why.
  void link.closed.then(() => link.hello()).catch((thrown: unknown) => stop.abort(thrown));
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** The newest frames of the line by their number. */
function frameStore(link: AgentLink) {
  const frames = new Map<number, Parameters<Parameters<AgentLink['onFrame']>[0]>[0]>();
  const close = link.onFrame((frame) => {
    frames.set(frame.seq, frame);
    const [oldest] = frames.keys();
    if (frames.size > 1000 && oldest !== undefined) frames.delete(oldest);
  });
  return { close, of: (seq: number) => frames.get(seq) };
}
