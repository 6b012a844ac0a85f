import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { channelPair } from '../../shared/contract/channel.ts';
import { type Method, methods } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { ContractServer, type Handlers } from './server.ts';

const handlers = Object.fromEntries(
  Object.keys(methods).map((method) => [method, () => `did ${method}`]),
) as unknown as Handlers;

type Answer = { id: number; result?: unknown; failure?: { code: string; params: Record<string, string> } };

function connected(changed: Partial<Record<Method, () => unknown>> = {}) {
  const server = new ContractServer(
    { ...handlers, ...(changed as Partial<Handlers>) },
    pino({ level: 'silent' }),
  );
  const [page, host] = channelPair();
  server.connect(host);
  const received: Answer[] = [];
  const waiting: (() => void)[] = [];
  page.onMessage((data) => {
    received.push(JSON.parse(String(data)) as Answer);
    waiting.shift()?.();
  });
  const ask = async (message: unknown): Promise<Answer | undefined> => {
    const came = new Promise<void>((resolve) => waiting.push(resolve));
    page.post(typeof message === 'string' ? message : JSON.stringify(message));
    await came;
    return received.at(-1);
  };
  return { server, page, host, ask, received };
}

describe('contract server', () => {
  it('answers a request by its id', async () => {
    const { ask } = connected();
    expect(await ask({ id: 7, method: 'job.get', params: {} })).toEqual({ id: 7, result: 'did job.get' });
  });

  it.each(['nothing.here', 'constructor', '__proto__', 'toString', ''])(
    'refuses the method %j',
    async (method) => {
      const { ask } = connected();
      expect((await ask({ id: 1, method, params: {} }))?.failure?.code).toBe('REQUEST_INVALID');
    },
  );

  it.each<[string, unknown, string]>([
    ['wizard.get', {}, 'id'],
    ['wizard.get', { id: '../w1' }, 'id'],
    ['job.get', { extra: 1 }, 'parameters'],
    ['bench.setPoint', { celsius: 1e9 }, 'celsius'],
    [
      'wizard.act',
      { id: 'w1', action: { kind: 'provision', intent: { type: 'proved' } } },
      'action.intent.type',
    ],
  ])('names what is wrong with the parameters of %s %j', async (method, params, path) => {
    const { ask } = connected();
    const answer = await ask({ id: 1, method, params });
    expect(answer?.failure?.code).toBe('REQUEST_INVALID');
    expect(answer?.failure?.params.detail).toMatch(new RegExp(`^${path}`));
  });

  it('passes a Failure on as data and turns anything else into INTERNAL', async () => {
    const { ask } = connected({
      'job.get': () => {
        throw new Failure('PORT_BUSY', { port: 'COM3' });
      },
      'report.list': () => {
        throw new TypeError('oops');
      },
    });
    expect((await ask({ id: 1, method: 'job.get', params: {} }))?.failure).toMatchObject({
      code: 'PORT_BUSY',
      params: { port: 'COM3' },
    });
    expect((await ask({ id: 2, method: 'report.list', params: {} }))?.failure?.code).toBe('INTERNAL');
  });

  it.each([{ id: 3 }, { id: 3, method: 7, params: {} }, { id: 3, method: 'job.get', params: {}, more: 1 }])(
    'answers what is nearly a request, %j, by its id',
    async (message) => {
      const { ask } = connected();
      expect(await ask(message)).toMatchObject({ id: 3, failure: { code: 'REQUEST_INVALID' } });
    },
  );

  it('survives whatever arrives and still answers', async () => {
    const { ask, page } = connected();
    const junk = fc.oneof(
      fc.string(),
      fc.json(),
      fc.uint8Array().map((bytes) => bytes),
    );
    for (const message of fc.sample(junk, 300)) {
      // A valid request among the junk would be answered and spoil the count; none of these has all three fields.
      page.post(message);
    }
    expect(await ask({ id: 9, method: 'job.get', params: {} })).toEqual({ id: 9, result: 'did job.get' });
  });

  it('tells every connected page of an event, and none that has closed', async () => {
    const { server, received, host } = connected();
    server.emit('run.changed', null);
    await Promise.resolve();
    expect(received).toEqual([{ event: 'run.changed', payload: null }]);
    host.close();
    server.emit('run.changed', null);
    await Promise.resolve();
    expect(received).toHaveLength(1);
  });
});
