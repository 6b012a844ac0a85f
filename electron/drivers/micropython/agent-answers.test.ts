import { describe, expect, test } from 'vitest';
import { attached, hello } from './fake-agent.fixture.ts';

describe('the lesser verbs of the agent', () => {
  test('say in the app’s words what the agent says', async () => {
    const { link } = await attached({
      selftest: () => ({ ok: { checks: [['channel t1 reads', true, '']] } }),
      clock: (parameters: { set?: number }) => ({ ok: { wall: parameters?.set ?? null, t: 5 } }),
      confirm: ({ sw }: { sw: string }) => (sw === hello.sw ? { ok: {} } : { no: 'invalid "another"' }),
      net: () => ({
        ok: {
          net: 'up',
          ip: '10.0.0.2',
          mqtt: 'down',
          trouble: ['login', 5, 'not authorised'],
          sent: 1,
          acked: 0,
        },
      }),
      drop: () => ({ ok: {} }),
    });
    expect(await link.selfTest()).toEqual([{ what: 'channel t1 reads', ok: true, detail: '' }]);
    expect([await link.clock(), await link.clock(9)]).toEqual([
      { wall: null, t: 5 },
      { wall: 9, t: 5 },
    ]);
    await link.confirm(hello.sw);
    await expect(link.confirm('c'.repeat(64))).rejects.toMatchObject({ code: 'UNIT_REFUSED' });
    expect(await link.uplink()).toEqual({
      network: 'up',
      address: '10.0.0.2',
      broker: 'down',
      trouble: { what: 'login', code: 5, detail: 'not authorised' },
    });
    await link.dropBroker(1000);
  });

  test.each([
    ['selfTest', 'selftest', { checks: [[1]] }],
    ['clock', 'clock', { wall: 'noon', t: 1 }],
    ['uplink', 'net', { net: 'perhaps' }],
    ['hello', 'files', { files: [], next: 0 }],
  ] as const)('%s: an answer that is none is REPLY_UNREADABLE', async (method, verb, answer) => {
    const { link } = await attached({ [verb]: () => ({ ok: answer }) });
    await expect(link[method]()).rejects.toMatchObject({ code: 'REPLY_UNREADABLE' });
  });
});
