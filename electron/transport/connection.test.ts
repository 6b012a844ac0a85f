import { expect, test } from 'vitest';
import { Connection } from './connection.ts';

const never = (): void => {};

test('a write whose callback never comes settles on the end of the connection', async () => {
  const connection = new Connection('/dev/ttyACM0');
  const writes = [connection.write(never), connection.write(never)];
  const outcomes = Promise.allSettled(writes);
  expect(connection.end({ reason: 'lost', detail: 'unplugged' })).toBe(true);
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'PORT_LOST' } });
  }
});

test('only the first end counts', async () => {
  const connection = new Connection('/dev/ttyACM0');
  connection.end({ reason: 'lost', detail: 'unplugged' });
  expect(connection.end({ reason: 'error', detail: 'an echo of it' })).toBe(false);
  expect(await connection.closed).toEqual({ reason: 'lost', detail: 'unplugged' });
  expect(connection.isOpen).toBe(false);
});

test.each([
  [Object.assign(new Error('bad'), { code: 'EIO' }), 'PORT_LOST'],
  [new Error('bad file descriptor'), 'PORT_LOST'],
  [Object.assign(new Error('odd'), { code: 'EINVAL' }), 'PORT_FAILED'],
])('a write that fails with %s is %s', async (error, code) => {
  const connection = new Connection('/dev/ttyACM0');
  await expect(connection.write((done) => done(error))).rejects.toMatchObject({ code });
});
