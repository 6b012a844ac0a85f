import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTcp, parseTcpPort } from './tcp.ts';

let server: Server;
let port: string;
const peers: Socket[] = [];

beforeEach(async () => {
  server = createServer((socket) => {
    peers.push(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => socket.write(bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = `tcp:127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy();
  await new Promise((resolve) => server.close(resolve));
});

test('names', () => {
  expect(parseTcpPort('tcp:10.0.0.5:5025')).toEqual({ host: '10.0.0.5', port: 5025 });
  expect(parseTcpPort('tcp:[fe80::1]:5025')).toEqual({ host: 'fe80::1', port: 5025 });
  for (const bad of ['tcp:host', 'tcp:host:0', 'tcp:host:65536', 'tcp::1:5', 'tcp:a b:5', 'tcp:h:5/x']) {
    expect(parseTcpPort(bad), bad).toBeUndefined();
  }
});

test('bytes go there and come back; closing is ours', async () => {
  const transport = await openTcp(port);
  const heard = new Promise<string>((resolve) => {
    transport.onData((bytes) => resolve(Buffer.from(bytes).toString()));
  });
  await transport.write(Buffer.from('*IDN?\n'));
  expect(await heard).toBe('*IDN?\n');
  await transport.close();
  expect((await transport.closed).reason).toBe('user');
});

test('a peer that hangs up is lost', async () => {
  const transport = await openTcp(port);
  while (peers.length === 0) await new Promise(setImmediate);
  peers[0]?.end();
  expect((await transport.closed).reason).toBe('lost');
  await expect(transport.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'PORT_LOST' });
});

test('nobody there', async () => {
  const gone = port;
  await new Promise((resolve) => server.close(resolve));
  await expect(openTcp(gone)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
});

test('cancel', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(openTcp(port, { signal: stop.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
});
