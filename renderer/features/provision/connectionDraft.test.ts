import { describe, expect, it } from 'vitest';
import { type ConnectionSettings, noConnection } from '../../../shared/contract/connection.ts';
import { type ConnectionDraft, draftOf, readDraft, secretsNeeded, withTls } from './connectionDraft.ts';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const whole: ConnectionSettings = {
  project: 'Pump house',
  setTime: false,
  network: {
    kind: 'wifi',
    ssid: 'plant',
    password: 'secret:wifi-1',
    address: {
      kind: 'static',
      ip: '10.0.0.7',
      netmask: '255.255.255.0',
      gateway: '10.0.0.1',
      dns: '10.0.0.1',
    },
  },
  broker: {
    host: 'broker.plant.example',
    port: 8883,
    tls: { authority: pem, name: 'broker' },
    login: { kind: 'password', username: '{unit}', password: 'secret:mqtt-1' },
    watcher: { kind: 'password', username: 'engineer', password: 'secret:mqtt-2' },
    topic: 'plant/units',
    keepAliveSeconds: 30,
  },
};
const broker: ConnectionDraft = { ...draftOf(null), hasBroker: true, host: 'broker.example' };

describe('the form of a connection', () => {
  const commands = { kind: 'signed', key: 'secret:commands' } as const;

  it.each([
    noConnection,
    whole,
    { ...whole, broker: null },
    { ...whole, broker: whole.broker && { ...whole.broker, commands } },
  ])('gives back the settings it was made of', (settings) =>
    expect(readDraft(draftOf(settings)).settings).toEqual(settings),
  );

  it('starts with no network and no broker', () =>
    expect(readDraft(draftOf(null)).settings).toEqual(noConnection));

  it.each<[string, Partial<ConnectionDraft>, string]>([
    ['a host with a space', { host: 'a b' }, 'host'],
    ['no port', { port: '' }, 'port'],
    ['a certificate without TLS', { tls: false }, 'needsTls'],
    [
      'a certificate of the app without TLS',
      { tls: false, login: 'anonymous', watcher: 'certificate' },
      'needsTls',
    ],
    ['a port in words', { port: 'mqtt' }, 'port'],
    ['an authority that is no certificate', { authority: 'pasted', pem: 'hello' }, 'pem'],
    ['a topic with a wildcard', { topic: 'a/#' }, 'topic'],
    ['no password yet', { login: 'password' }, 'unit'],
    ['no user', { login: 'password', username: '' }, 'username'],
    ['Wi-Fi without a name', { network: 'wifi' }, 'ssid'],
    ['Wi-Fi without a password', { network: 'wifi', ssid: 'plant' }, 'wifi'],
    ['half an address', { network: 'ethernet', address: 'static', ip: '10.0.0' }, 'ip'],
  ])('names %s', (_name, part, problem) => expect(readDraft({ ...broker, ...part }).problem).toBe(problem));

  it('takes a secret that stands in its field for there, and asks for no more than is needed', () => {
    const draft: ConnectionDraft = { ...broker, login: 'password' };
    expect(secretsNeeded(draft)).toEqual(['unit']);
    expect(readDraft(draft, ['unit']).problem).toBeNull();
    expect(secretsNeeded({ ...draft, login: 'certificate' })).toEqual([]);
  });

  it('leaves out what the choices hide', () => {
    const open = readDraft({ ...draftOf(whole), isOpen: true, hasBroker: false, address: 'dhcp' }).settings;
    expect(open).toMatchObject({ broker: null, network: { password: null, address: { kind: 'dhcp' } } });
  });

  it('takes the usual port with TLS and without, and leaves any other', () => {
    expect(withTls(broker, false)).toMatchObject({ tls: false, port: '1883' });
    expect(withTls(withTls(broker, false), true)).toMatchObject({ tls: true, port: '8883' });
    expect(withTls({ ...broker, port: '18883' }, false)).toMatchObject({ port: '18883' });
  });
});
