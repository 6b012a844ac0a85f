import { expect, test } from 'vitest';
import { Failure } from '../../shared/contract/failure.ts';
import { ByteReader, demand } from './byte-reader.ts';
import { memoryTransport } from './memory-transport.ts';

const options = { deadlineMs: 1000, during: 'testing' };
const short = { deadlineMs: 20, during: 'testing' };

function setUp() {
  const { transport, far } = memoryTransport('memory:1', () => {});
  return { transport, far, reader: new ByteReader(transport) };
}

test('a pattern is found at every split of the stream, and what follows stays', async () => {
  const stream = Buffer.from('boot\r\n>>> rest');
  for (let split = 0; split <= stream.length; split += 1) {
    const { far, reader } = setUp();
    far.say(stream.subarray(0, split));
    far.say(stream.subarray(split));
    expect(await reader.readUntil('>>> ', options)).toEqual({
      kind: 'found',
      bytes: Buffer.from('boot\r\n>>> '),
    });
    expect((await reader.readExactly(4, options)).bytes.toString()).toBe('rest');
  }
});

test('lines lose their ending, CR LF or LF', async () => {
  const { far, reader } = setUp();
  far.say('one\r\ntwo\n\n');
  expect((await reader.readLine(options)).bytes.toString()).toBe('one');
  expect((await reader.readLine(options)).bytes.toString()).toBe('two');
  expect((await reader.readLine(options)).bytes.toString()).toBe('');
});

test('a deadline leaves the bytes in place for a second look', async () => {
  const { far, reader } = setUp();
  far.say('raw RE');
  expect(await reader.readUntil('REPL', short)).toEqual({ kind: 'silent', bytes: Buffer.from('raw RE') });
  far.say('PL');
  expect((await reader.readUntil('REPL', options)).bytes.toString()).toBe('raw REPL');
});

test('a flood without a match overflows instead of eating memory', async () => {
  const { far, reader } = setUp();
  const flood = Buffer.alloc(10_000, 0xff);
  const result = reader.readUntil('>', { ...options, max: 25_000 });
  for (let i = 0; i < 3; i += 1) far.say(flood);
  const overflow = await result;
  expect(overflow.kind).toBe('overflow');
  expect(() => demand(overflow, 'memory:1', options)).toThrow(
    expect.objectContaining({ code: 'REPLY_UNREADABLE' }),
  );
});

test('what nobody asks for is dropped in bounded memory, and the next read is told of the gap', async () => {
  const { far, reader } = setUp();
  for (let i = 0; i < 40; i += 1) far.say(Buffer.alloc(10_000, 0xff));
  far.say('>');
  await new Promise((resolve) => setTimeout(resolve, 20));
  const result = await reader.readUntil('>', options);
  expect(result.kind).toBe('overflow');
  expect(result.bytes.length).toBeLessThanOrEqual(64 * 1024);
  expect(reader.dropped + result.bytes.length).toBe(400_001);
  far.say('after>');
  expect((await reader.readUntil('>', options)).bytes.toString()).toBe('after>');
});

test('a lost transport settles a read at once, and every read after it', async () => {
  const { far, reader } = setUp();
  const pending = reader.readUntil('>', { deadlineMs: 60_000, during: 'waiting' });
  far.end();
  await expect(pending).rejects.toMatchObject({ code: 'PORT_LOST', params: { during: 'waiting' } });
  await expect(reader.readLine(options)).rejects.toBeInstanceOf(Failure);
});

test('bytes that came before the end can still be read', async () => {
  const { transport, far, reader } = setUp();
  far.say('last words\n');
  await new Promise(setImmediate);
  far.end();
  await transport.closed;
  expect((await reader.readLine(options)).bytes.toString()).toBe('last words');
});

test('cancel settles a read', async () => {
  const { reader } = setUp();
  const stop = new AbortController();
  const pending = reader.readExactly(1, { deadlineMs: 60_000, during: 'waiting', signal: stop.signal });
  stop.abort();
  await expect(pending).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('quiet: true when the line falls silent, false when it never does', async () => {
  const { far, reader } = setUp();
  far.say('noise');
  expect(await reader.quiet(20, options)).toBe(true);
  const noise = setInterval(() => far.say('x'), 2);
  expect(await reader.quiet(200, { deadlineMs: 60, during: 'testing' })).toBe(false);
  clearInterval(noise);
});
