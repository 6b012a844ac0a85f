import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel } from '../../shared/contract/channel.ts';
import { pageFile, pageHeaders } from '../host/page.ts';
import { cookieFor, type Door, hasCookie, isOurHost, isToken } from './guard.ts';
import { acceptSockets } from './socket.ts';

export interface WebDoor {
  /** The address to open, with the token that lets this browser in. */
  url: string;
  port: number;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

export interface WebDoorOptions {
  /** Folder of the built page. */
  page: string;
  /** 0 for any free port. Rejects with EADDRINUSE where it is taken. */
  port: number;
  /** A page has connected and passed every check. */
  onChannel: (channel: Channel) => void;
}

/** Serves the page and its channel on 127.0.0.1, to whoever holds this start's token. */
export async function openWebDoor({ page, port, onChannel }: WebDoorOptions): Promise<WebDoor> {
  const door: Door = { port, token: randomBytes(32).toString('hex') };
  const server = createServer((request, response) => {
    answer(door, page, request, response).catch((error: unknown) => {
      // The page was being rebuilt or the disk failed: the request ends, the door stays open.
      if (!response.headersSent) send(response, 500, text(`The file could not be read: ${String(error)}`));
      else response.destroy();
    });
  });
  await listen(server, port);
  door.port = (server.address() as AddressInfo).port;
  const closeSockets = acceptSockets(server, door, onChannel);
  return {
    url: `http://127.0.0.1:${door.port}/?token=${door.token}`,
    port: door.port,
    close: async () => {
      closeSockets();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject);
      resolve();
    });
  });

interface Body {
  type: string;
  bytes: string | Buffer;
}

const text = (words: string): Body => ({ type: 'text/plain; charset=utf-8', bytes: `${words}\n` });

const locked =
  'Plumbline runs here, but this browser has not been let in. Open the whole address that was printed where ' +
  'Plumbline was started; it ends in ?token=… and is new at every start.';

async function answer(
  door: Door,
  page: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host } = request.headers;
  if (!isOurHost(door, host)) return send(response, 421, text('This is not the address of Plumbline.'));
  // Older Safari and Firefox do not take 'self' to hold the WebSocket of the same address.
  for (const [name, value] of Object.entries(pageHeaders(`ws://${host}`))) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(response, 405, text('Only GET and HEAD are answered.'));
  }
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  if (path === '/' && isToken(door, new URLSearchParams(query).get('token'))) {
    response.setHeader('set-cookie', cookieFor(door));
    response.setHeader('location', '/');
    return send(response, 303, text('Welcome.'));
  }
  if (!hasCookie(door, request.headers.cookie)) return send(response, 403, text(locked));
  const body = await fileBody(door, page, path);
  send(
    response,
    body === null ? 404 : 200,
    body ?? text('There is no such file.'),
    request.method === 'HEAD',
  );
}

async function fileBody(door: Door, page: string, path: string): Promise<Body | null> {
  const file = pageFile(page, path);
  if (file === null) return null;
  const bytes = await readFile(file.path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return null;
    throw error;
  });
  if (bytes === null) return null;
  return { type: file.type, bytes: file.type.startsWith('text/html') ? withToken(door, bytes) : bytes };
}

/** The page hands this token back when it opens its channel: the cookie alone does not open one. */
const withToken = (door: Door, html: Buffer): string =>
  html.toString('utf8').replace(/(<meta name="plumbline-token" content=")"/, `$1${door.token}"`);

function send(response: ServerResponse, status: number, body: Body, headOnly = false): void {
  const bytes = Buffer.from(body.bytes);
  response.writeHead(status, { 'content-type': body.type, 'content-length': bytes.length });
  response.end(headOnly ? undefined : bytes);
}
