import { connect, type Socket } from 'node:net';
import { Failure } from '../../shared/contract/failure.ts';
import { Connection, closedBy, errnoOf } from './connection.ts';
import { throwIfCancelled, withDeadline } from './deadline.ts';
import type { Transport } from './transport.ts';

export interface TcpOptions {
  signal?: AbortSignal;
  connectDeadlineMs?: number;
}

const byErrno: Readonly<Record<string, 'PORT_NOT_FOUND' | 'PORT_PERMISSION' | 'PORT_FAILED'>> = {
  ECONNREFUSED: 'PORT_NOT_FOUND',
  ENOTFOUND: 'PORT_NOT_FOUND',
  EAI_AGAIN: 'PORT_NOT_FOUND',
  EHOSTUNREACH: 'PORT_NOT_FOUND',
  ENETUNREACH: 'PORT_NOT_FOUND',
  EACCES: 'PORT_PERMISSION',
  EPERM: 'PORT_PERMISSION',
};

/** `tcp:host:port`, `tcp:[::1]:5025`; undefined for anything else. */
export function parseTcpPort(port: string): { host: string; port: number } | undefined {
  const match = /^tcp:(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/\s]+)):(\d{1,5})$/.exec(port);
  const host = match?.[1] ?? match?.[2];
  const number = Number(match?.[3]);
  return host && number >= 1 && number <= 65_535 ? { host, port: number } : undefined;
}

/** @throws Failure PORT_NOT_FOUND, PORT_PERMISSION, PORT_FAILED, NO_REPLY (no connection in time), CANCELLED */
export async function openTcp(port: string, options: TcpOptions = {}): Promise<Transport> {
  const { signal, connectDeadlineMs = 5000 } = options;
  const address = parseTcpPort(port);
  if (!address) throw new Failure('PORT_NOT_FOUND', { port });
  throwIfCancelled(signal, 'connecting');
  const socket = connect({ ...address, noDelay: true, keepAlive: true });
  const connection = new Connection(port);
  attach(socket, connection);
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', (error) => {
      const code = byErrno[errnoOf(error) ?? ''] ?? 'PORT_FAILED';
      reject(new Failure(code, { port, detail: error.message.slice(0, 200) }, { cause: error }));
    });
  });
  try {
    await withDeadline(connected, { deadlineMs: connectDeadlineMs, signal, during: 'connecting', port });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return tcpTransport(socket, connection);
}

function attach(socket: Socket, connection: Connection): void {
  socket.on('data', (bytes) => connection.inbox.deliver(bytes));
  socket.on('error', (error) => connection.end(closedBy(error)));
  socket.on('end', () => connection.end({ reason: 'lost', detail: 'the other end closed the connection' }));
  socket.on('close', () => connection.end({ reason: 'lost', detail: 'the connection was closed' }));
  void connection.closed.then(() => socket.destroy());
}

function tcpTransport(socket: Socket, connection: Connection): Transport {
  return {
    port: connection.port,
    kind: 'tcp',
    closed: connection.closed,
    get isOpen() {
      return connection.isOpen;
    },
    onData: (listener) => connection.inbox.onData(listener),
    write: (bytes, writeOptions = {}) =>
      connection.write((done) => {
        socket.write(bytes, done);
      }, writeOptions),
    async close() {
      connection.end({ reason: 'user', detail: 'closed' });
      await connection.closed;
    },
  };
}
