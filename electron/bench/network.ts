import { isIP } from 'node:net';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { control } from './byte-ring.ts';
import { type AccessPoint, type SocketNews, type SocketRequest, socketErrors } from './network-messages.ts';
import { RealSocket } from './network-socket.ts';

/** What the boards' network is made of. */
export interface NetworkOptions {
  accessPoint: AccessPoint;
  /** Address of a host that the bench knows by name; null where it does not. */
  address(host: string, port: number): { host: string; port: number } | null;
}

const sameLoopback = (host: string): boolean => isIP(host) === 4 && host.startsWith('127.');

/**
 * The network of one board: real sockets of this process, on loopback only. A board reaches nothing else, as one
 * without a gateway. The board's thread sees none of this but messages, see network-calls.ts.
 */
export class BoardNetwork {
  readonly #options: NetworkOptions;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #sockets = new Map<number, RealSocket>();
  #port: MessagePort | null = null;

  constructor(options: NetworkOptions, words: Int32Array<SharedArrayBuffer>) {
    this.#options = options;
    this.#words = words;
  }

  /** For a thread that is about to start: the end of the wire that it gets. What was open before is gone. */
  plug(): MessagePort {
    this.cut();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on('message', (request: SocketRequest) => {
      if (port1 === this.#port) this.#handle(request);
    });
    port1.unref();
    return port2;
  }

  /** The board is without power: its sockets die without a farewell. */
  cut(): void {
    this.#resetAll();
    this.#port?.close();
    this.#port = null;
  }

  /** The cable is pulled, or the access point is gone. */
  setDown(down: boolean): void {
    Atomics.store(this.#words, control.networkDown, down ? 1 : 0);
    if (!down) return;
    for (const id of this.#sockets.keys())
      this.#tell({ kind: 'failed', id, code: socketErrors.ECONNABORTED });
    this.#resetAll();
  }

  get down(): boolean {
    return Atomics.load(this.#words, control.networkDown) === 1;
  }

  #resetAll(): void {
    for (const socket of this.#sockets.values()) socket.reset();
    this.#sockets.clear();
  }

  #tell(news: SocketNews): void {
    this.#port?.postMessage(news);
    Atomics.add(this.#words, control.networkBell, 1);
    Atomics.notify(this.#words, control.networkBell);
  }

  #handle(request: SocketRequest): void {
    const { id } = request;
    const socket = this.#sockets.get(id);
    switch (request.op) {
      case 'resolve':
        this.#resolve(id, request.host, request.port);
        return;
      case 'connect':
        this.#connect(id, request.host, request.port);
        return;
      case 'secure':
        socket?.secure(request.settings);
        return;
      case 'listen':
        socket?.listen();
        return;
      case 'send':
        socket?.send(request.bytes);
        return;
      case 'taken':
        socket?.taken(request.count);
        return;
      case 'close':
        socket?.close();
        this.#sockets.delete(id);
    }
  }

  #resolve(id: number, host: string, port: number): void {
    const found =
      this.#options.address(host, port) ?? (host === 'localhost' ? { host: '127.0.0.1', port } : null);
    if (found) this.#tell({ kind: 'resolved', id, ...found });
    else if (isIP(host) === 4) this.#tell({ kind: 'resolved', id, host, port });
    else this.#tell({ kind: 'failed', id, code: socketErrors.unknownName });
  }

  #connect(id: number, host: string, port: number): void {
    if (this.down || !sameLoopback(host)) {
      this.#tell({ kind: 'failed', id, code: socketErrors.EHOSTUNREACH });
      return;
    }
    const socket = new RealSocket((news) => this.#tell({ ...news, id } as SocketNews));
    this.#sockets.set(id, socket);
    socket.connect(host, port);
  }
}
