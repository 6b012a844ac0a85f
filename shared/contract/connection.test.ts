import { expect, it } from 'vitest';
import { BrokerLogin } from './connection.ts';

const login = (username: string) =>
  BrokerLogin.safeParse({ kind: 'password', username, password: 'env:MQTT' }).success;

it.each(['hall3', 'unit-{unit}', 'vhost:Müller & Söhne'])('%j is a user of a broker', (username) => {
  expect(login(username)).toBe(true);
});

it.each(['', 'u\ntopic readwrite #', 'u\r', 'u\0', 'u\u2028x', 'u\u0085x'])(
  '%j is none: it would be more than one line of an access list',
  (username) => {
    expect(login(username)).toBe(false);
  },
);
