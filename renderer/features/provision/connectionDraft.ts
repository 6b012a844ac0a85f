import type {
  BrokerLogin,
  BrokerSettings,
  NetworkSettings,
  SecretRef,
} from '../../../shared/contract/connection.ts';
import { ConnectionSettings } from '../../../shared/contract/connection.ts';

export const networkKinds = [
  'none',
  'wifi',
  'ethernet',
] as const satisfies readonly NetworkSettings['kind'][];
export const loginKinds = [
  'certificate',
  'password',
  'anonymous',
] as const satisfies readonly BrokerLogin['kind'][];
type LoginKind = BrokerLogin['kind'];

/** The three secrets that a connection may need. */
export const secretSlots = ['wifi', 'unit', 'watcher'] as const;
export type SecretSlot = (typeof secretSlots)[number];
/** Names of secrets that the host keeps; what they hold is never here. */
export type SecretRefs = Record<SecretSlot, SecretRef | null>;

/** The form as it is typed: every field is there whatever the choices, so that going back and forth loses nothing. */
export interface ConnectionDraft {
  project: string;
  setTime: boolean;
  network: NetworkSettings['kind'];
  ssid: string;
  isOpen: boolean;
  address: 'dhcp' | 'static';
  ip: string;
  netmask: string;
  gateway: string;
  dns: string;
  hasBroker: boolean;
  host: string;
  port: string;
  tls: boolean;
  authority: 'project' | 'pasted';
  pem: string;
  name: string;
  login: LoginKind;
  username: string;
  watcher: 'same' | LoginKind;
  watcherName: string;
  topic: string;
  keepAlive: string;
  /** Of a recipe: the form has no field for it. */
  commands: NonNullable<BrokerSettings['commands']> | null;
  secrets: SecretRefs;
}

const usual: ConnectionDraft = {
  project: '',
  setTime: true,
  network: 'none',
  ssid: '',
  isOpen: false,
  address: 'dhcp',
  ip: '',
  netmask: '255.255.255.0',
  gateway: '',
  dns: '',
  hasBroker: false,
  host: '',
  port: '8883',
  tls: true,
  authority: 'project',
  pem: '',
  name: '',
  login: 'certificate',
  username: '{unit}',
  watcher: 'same',
  watcherName: '',
  topic: 'plumbline',
  keepAlive: '15',
  commands: null,
  secrets: { wifi: null, unit: null, watcher: null },
};

/** The form for settings that are there already, or the usual ones. */
export function draftOf(settings: ConnectionSettings | null): ConnectionDraft {
  if (settings === null) return usual;
  const { network, broker } = settings;
  const secrets: SecretRefs = {
    wifi: network.kind === 'wifi' ? network.password : null,
    unit: passwordOf(broker?.login),
    watcher: passwordOf(broker?.watcher),
  };
  const draft = { ...usual, project: settings.project, setTime: settings.setTime, secrets };
  return { ...draft, ...networkDraft(network), ...(broker === null ? {} : brokerDraft(broker)) };
}

const passwordOf = (login: BrokerLogin | null | undefined): SecretRef | null =>
  login?.kind === 'password' ? login.password : null;

function networkDraft(network: NetworkSettings): Partial<ConnectionDraft> {
  if (network.kind === 'none') return { network: 'none' };
  const { kind: address, ...given } = network.address;
  const wifi = network.kind === 'wifi' ? { ssid: network.ssid, isOpen: network.password === null } : {};
  return { network: network.kind, address, ...given, ...wifi };
}

function brokerDraft({
  host,
  port,
  tls,
  login,
  watcher,
  topic,
  keepAliveSeconds,
  commands,
}: BrokerSettings): Partial<ConnectionDraft> {
  return {
    hasBroker: true,
    host,
    port: String(port),
    tls: tls !== null,
    authority: tls?.authority == null ? 'project' : 'pasted',
    pem: tls?.authority ?? '',
    name: tls?.name ?? '',
    login: login.kind,
    username: login.kind === 'password' ? login.username : usual.username,
    watcher: watcher === null ? 'same' : watcher.kind,
    watcherName: watcher?.kind === 'password' ? watcher.username : '',
    topic,
    keepAlive: String(keepAliveSeconds),
    commands: commands ?? null,
  };
}

/** Which secrets the choices of the form ask for. */
export function secretsNeeded(draft: ConnectionDraft): SecretSlot[] {
  const needs: Record<SecretSlot, boolean> = {
    wifi: draft.network === 'wifi' && !draft.isOpen,
    unit: draft.hasBroker && draft.login === 'password',
    watcher: draft.hasBroker && draft.watcher === 'password',
  };
  return secretSlots.filter((slot) => needs[slot]);
}

/** Fields that can be wrong, each with words of its own. */
export type ConnectionProblem =
  | 'project'
  | 'ssid'
  | 'ip'
  | 'netmask'
  | 'gateway'
  | 'dns'
  | 'host'
  | 'port'
  | 'pem'
  | 'name'
  | 'username'
  | 'watcherName'
  | 'topic'
  | 'keepAlive'
  | 'needsTls'
  | SecretSlot;

export type Read =
  | { settings: ConnectionSettings; problem: null }
  | { settings: null; problem: ConnectionProblem };

/**
 * The form as the contract takes it, or the first field that is not right yet. `entered` names the secrets that stand
 * in their fields and go to the host when the form is sent.
 */
export function readDraft(draft: ConnectionDraft, entered: readonly SecretSlot[] = []): Read {
  const missing = secretsNeeded(draft).find(
    (slot) => draft.secrets[slot] === null && !entered.includes(slot),
  );
  const parsed = ConnectionSettings.safeParse({
    project: draft.project,
    setTime: draft.setTime,
    network: networkOf(draft),
    broker: draft.hasBroker ? brokerOf(draft) : null,
  });
  const wrong = parsed.success ? null : problemAt(parsed.error.issues[0]?.path ?? []);
  if (wrong !== null) return { settings: null, problem: wrong };
  if (missing !== undefined || !parsed.success) return { settings: null, problem: missing ?? 'project' };
  if (showsCertificateInClear(draft)) return { settings: null, problem: 'needsTls' };
  return { settings: parsed.data, problem: null };
}

/** A certificate is shown in the handshake of TLS and nowhere else. */
const showsCertificateInClear = ({ hasBroker, tls, login, watcher }: ConnectionDraft): boolean =>
  hasBroker && !tls && (login === 'certificate' || watcher === 'certificate');

/** The ports that IANA has registered for MQTT follow the choice; any other port is somebody's own. */
export function withTls(draft: ConnectionDraft, tls: boolean): ConnectionDraft {
  const [before, after] = tls ? ['1883', '8883'] : ['8883', '1883'];
  return { ...draft, tls, port: draft.port === before ? after : draft.port };
}

/** Stands where a secret will be named as soon as the host has it. */
const nameToCome = 'secret:to-come';

function networkOf(draft: ConnectionDraft): unknown {
  const { ip, netmask, gateway, dns } = draft;
  const address = draft.address === 'dhcp' ? { kind: 'dhcp' } : { kind: 'static', ip, netmask, gateway, dns };
  if (draft.network === 'none') return { kind: 'none' };
  if (draft.network === 'ethernet') return { kind: 'ethernet', address };
  const password = draft.isOpen ? null : (draft.secrets.wifi ?? nameToCome);
  return { kind: 'wifi', ssid: draft.ssid, password, address };
}

function brokerOf(draft: ConnectionDraft): unknown {
  const login = (kind: LoginKind, username: string, password: SecretRef | null) =>
    kind === 'password' ? { kind, username, password: password ?? nameToCome } : { kind };
  const authority = draft.authority === 'project' ? null : draft.pem.trim();
  return {
    host: draft.host.trim(),
    port: Number(draft.port === '' ? Number.NaN : draft.port),
    tls: draft.tls ? { authority, name: draft.name.trim() === '' ? null : draft.name.trim() } : null,
    login: login(draft.login, draft.username, draft.secrets.unit),
    watcher: draft.watcher === 'same' ? null : login(draft.watcher, draft.watcherName, draft.secrets.watcher),
    topic: draft.topic,
    keepAliveSeconds: Number(draft.keepAlive === '' ? Number.NaN : draft.keepAlive),
    ...(draft.commands ? { commands: draft.commands } : {}),
  };
}

const places: Readonly<Record<string, ConnectionProblem>> = {
  project: 'project',
  'network.ssid': 'ssid',
  'network.password': 'wifi',
  'network.address.ip': 'ip',
  'network.address.netmask': 'netmask',
  'network.address.gateway': 'gateway',
  'network.address.dns': 'dns',
  'broker.host': 'host',
  'broker.port': 'port',
  'broker.tls.authority': 'pem',
  'broker.tls.name': 'name',
  'broker.login.username': 'username',
  'broker.login.password': 'unit',
  'broker.watcher.username': 'watcherName',
  'broker.watcher.password': 'watcher',
  'broker.topic': 'topic',
  'broker.keepAliveSeconds': 'keepAlive',
};

const problemAt = (path: readonly PropertyKey[]): ConnectionProblem =>
  places[path.map(String).join('.')] ?? 'project';
