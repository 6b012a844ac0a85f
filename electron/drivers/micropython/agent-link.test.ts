import { describe, expect, test } from 'vitest';
import type { Frame, RuleEvent } from '../../../shared/contract/devices.ts';
import { encodeLine } from './agent-line.ts';
import { type Answer, attached, fakeAgent, type Handler, hello, sha256, unit } from './fake-agent.fixture.ts';

const big = Buffer.from(Array.from({ length: 1201 }, (_, i) => (i * 31) & 0xff));

describe('attach', () => {
  test('greets without Ctrl-C', async () => {
    const { link, asked } = await attached();
    expect(asked).toEqual(['hello']);
    const { agent, boot, t, tag, slot, channels } = hello;
    expect(await link.hello()).toEqual({
      agent,
      unit,
      boot,
      t,
      tag,
      slot,
      channels,
      engine: 1,
      files: { '/main.py': 'a'.repeat(64) },
      manifest: hello.sw,
      bootsLeft: 2,
      rulesRevision: null,
      periodMs: 100,
    });
  });

  test('asks again where the first line was lost', async () => {
    let lost = 1;
    const { link } = await attached({ hello: () => (lost-- > 0 ? undefined : { ok: hello }) });
    expect((await link.hello()).unit).toBe(unit);
  });

  test.each<[string, Answer]>([
    ['silence', undefined],
    ['a refusal', { no: 'what "?"' }],
    ['a hello without its facts', { ok: { agent: '0.1.0' } }],
  ])('%s is AGENT_NOT_RUNNING', async (_, answer) => {
    const { session, transport } = fakeAgent({ hello: () => answer });
    await expect(session.attach({ expected: unit })).rejects.toMatchObject({ code: 'AGENT_NOT_RUNNING' });
    expect(transport.isOpen).toBe(true);
  });

  test('another unit is refused', async () => {
    const { session } = fakeAgent();
    await expect(session.attach({ expected: 'beef0001' })).rejects.toMatchObject({
      code: 'WRONG_UNIT',
      params: { expected: 'beef0001', found: unit },
    });
  });

  test('a second attach leaves the first link to whoever works with it: it is the same', async () => {
    const { session, link, far } = await attached();
    const heard: number[] = [];
    link.onFrame(({ seq }) => heard.push(seq));
    const again = await session.attach({ expected: unit });
    expect(again).toBe(link);
    far.say(encodeLine('~10 100 t1=1:2'));
    await again.hello();
    expect(heard).toEqual([10]);
  });
});

describe('requests', () => {
  test('answers to nobody, echoes, noise and a flood are passed over', async () => {
    let greeted = false;
    const { link } = await attached({
      hello: (_, far) => {
        if (!greeted) {
          greeted = true;
          return { ok: hello };
        }
        far.say(Buffer.alloc(20_000, 0xff));
        far.say(encodeLine('=999999 ok {}'));
        far.say(encodeLine('=0 ok {}'));
        far.say(encodeLine('?5 hello'));
        far.say('Traceback (most recent call last):\r\nnoise');
        return { ok: hello };
      },
    });
    expect((await link.hello()).unit).toBe(unit);
  });

  test('a line that the agent found garbled is sent again, whatever it asks', async () => {
    let garbled = 2;
    const { link, files, usual, table } = await attached();
    table.commit = (parameters, far) => {
      garbled -= 1;
      if (garbled < 0) return usual.commit?.(parameters, far);
      far.say(encodeLine('=0 no checksum "again"'));
      return undefined;
    };
    await link.put('rules', big);
    expect(files.get('rules')?.equals(big)).toBe(true);
  });

  test('silence is NO_REPLY, after a second try for what may be done twice', async () => {
    const { link, asked } = await attached({ stream: () => undefined });
    await expect(link.stream(true)).rejects.toMatchObject({ code: 'NO_REPLY' });
    expect(asked.filter((verb) => verb === 'stream')).toHaveLength(2);
  });

  test('a pulled cable settles a request at once', async () => {
    const { link } = await attached({
      stream: (_, far) => {
        far.end();
        return undefined;
      },
    });
    await expect(link.stream(true)).rejects.toMatchObject({ code: 'PORT_LOST' });
    await expect(link.hello()).rejects.toMatchObject({ code: 'PORT_LOST' });
  });

  test('requests made at the same time go one after the other', async () => {
    const { link } = await attached();
    const [first, , third] = await Promise.all([link.hello(), link.stream(true), link.hello()]);
    expect(first).toEqual(third);
  });
});

test('frames and rule events arrive in order, stamped, until the listener goes', async () => {
  const { link, far } = await attached();
  const frames: Frame[] = [];
  const events: RuleEvent[] = [];
  const stop = link.onFrame((frame) => frames.push(frame));
  link.onRuleEvent((event) => events.push(event));
  far.say(
    Buffer.concat([encodeLine('~10 100 t1=1:2'), encodeLine('!10 100 0 ON'), encodeLine('~11 200 t1=null')]),
  );
  await link.hello();
  stop();
  far.say(encodeLine('~12 300 t1=1:2'));
  await link.hello();
  expect(frames).toEqual([
    { seq: 10, t: 100, channels: [{ id: 't1', value: 1, raw: 2 }], at: expect.any(Number) },
    { seq: 11, t: 200, channels: [{ id: 't1', value: null, raw: null }], at: expect.any(Number) },
  ]);
  expect(events).toEqual([{ seq: 10, t: 100, rule: 0, kind: 'ON' }]);
});

describe('files', () => {
  test.each([0, 1, 479, 480, 481, 960, 1201])('%i bytes go there and come back', async (length) => {
    const { link, files } = await attached();
    const bytes = big.subarray(0, length);
    expect(await link.put('rules', bytes)).toEqual({ sha256: sha256(bytes), fromSeq: 42 });
    expect(files.get('rules')?.equals(bytes)).toBe(true);
    expect(Buffer.from((await link.get('rules')) ?? 'none').equals(bytes)).toBe(true);
  });

  test('a file that is not there is null', async () => {
    const { link } = await attached();
    expect(await link.get('config')).toBeNull();
  });

  test('a block that is lost once starts the transfer over, and the file arrives whole', async () => {
    let lose = 2;
    const { link, files, usual, table } = await attached();
    table.data = (parameters, far) => (--lose === 0 ? undefined : usual.data?.(parameters, far));
    await link.put('rules', big);
    expect(files.get('rules')?.equals(big)).toBe(true);
  });

  test.each<[string, string, string, string]>([
    ['put', 'invalid "too large"', 'UNIT_REFUSED', 'old-still-runs'],
    ['put', 'space "full"', 'NO_SPACE', 'old-still-runs'],
    ['data', 'order "no"', 'REPLY_UNREADABLE', 'old-still-runs'],
    ['commit', 'hash "differs"', 'VERIFY_FAILED', 'old-still-runs'],
    ['commit', 'invalid "rule 3"', 'UNIT_REFUSED', 'old-still-runs'],
  ])('%s refused with %s is %s, and the old file stays', async (verb, no, code, deviceState) => {
    const { link, files } = await attached({ [verb]: () => ({ no }) });
    await expect(link.put('rules', big)).rejects.toMatchObject({ code, deviceState });
    expect(files.size).toBe(0);
  });

  test('silence after the commit leaves the state open, and says so', async () => {
    const { link } = await attached({ commit: () => undefined });
    await expect(link.put('rules', big)).rejects.toMatchObject({
      code: 'NO_REPLY',
      deviceState: 'indeterminate',
    });
  });

  test('silence before it does not', async () => {
    const { link } = await attached({ data: () => undefined });
    await expect(link.put('rules', big)).rejects.toMatchObject({
      code: 'NO_REPLY',
      deviceState: 'old-still-runs',
    });
  });

  test.each<[string, Handler]>([
    ['no part', () => ({ ok: {} })],
    ['an empty part', () => ({ ok: { size: 9, sha: 'a'.repeat(64), b64: '' } })],
    ['a size beyond all files', () => ({ ok: { size: 1e9, sha: 'a'.repeat(64), b64: 'AAAA' } })],
    [
      'a file that changes all the time',
      ({ at }: { at: number }) => ({ ok: { size: 900 + at, sha: 'a'.repeat(64), b64: 'AAAA' } }),
    ],
  ])('%s is REPLY_UNREADABLE', async (_, get) => {
    const { link } = await attached({ get });
    await expect(link.get('rules')).rejects.toMatchObject({ code: 'REPLY_UNREADABLE' });
  });

  test('a file that is not what its hash says is VERIFY_FAILED', async () => {
    const { link } = await attached({ get: () => ({ ok: { size: 3, sha: 'a'.repeat(64), b64: 'AAAA' } }) });
    await expect(link.get('rules')).rejects.toMatchObject({ code: 'VERIFY_FAILED' });
  });
});
