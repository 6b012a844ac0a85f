import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect as connectTls, type TLSSocket } from 'node:tls';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SignIn } from './sign-in.ts';

/** Each stage on the way to the broker has its own deadline. */
export const STAGE_MS = 5000;

/** Where it went wrong on the way. */
export type Stage = 'connect' | 'tls' | 'login' | 'publish' | 'subscribe' | 'session';

/** Nothing came in time; a code of our own, so that it is told apart by code like everything else. */
export class StageTimeout extends Error {
  readonly code = 'PLUMBLINE_TIMEOUT';
}

export interface Address {
  host: string;
  port: number;
}

/** A TCP connection. @throws the system's error with its code, StageTimeout, Failure CANCELLED */
export function dialTcp({ host, port }: Address, signal: AbortSignal | undefined): Promise<Socket> {
  const socket = connectTcp({ host, port, noDelay: true });
  return ready(socket, 'connect', signal);
}

export interface TlsWish {
  /** Name that the certificate must bear. */
  name: string;
  /** PEM; null: the authorities that this computer trusts. */
  authority: string | null;
  signIn: SignIn;
}

/** TLS over an open connection, the certificate verified. @throws as `dialTcp`, and the codes of TLS */
export async function secure(
  socket: Socket,
  { name, authority, signIn }: TlsWish,
  signal: AbortSignal | undefined,
): Promise<TLSSocket> {
  const options: ConnectionOptions = {
    socket,
    ...serverName(name),
    minVersion: 'TLSv1.2',
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
    ...(authority === null ? {} : { ca: authority }),
    ...(signIn.kind === 'certificate' ? { cert: signIn.certificate, key: await signIn.key() } : {}),
  };
  return ready(connectTls(options), 'secureConnect', signal);
}

/** RFC 6066: only a DNS name is sent as the name that is asked for. */
export const serverName = (name: string): { servername: string } => ({
  servername: isIP(name) === 0 && /^[\w.-]+$/.test(name) ? name : '',
});

/** Settles with the socket at `event`, or destroys it and rejects. */
export function ready<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal | undefined,
): Promise<S> {
  const { promise, resolve, reject } = Promise.withResolvers<S>();
  const fail = (thrown: unknown): void => {
    reject(thrown);
    socket.destroy();
  };
  const abort = (): void => fail(new Failure('CANCELLED', { during: 'connecting to the broker' }));
  const closed = (): void =>
    fail(Object.assign(new Error('closed before it was ready'), { code: 'ECONNRESET' }));
  const timer = setTimeout(() => fail(new StageTimeout()), STAGE_MS);
  // An error that comes after the answer was given (a destroyed socket may still report one) is nobody's.
  socket.on('error', fail);
  socket.once('close', closed);
  socket.once(event, () => resolve(socket));
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    socket.removeListener('close', closed);
  });
}
