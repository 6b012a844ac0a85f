import type { NetworkCandidate } from '../../../shared/contract/devices.ts';

/** A line tells a family by its service (RFC 6763) and, where one service has many families, by its TXT record. */
export interface NetworkFamily {
  service: string;
  /** Only where every one of these TXT entries begins like this. */
  txt?: Readonly<Record<string, string>>;
  looksLike: NetworkCandidate['looksLike'];
  /** 0..100: how sure the service alone makes it. */
  score: number;
  family: string;
  /** TXT entries that tell people which one it is, in this order. */
  shows?: readonly string[];
}

const lxi = ['Manufacturer', 'Model', 'SerialNumber', 'FirmwareVersion'];

/** Services of units, brokers, instruments and gateways: IANA's register, LXI 1.6 §10, and the makers' own pages. */
export const networkFamilies: readonly NetworkFamily[] = [
  {
    service: '_plumbline._tcp',
    looksLike: 'unit',
    score: 95,
    family: 'Plumbline unit',
    shows: ['tag', 'unit', 'agent'],
  },
  {
    service: '_circuitpython._tcp',
    looksLike: 'unit',
    score: 75,
    family: 'CircuitPython board',
    shows: ['board'],
  },
  {
    service: '_esphomelib._tcp',
    looksLike: 'unit',
    score: 40,
    family: 'ESPHome device',
    shows: ['friendly_name', 'board', 'platform', 'version'],
  },
  {
    service: '_shelly._tcp',
    looksLike: 'unit',
    score: 30,
    family: 'Shelly device',
    shows: ['app', 'gen', 'ver'],
  },
  {
    service: '_http._tcp',
    txt: { id: 'shelly' },
    looksLike: 'unit',
    score: 25,
    family: 'Shelly device',
    shows: ['id', 'arch', 'fw_id'],
  },
  {
    service: '_http._tcp',
    txt: { devicetype: 'tasmota' },
    looksLike: 'unit',
    score: 30,
    family: 'Tasmota device',
    shows: ['devicetype', 'version'],
  },
  {
    service: '_arduino._tcp',
    looksLike: 'unit',
    score: 35,
    family: 'board that takes updates',
    shows: ['board'],
  },
  { service: '_mqtt._tcp', looksLike: 'broker', score: 90, family: 'MQTT broker' },
  { service: '_secure-mqtt._tcp', looksLike: 'broker', score: 95, family: 'MQTT broker with TLS' },
  { service: '_scpi-raw._tcp', looksLike: 'instrument', score: 90, family: 'SCPI instrument', shows: lxi },
  { service: '_scpi-telnet._tcp', looksLike: 'instrument', score: 80, family: 'SCPI instrument', shows: lxi },
  { service: '_lxi._tcp', looksLike: 'instrument', score: 85, family: 'LXI instrument', shows: lxi },
  { service: '_vxi-11._tcp', looksLike: 'instrument', score: 75, family: 'VXI-11 instrument', shows: lxi },
  { service: '_hislip._tcp', looksLike: 'instrument', score: 75, family: 'HiSLIP instrument', shows: lxi },
  { service: '_mbap._tcp', looksLike: 'gateway', score: 70, family: 'Modbus TCP server' },
  { service: '_modbus._tcp', looksLike: 'gateway', score: 70, family: 'Modbus TCP server' },
  { service: '_opcua-tcp._tcp', looksLike: 'gateway', score: 70, family: 'OPC UA server', shows: ['caps'] },
  {
    service: '_home-assistant._tcp',
    looksLike: 'gateway',
    score: 60,
    family: 'Home Assistant',
    shows: ['version'],
  },
];

/** Every service that is asked for, once. */
export const services: readonly string[] = [...new Set(networkFamilies.map(({ service }) => service))];

/** The likeliest family; null where the service alone says too little, as a web server does. */
export function familyOf(service: string, txt: ReadonlyMap<string, string>): NetworkFamily | null {
  const fits = networkFamilies.filter(
    (line) =>
      line.service === service &&
      Object.entries(line.txt ?? {}).every(([key, start]) => txt.get(key)?.toLowerCase().startsWith(start)),
  );
  return fits.reduce<NetworkFamily | null>(
    (best, line) => (best === null || line.score > best.score ? line : best),
    null,
  );
}
