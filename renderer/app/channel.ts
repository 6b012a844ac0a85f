import type { Channel } from '../../shared/contract/channel.ts';

/** Path of the browser door; see electron/web/socket.ts. */
const CHANNEL_PATH = '/channel';
const CONNECT_MS = 10_000;

/** What the preload script of the window offers; see electron/shell/preload.ts. */
interface Preload {
  connect(nonce: string): void;
}

const preload = (): Preload | null => (globalThis as { plumbline?: Preload }).plumbline ?? null;

/** A new channel to the host, over whichever door this page came through. Rejects where nobody opens. */
export async function openChannel(): Promise<Channel> {
  const door = preload();
  return door === null ? openSocket() : openPort(door);
}

/** A port cannot be returned through Electron's context bridge: it follows as a message that bears our nonce. */
function openPort(door: Preload): Promise<Channel> {
  const nonce = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(late);
      window.removeEventListener('message', arrived);
    };
    const arrived = (event: MessageEvent<unknown>): void => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== nonce || !port) return;
      end();
      resolve(portChannel(port));
    };
    const late = setTimeout(() => {
      end();
      reject(new Error('the host did not open a channel'));
    }, CONNECT_MS);
    window.addEventListener('message', arrived);
    door.connect(nonce);
  });
}

function openSocket(): Promise<Channel> {
  const token = document.querySelector('meta[name="plumbline-token"]')?.getAttribute('content') ?? '';
  const url = new URL(CHANNEL_PATH, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams({ token }).toString();
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => socket.close(), CONNECT_MS);
    socket.addEventListener('close', () => reject(new Error('the host did not open a channel')), {
      once: true,
    });
    socket.addEventListener(
      'open',
      () => {
        clearTimeout(late);
        resolve(socketChannel(socket));
      },
      { once: true },
    );
  });
}

function socketChannel(socket: WebSocket): Channel {
  return {
    post: (data) => socket.send(typeof data === 'string' ? data : Uint8Array.from(data)),
    onMessage: (listener) => socket.addEventListener('message', (event) => listener(textOrBytes(event.data))),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    close: () => socket.close(),
  };
}

function portChannel(port: MessagePort): Channel {
  return {
    post: (data) => port.postMessage(data),
    onMessage: (listener) => {
      port.addEventListener('message', (event) => listener(textOrBytes(event.data)));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  };
}

const textOrBytes = (data: unknown): string | Uint8Array => {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return data instanceof Uint8Array ? data : String(data);
};
