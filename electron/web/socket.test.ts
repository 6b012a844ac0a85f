import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Channel } from '../../shared/contract/channel.ts';
import { openWebDoor, type WebDoor } from './server.ts';
import { framesStopAtBytes, socketChannel } from './socket.ts';

let door: WebDoor;
let token: string;
let channels: Channel[];
let arrived: (channel: Channel) => void;

beforeEach(async () => {
  channels = [];
  arrived = () => {};
  const onChannel = (channel: Channel): void => {
    channels.push(channel);
    arrived(channel);
  };
  door = await openWebDoor({ page: tmpdir(), port: 0, onChannel });
  token = new URL(door.url).searchParams.get('token') ?? '';
});
afterEach(() => door.close());

interface Handshake {
  path?: string;
  token?: string;
  cookie?: string;
  origin?: string | null;
  host?: string;
}

function knock({ path = '/channel', ...given }: Handshake = {}): WebSocket {
  const origin = given.origin === undefined ? `http://127.0.0.1:${door.port}` : given.origin;
  const headers: Record<string, string> = { cookie: given.cookie ?? `plumbline-${door.port}=${token}` };
  if (given.host !== undefined) headers.host = given.host;
  const query = given.token === undefined ? `?token=${token}` : given.token;
  return new WebSocket(`ws://127.0.0.1:${door.port}${path}${query}`, {
    headers,
    ...(origin === null ? {} : { origin }),
  });
}

async function enter(): Promise<[WebSocket, Channel]> {
  const channel = new Promise<Channel>((resolve) => {
    arrived = resolve;
  });
  const socket = knock();
  await once(socket, 'open');
  return [socket, await channel];
}

describe('who gets a channel', () => {
  const zeros = '0'.repeat(64);
  const refused: [string, Handshake, number][] = [
    ['no Origin', { origin: null }, 403],
    ['another page', { origin: 'https://evil.example' }, 403],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['no token', { token: '' }, 403],
    ['a wrong token', { token: `?token=${zeros}` }, 403],
    ['the token but not the cookie', { cookie: '' }, 403],
    ['a wrong cookie', { cookie: `plumbline-1=${zeros}` }, 403],
    ['another host name', { host: 'evil.example' }, 421],
    ['another path', { path: '/other' }, 404],
  ];
  test.each(refused)('not %s', async (_, handshake, status) => {
    const socket = knock(handshake);
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain(String(status));
    expect(channels).toEqual([]);
  });

  it('every page with the right key, each its own', async () => {
    const [first] = await enter();
    const [second] = await enter();
    expect(channels).toHaveLength(2);
    const heard: unknown[] = [];
    first.on('message', (data: Buffer) => heard.push(['first', data.toString()]));
    second.on('message', (data: Buffer) => heard.push(['second', data.toString()]));
    channels[1]?.post('only for the second');
    await once(second, 'message');
    expect(heard).toEqual([['second', 'only for the second']]);
  });
});

describe('the channel', () => {
  it('carries text as text and bytes as bytes, both ways', async () => {
    const [socket, channel] = await enter();
    const heard: (string | Uint8Array)[] = [];
    const two = new Promise<void>((resolve) => {
      channel.onMessage((data) => {
        if (heard.push(data) === 2) resolve();
      });
    });
    socket.send('{"id":1}');
    socket.send(Uint8Array.of(1, 2, 255));
    await two;
    expect(heard[0]).toBe('{"id":1}');
    expect([...(heard[1] as Uint8Array)]).toEqual([1, 2, 255]);
    channel.post(Uint8Array.of(7));
    const [data, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
    expect([...data, isBinary]).toEqual([7, true]);
  });

  it('ends a page that sends more than any request can be, and nobody else', async () => {
    const [greedy] = await enter();
    const [other, channel] = await enter();
    greedy.send('x'.repeat(1_100_000));
    await once(greedy, 'close');
    channel.post('still here');
    expect(String((await once(other, 'message'))[0])).toBe('still here');
  });

  it('tells both ends of a close, and the server of a page that is gone', async () => {
    const [socket, channel] = await enter();
    const gone = new Promise<void>((resolve) => channel.onClose(resolve));
    socket.terminate();
    await gone;
    const [second, secondChannel] = await enter();
    secondChannel.close();
    await once(second, 'close');
    secondChannel.post('after the end nothing is sent and nothing breaks');
  });

  it('leaves out live frames, never text, where the page does not keep up', () => {
    const sent: unknown[] = [];
    const socket = {
      OPEN: 1,
      readyState: 1,
      bufferedAmount: framesStopAtBytes + 1,
      send: (data: unknown) => sent.push(data),
      on: () => socket,
    };
    const channel = socketChannel(socket as unknown as WebSocket);
    channel.post(Uint8Array.of(1));
    channel.post('an answer');
    expect(sent).toEqual(['an answer']);
    expect(channel.backlog).toBe(framesStopAtBytes + 1);
    socket.bufferedAmount = 0;
    channel.post(Uint8Array.of(2));
    expect(sent).toHaveLength(2);
  });
});
