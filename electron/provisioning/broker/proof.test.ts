import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { connect } from 'mqtt';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { BrokerSettings, BrokerSight } from '../../../shared/contract/connection.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { type BrokerProof, proveOnBroker } from './broker.ts';
import { manifest, type Script, ScriptedUnit, unit } from './scripted-unit.fixture.ts';

let port: number;

beforeEach(async () => {
  const aedes = await Aedes.createBroker();
  const server = createServer((socket) => void aedes.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  return async () => {
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    await new Promise((resolve) => server.close(resolve));
  };
});

const base = `plumbline/${unit}`;
const anonymous = { kind: 'anonymous' } as const;

/** What the broker keeps from long ago. */
async function leave(topic: string, payload: unknown): Promise<void> {
  const client = connect(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 });
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  await client.publishAsync(`${base}/${topic}`, text, { qos: 1, retain: true });
  await client.endAsync();
}

async function prove(script: Script, more: Partial<BrokerProof> = {}): Promise<BrokerSight[]> {
  const peer = new ScriptedUnit(port, script);
  onTestFinished(() => peer.close());
  const settings = BrokerSettings.parse({
    host: '127.0.0.1',
    port,
    tls: null,
    login: anonymous,
    watcher: null,
    keepAliveSeconds: 5,
  });
  const sights: BrokerSight[] = [];
  await proveOnBroker({
    settings,
    unit,
    hello: { manifest, boot: 7, tag: 'TT-101' },
    link: peer.link,
    watcher: anonymous,
    unitLogin: null,
    authority: null,
    saw: (sight) => sights.push(BrokerSight.parse(sight)),
    seconds: { birth: 0.7, data: 0.7, answer: 0.7, will: 0.7, return: 0.7 },
    ...more,
  });
  return sights;
}

async function missing(script: Script, more: Partial<BrokerProof> = {}): Promise<Failure> {
  const thrown = await prove(script, more).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Failure);
  return Failure.from(thrown);
}

describe('the proof at the broker', () => {
  it('sees birth, data, answer, last will and return of a sound unit', async () => {
    const sights = await prove({}, { seconds: {}, unitLogin: anonymous });
    expect(sights.map(({ what, topic }) => [what, topic])).toEqual([
      ['birth', `${base}/birth`],
      ['data', `${base}/data`],
      ['answer', `${base}/reply`],
      ['will', `${base}/state`],
      ['return', `${base}/birth`],
    ]);
    expect(sights[0]?.detail).toContain('tag TT-101, software abababababab…, start 7');
    expect(sights[1]?.detail).toMatch(/^frame \d+ as on the line: t1 = 2\d+$/);
  });

  const old = { unit, agent: '0.1.0', sw: manifest, tag: 'TT-101', boot: 7, t: 10 };
  const liars: [string, Script, object | null, [string, RegExp]][] = [
    ['a birth of an earlier start', { birth: 'none' }, { ...old, boot: 6 }, ['birth', /birth of start 6/]],
    [
      'a birth of a start with the same number, from before the unit was erased',
      { birth: 'none' },
      { ...old, t: 900_000_000 },
      ['birth', /earlier start with the same number/],
    ],
    ['a birth of older software', { birth: { sw: 'cd'.repeat(32) } }, null, ['birth', /software cdcd/]],
    ['the birth of another unit', { birth: { unit: 'beef0001' } }, null, ['birth', /another unit, beef0001/]],
    ['a birth with the tag of another', { birth: { tag: 'TT-999' } }, null, ['birth', /tag TT-999/]],
    ['no birth', { birth: 'none' }, null, ['birth', /it is connected; the broker may drop/]],
    ['the data of another unit', { dataOff: 1 }, null, ['data', /differ from what the unit measured/]],
    ['no data', { data: 'none' }, null, ['data', /it is connected/]],
    ['an answer to another command', { answerOff: 1 }, null, ['answer', /an answer to command/]],
    ['a refusal', { answer: 'refuse' }, null, ['answer', /it refused: busy, not now/]],
    ['no answer', { answer: 'none' }, null, ['answer', /it is connected/]],
    ['a farewell instead of a will', { farewell: true }, null, ['will', /it is connected/]],
    ['no return', { comesBack: false }, null, ['return', /it is connected/]],
    ['a birth from before the cut', { returnOff: -900 }, null, ['return', /before the unit was cut off/]],
  ];

  it.each(liars)('is not taken in by %s', async (_, script, kept, [sight, detail]) => {
    if (kept) await leave('birth', kept);
    const { code, params, deviceState } = await missing(script);
    expect([code, params.sight, deviceState]).toEqual(['BROKER_SILENT', sight, 'new-runs']);
    expect(params.detail).toMatch(detail);
  });

  it('takes no message that the broker had kept for one of now', async () => {
    await leave('state', 'offline');
    await leave('data', { boot: 7, seq: 100, t: 2000, v: { t1: 20_100 } });
    expect((await missing({ farewell: true })).params).toMatchObject({ sight: 'will' });
    const { params } = await missing({ data: 'none' });
    expect(params.detail).toMatch(/data that the broker had kept/);
  });

  it('takes the birth that the broker keeps of this very start, as the return is live', async () => {
    await leave('birth', old);
    const { params } = await missing({ birth: 'none' });
    expect(params.sight).toBe('return');
  });

  it('says what the unit itself says', async () => {
    const trouble = { what: 'tls', code: -9984, detail: 'the certificate is not trusted' };
    const { params } = await missing({ birth: 'none', uplink: { broker: 'down', trouble } });
    expect(params.detail).toBe('the unit says: tls: the certificate is not trusted (code -9984)');
  });

  it('does not start with a unit that runs other software, or knows of no broker', async () => {
    const hello = { manifest: 'cd'.repeat(32), boot: 7, tag: 'TT-101' };
    expect((await missing({}, { hello })).code).toBe('VERIFY_FAILED');
    const { params } = await missing({ uplink: { broker: 'none' } });
    expect(params.detail).toBe('the unit has no broker in its configuration');
  });

  it('ends at once when told to', async () => {
    const stop = new AbortController();
    const saw = (): void => stop.abort();
    expect((await missing({}, { signal: stop.signal, saw })).code).toBe('CANCELLED');
  });
});
