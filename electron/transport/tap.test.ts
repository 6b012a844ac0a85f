import { expect, test } from 'vitest';
import { memoryTransport } from './memory-transport.ts';
import { tapped } from './tap.ts';

test('somebody who listens in hears each byte once, and the others hear what they would have', async () => {
  const { transport, far } = memoryTransport('p', (bytes, there) => there.say(`echo ${bytes.toString()}`));
  const heard: string[] = [];
  const tap = tapped(transport, {
    bytes: (direction, bytes) => heard.push(`${direction} ${Buffer.from(bytes).toString()}`),
    end: () => heard.push('end'),
  });
  far.say('boot ');
  await new Promise(setImmediate);
  const received: string[][] = [[], []];
  const stopFirst = tap.onData((bytes) => received[0]?.push(Buffer.from(bytes).toString()));
  tap.onData((bytes) => received[1]?.push(Buffer.from(bytes).toString()));
  await tap.write(Buffer.from('a'));
  await new Promise(setImmediate);
  stopFirst();
  await tap.write(Buffer.from('b'));
  await new Promise(setImmediate);
  expect(received).toEqual([
    ['boot ', 'echo a'],
    ['echo a', 'echo b'],
  ]);
  expect(heard).toEqual(['in boot ', 'out a', 'in echo a', 'out b', 'in echo b']);
  expect([tap.port, tap.kind, tap.isOpen]).toEqual(['p', 'simulated', true]);
  await tap.close();
  await tap.closed;
  expect(tap.isOpen).toBe(false);
  expect(heard.at(-1)).toBe('end');
});
