import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Channel } from '../../shared/contract/channel.ts';
import { type Door, hasCookie, isOurHost, isOurOrigin, isToken } from './guard.ts';

/** Where the page opens its channel: `ws://127.0.0.1:<port>/channel?token=<token>`. */
export const channelPath = '/channel';

/** The largest request is a recipe or a rule set, some tens of kilobytes. */
const largestMessageBytes = 1_000_000;
/** Beyond this much unsent data live frames are left out (the page sees the gap in their numbers) … */
export const framesStopAtBytes = 4_000_000;
/** … and beyond this a page that takes nothing is let go; it connects again when it wakes. */
const letGoAtBytes = 64_000_000;
const pingEveryMs = 15_000;

/** Takes WebSocket handshakes of this server that pass every check. Returns what ends them all. */
export function acceptSockets(server: Server, door: Door, onChannel: (channel: Channel) => void): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // A peer that vanishes during the handshake must not end the program; ws has its own listener later.
    stream.on('error', () => stream.destroy());
    const refusal = whyRefused(door, request);
    if (refusal !== null) {
      stream.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      keepAlive(socket);
      onChannel(socketChannel(socket));
    });
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

function whyRefused(door: Door, { headers, url = '' }: IncomingMessage): string | null {
  const [path, query] = url.split('?', 2);
  if (!isOurHost(door, headers.host)) return '421 Misdirected Request';
  if (path !== channelPath) return '404 Not Found';
  if (!isOurOrigin(door, headers.origin)) return '403 Forbidden';
  const given = new URLSearchParams(query).get('token');
  return isToken(door, given) && hasCookie(door, headers.cookie) ? null : '403 Forbidden';
}

/** A laptop that slept leaves a half-open connection; without an answer to two pings it is ended. */
function keepAlive(socket: WebSocket): void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingEveryMs);
  socket.once('close', () => clearInterval(timer));
}

/** A WebSocket as a channel: text is control, bytes are live frames. */
export function socketChannel(socket: WebSocket): Channel {
  // A broken frame or an oversized message closes the socket; the close is what the host hears of it.
  socket.on('error', () => socket.terminate());
  return {
    post: (data) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > letGoAtBytes) return socket.terminate();
      if (typeof data !== 'string' && socket.bufferedAmount > framesStopAtBytes) return;
      socket.send(data);
    },
    onMessage: (listener) => {
      socket.on('message', (data: RawData, isBinary: boolean) =>
        listener(isBinary ? bytesOf(data) : textOf(data)),
      );
    },
    onClose: (listener) => void socket.once('close', () => listener()),
    close: () => socket.close(),
    get backlog() {
      return socket.bufferedAmount;
    },
  };
}

const bytesOf = (data: RawData): Buffer => {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
};

const textOf = (data: RawData): string => bytesOf(data).toString('utf8');
