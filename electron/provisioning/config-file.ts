import {
  type BrokerSettings,
  type ConnectionSettings,
  certificateName,
  type NetworkSettings,
} from '../../shared/contract/connection.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { UnitSettings } from '../../shared/contract/provision.ts';
import type { UnitFile } from '../drivers/driver.ts';
import { CONFIG_PATH, jsonFile } from './files.ts';

export interface Described {
  settings: UnitSettings;
  connection: ConnectionSettings;
  profile: Profile;
  hardwareId: string;
}

/** What the agent reads at start: who it is, what it measures, and how it reaches its broker. No secret is in it. */
export function configFile(described: Described, version: number): UnitFile {
  const { settings, connection, profile, hardwareId } = described;
  const { project, network, broker } = connection;
  return jsonFile(CONFIG_PATH, {
    v: 1,
    version,
    tag: settings.tag,
    asset: settings.asset,
    location: settings.location,
    profile: profile.id,
    period_ms: settings.periodMs,
    channels: channelsOf(profile),
    ...(project === '' ? {} : { project }),
    ...(network.kind === 'none' ? {} : { net: netOf(network) }),
    ...(broker === null ? {} : { mqtt: mqttOf(broker, hardwareId) }),
  });
}

/** The same as the profile has it, before anybody described the unit. */
export const factoryConfigFile = (profile: Profile): UnitFile =>
  jsonFile(CONFIG_PATH, { v: 1, version: 0, profile: profile.id, channels: channelsOf(profile) });

const channelsOf = (profile: Profile): unknown[] =>
  profile.channels.map(({ id, adc, quantum, unit, oversample, staleMs }) => ({
    id,
    adc,
    quantum,
    unit,
    oversample,
    stale_ms: staleMs,
  }));

function netOf(network: Exclude<NetworkSettings, { kind: 'none' }>): unknown {
  const { kind, ...fixedAddress } = network.address;
  const fixed = kind === 'static' ? fixedAddress : null;
  return network.kind === 'wifi'
    ? { kind: 'wifi', ssid: network.ssid, ip: fixed }
    : { kind: 'ethernet', ip: fixed };
}

function mqttOf(settings: BrokerSettings, unit: string): unknown {
  const { host, port, tls, login, topic, keepAliveSeconds, commands } = settings;
  return {
    host,
    port,
    tls: tls !== null,
    name: certificateName(settings),
    login: login.kind,
    ...(login.kind === 'password' ? { user: userName(login.username, unit) } : {}),
    client: `plumbline-${unit}`,
    topic,
    keepalive: keepAliveSeconds,
    ...(commands === undefined || commands.kind === 'off' ? {} : { commands: commands.kind }),
  };
}

/** `{unit}` in a user name stands for the unit's hardware id, so that one recipe gives every unit its own. */
export const userName = (template: string, unit: string): string => template.replaceAll('{unit}', unit);

/** Files with secrets that the unit gets beside its configuration. */
export function secretNamesOf({ network, broker }: ConnectionSettings): string[] {
  const hasSecret =
    (network.kind === 'wifi' && network.password !== null) ||
    broker?.login.kind === 'password' ||
    broker?.commands?.kind === 'signed';
  return [
    ...(hasSecret ? ['secret.json'] : []),
    ...(broker?.login.kind === 'certificate' ? ['key.pem'] : []),
  ];
}
