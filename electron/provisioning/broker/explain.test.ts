import { describe, expect, it } from 'vitest';
import { Failure, type FailureCode } from '../../../shared/contract/failure.ts';
import { StageTimeout } from './dial.ts';
import { type Circumstances, explain } from './explain.ts';
import { accessLines } from './preflight.ts';

const certificate = {
  subject: 'broker',
  issuer: 'Plant authority',
  names: ['broker.plant', '192.0.2.1'],
  from: '2026-01-01T00:00:00.000Z',
  to: '2027-01-01T00:00:00.000Z',
  fingerprint: 'ab'.repeat(32),
};
const usual: Circumstances = {
  host: 'mqtt.plant',
  port: 8883,
  stage: 'tls',
  name: 'mqtt.plant',
  user: 'unit-7',
  shown: [certificate],
  trusted: [{ ...certificate, subject: 'Project authority' }],
  speaks: null,
  now: Date.parse('2026-11-22T00:00:00Z'),
};
const coded = (code: string | number): Error => Object.assign(new Error('any text'), { code });

const table: [unknown, Partial<Circumstances>, FailureCode, RegExp][] = [
  [coded('ENOTFOUND'), { stage: 'connect' }, 'BROKER_UNREACHABLE', /port 8883: no network knows this name/],
  [coded('EAI_AGAIN'), { stage: 'connect' }, 'BROKER_UNREACHABLE', /could not be looked up/],
  [coded('ECONNREFUSED'), { stage: 'connect' }, 'BROKER_UNREACHABLE', /nothing listens on this port/],
  [coded('EHOSTUNREACH'), { stage: 'connect' }, 'BROKER_UNREACHABLE', /no route to that computer/],
  [coded('ENETUNREACH'), { stage: 'connect' }, 'BROKER_UNREACHABLE', /no route to that network/],
  [coded('ETIMEDOUT'), { stage: 'connect' }, 'BROKER_UNREACHABLE', /nothing answered/],
  [
    new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]),
    { stage: 'connect' },
    'BROKER_UNREACHABLE',
    /nothing listens/,
  ],
  [new StageTimeout(), { stage: 'connect' }, 'BROKER_UNREACHABLE', /within 5 s while connecting/],
  [new StageTimeout(), { stage: 'login' }, 'BROKER_UNREACHABLE', /within 5 s while signing in/],
  [coded('EWHATEVER'), { stage: 'connect' }, 'BROKER_UNREACHABLE', /code EWHATEVER/],
  [
    coded('ERR_TLS_CERT_ALTNAME_INVALID'),
    {},
    'BROKER_WRONG_NAME',
    /for broker\.plant, 192\.0\.2\.1, not for mqtt\.plant/,
  ],
  [coded('ERR_TLS_CERT_ALTNAME_INVALID'), { shown: null }, 'BROKER_WRONG_NAME', /for no name at all/],
  [
    coded('CERT_HAS_EXPIRED'),
    { now: Date.parse('2028-01-01T00:00:00Z') },
    'BROKER_CERTIFICATE_DATE',
    /\(broker\) is valid from 2026-01-01T00:00:00\.000Z to 2027-.*; it is now 2028-/,
  ],
  [
    coded('CERT_NOT_YET_VALID'),
    { now: Date.parse('2025-01-01T00:00:00Z') },
    'BROKER_CERTIFICATE_DATE',
    /is now 2025-/,
  ],
  [
    coded('CERT_HAS_EXPIRED'),
    { trusted: [{ ...certificate, subject: 'Old authority', to: '2026-02-01T00:00:00.000Z' }] },
    'BROKER_CERTIFICATE_DATE',
    /\(Old authority\)/,
  ],
  [
    coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    {},
    'BROKER_UNKNOWN_AUTHORITY',
    /\(broker\) comes from Plant authority/,
  ],
  [coded('SELF_SIGNED_CERT_IN_CHAIN'), {}, 'BROKER_UNKNOWN_AUTHORITY', /Plant authority/],
  [coded('INVALID_PURPOSE'), {}, 'BROKER_TLS', /not made for a server/],
  [coded('ERR_SSL_WRONG_VERSION_NUMBER'), {}, 'BROKER_TLS', /does not speak TLS/],
  [coded('ECONNRESET'), { speaks: 'mqtt' }, 'BROKER_TLS', /does not speak TLS/],
  [coded('ECONNRESET'), {}, 'BROKER_TLS', /cut the connection during the handshake/],
  [coded('ECONNRESET'), { stage: 'login', name: null, speaks: 'tls' }, 'BROKER_TLS', /port speaks TLS/],
  [coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), { stage: 'login' }, 'BROKER_TLS', /demands a client/],
  [coded('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), { stage: 'login' }, 'BROKER_TLS', /refused the client cert/],
  [coded('ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED'), {}, 'BROKER_TLS', /because of its dates/],
  [coded('ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED'), {}, 'BROKER_TLS', /because of its dates/],
  [coded('ERR_OSSL_X509_KEY_VALUES_MISMATCH'), {}, 'BROKER_TLS', /do not belong together/],
  [coded('ERR_SSL_SOMETHING_NEW'), {}, 'BROKER_TLS', /code ERR_SSL_SOMETHING_NEW/],
  [coded(4), { stage: 'login' }, 'BROKER_LOGIN_REFUSED', /login of unit-7: user name or .* \(code 4\)/],
  [coded(5), { stage: 'login' }, 'BROKER_LOGIN_REFUSED', /not authorised to connect \(code 5\)/],
  [coded(134), { stage: 'login' }, 'BROKER_LOGIN_REFUSED', /\(code 134\)/],
  [coded(135), { stage: 'login' }, 'BROKER_LOGIN_REFUSED', /\(code 135\)/],
  [coded(2), { stage: 'login' }, 'BROKER_LOGIN_REFUSED', /client identifier \(code 2\)/],
  [coded(3), { stage: 'login' }, 'BROKER_UNREACHABLE', /not in service \(code 3\)/],
  [coded(137), { stage: 'login' }, 'BROKER_UNREACHABLE', /too busy \(code 137\)/],
  [coded(77), { stage: 'login' }, 'BROKER_LOGIN_REFUSED', /no table knows \(code 77\)/],
];

describe('what went wrong on the way to the broker', () => {
  it.each(table)('%o with %o is %s', (thrown, more, code, words) => {
    const failure = explain(thrown, { ...usual, ...more });
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(words);
    expect(failure.message + failure.next).not.toMatch(/\{\w+\}|any text|undefined/);
  });

  it('leaves a failure as it is', () => {
    const failure = new Failure('SECRET_UNKNOWN', { name: 'env:NO' });
    expect(explain(failure, usual)).toBe(failure);
  });
});

it('lists the access lines user by user', () => {
  const base = 'plumbline/ab12';
  expect(
    accessLines([
      { user: 'unit', action: 'publish to', topic: `${base}/check` },
      { user: 'watcher', action: 'read', topic: `${base}/#` },
      { user: 'unit', action: 'subscribe to', topic: `${base}/cmd` },
      { user: 'anonymous', action: 'publish to', topic: `${base}/cmd` },
    ]),
  ).toEqual([
    `topic write ${base}/cmd`,
    'user unit',
    `topic write ${base}/check`,
    `topic read ${base}/cmd`,
    'user watcher',
    `topic read ${base}/#`,
  ]);
});
