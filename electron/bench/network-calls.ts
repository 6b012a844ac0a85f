import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { control } from './byte-ring.ts';
import type { BoardConsole } from './console.ts';
import {
  type AccessPoint,
  socketErrors as errors,
  type HardwareCall,
  type SocketNews,
  type SocketRequest,
  socketBytes,
  type TlsSettings,
} from './network-messages.ts';
import { Radio } from './network-radio.ts';
import type { WasmMemory } from './syscalls.ts';

/** As many as lwIP has on an RP2 board (MEMP_NUM_TCP_PCB). */
const mostSockets = 5;
const waitMs = 10;
const readable = 1;
const writable = 4;
const hungUp = 16;

interface BoardSocket {
  state: 'new' | 'connecting' | 'open' | 'ended' | 'failed';
  secured: boolean;
  /** The main thread knows that it is used, with or without TLS. */
  used: boolean;
  received: Uint8Array[];
  unsent: number;
  code: number;
  words: string;
}

export interface NetworkParts {
  port: MessagePort;
  words: Int32Array<SharedArrayBuffer>;
  accessPoint: AccessPoint;
  console: BoardConsole;
  memory: WasmMemory;
}

/**
 * The network's part of the module `_hw`, for `/rom/socket.py` and its like. No call waits but `net_wait`: they give
 * a number, or the negative of an error number, -11 (EAGAIN) where they would have to wait.
 */
export class BoardSockets {
  readonly #parts: NetworkParts;
  readonly #radio: Radio;
  readonly #sockets = new Map<number, BoardSocket>();
  readonly #names = new Map<number, string>();
  readonly #contexts: TlsSettings[] = [];
  #lastId = 0;
  #seenBell = 0;

  constructor(parts: NetworkParts) {
    this.#parts = parts;
    this.#radio = new Radio(parts.accessPoint, () => Atomics.load(parts.words, control.networkDown) === 0);
  }

  calls(): Record<string, HardwareCall> {
    return {
      ...this.#radio.calls(),
      net_wait: (milliseconds: number) => this.#wait(milliseconds),
      net_resolve: (host: string, port: number) => this.#resolve(host, port),
      net_resolved: (id: number) => this.#resolved(id),
      net_open: () => this.#open(),
      net_connect: (id: number, host: string, port: number) => this.#connect(id, host, port),
      net_connected: (id: number) => this.#connected(id),
      net_send: (id: number, address: number, length: number) => this.#send(id, address, length),
      net_receive: (id: number, address: number, length: number) => this.#receive(id, address, length),
      net_poll: (id: number, flags: number) => this.#poll(id, flags),
      net_words: (id: number) => this.#sockets.get(id)?.words ?? '',
      net_close: (id: number) => this.#close(id),
      tls_context: () =>
        this.#contexts.push({
          authorities: [],
          certificate: null,
          key: null,
          serverName: null,
          verify: true,
        }) - 1,
      tls_authority: (context: number, address: number, length: number) =>
        this.#authority(context, this.#bytes(address, length)),
      tls_pair: (context: number, at: number, length: number, keyAt: number, keyLength: number) =>
        this.#pair(context, this.#bytes(at, length), this.#bytes(keyAt, keyLength)),
      tls_secure: (context: number, id: number, verify: boolean, name: string) =>
        this.#secure(context, id, verify, name),
    };
  }

  #bytes(address: number, length: number): Uint8Array {
    return this.#parts.memory.bytes().slice(address, address + length);
  }

  #ask(request: SocketRequest): void {
    this.#parts.port.postMessage(request);
  }

  /** Takes in what the main thread has said. */
  #hear(): void {
    this.#seenBell = Atomics.load(this.#parts.words, control.networkBell);
    for (;;) {
      const message = receiveMessageOnPort(this.#parts.port) as { message: SocketNews } | undefined;
      if (!message) return;
      this.#take(message.message);
    }
  }

  #take(news: SocketNews): void {
    if (news.kind === 'resolved') this.#names.set(news.id, `${news.host} ${news.port}`);
    if (news.kind === 'failed' && this.#names.has(news.id)) this.#names.set(news.id, String(news.code));
    const socket = this.#sockets.get(news.id);
    if (!socket || socket.state === 'failed') return;
    if (news.kind === 'connected') socket.state = 'open';
    if (news.kind === 'secured') socket.secured = true;
    if (news.kind === 'data') socket.received.push(news.bytes);
    if (news.kind === 'sent') socket.unsent -= news.count;
    if (news.kind === 'ended') socket.state = 'ended';
    if (news.kind !== 'failed') return;
    socket.state = 'failed';
    socket.code = news.code;
    socket.words = news.words ?? '';
  }

  /** Until there is news, a Ctrl-C, or the time is over; never long, so that Python's loop around it turns. */
  #wait(milliseconds: number): boolean {
    const { words, console } = this.#parts;
    Atomics.wait(words, control.networkBell, this.#seenBell, Math.min(milliseconds, waitMs));
    return console.poll();
  }

  #resolve(host: string, port: number): number {
    if (!this.#radio.up) return errors.unknownName;
    this.#lastId += 1;
    this.#names.set(this.#lastId, '');
    this.#ask({ op: 'resolve', id: this.#lastId, host, port });
    return this.#lastId;
  }

  /** Host and port, or the error's number, once known. */
  #resolved(id: number): string {
    this.#hear();
    const name = this.#names.get(id) ?? '';
    if (name !== '') this.#names.delete(id);
    return name;
  }

  #open(): number {
    if (this.#sockets.size >= mostSockets) return -errors.ENOBUFS;
    this.#lastId += 1;
    const socket: BoardSocket = {
      state: 'new',
      secured: true,
      used: false,
      received: [],
      unsent: 0,
      code: 0,
      words: '',
    };
    this.#sockets.set(this.#lastId, socket);
    return this.#lastId;
  }

  #connect(id: number, host: string, port: number): number {
    const socket = this.#sockets.get(id);
    if (!socket) return -errors.EBADF;
    if (socket.state !== 'new') return -errors.EISCONN;
    if (!this.#radio.up) return -errors.EHOSTUNREACH;
    socket.state = 'connecting';
    this.#ask({ op: 'connect', id, host, port });
    return 0;
  }

  /** Of a failed socket its error, of one that is not ready EAGAIN, else null. */
  #trouble(socket: BoardSocket | undefined): number | null {
    this.#hear();
    if (!socket) return -errors.EBADF;
    if (socket.state === 'failed') return socket.code < 0 ? socket.code : -socket.code;
    if (socket.state === 'new') return -errors.ENOTCONN;
    return socket.state === 'connecting' || !socket.secured ? -errors.EAGAIN : null;
  }

  /** At its first use without TLS. */
  #use(id: number, socket: BoardSocket | undefined): void {
    if (!socket || socket.used || socket.state === 'new') return;
    socket.used = true;
    this.#ask({ op: 'listen', id });
  }

  #connected(id: number): number {
    return this.#trouble(this.#sockets.get(id)) ?? 0;
  }

  #send(id: number, address: number, length: number): number {
    const socket = this.#sockets.get(id);
    this.#use(id, socket);
    const trouble = this.#trouble(socket);
    if (trouble !== null || !socket) return trouble ?? 0;
    const count = Math.min(length, socketBytes - socket.unsent);
    if (count === 0 && length > 0) return -errors.EAGAIN;
    socket.unsent += count;
    this.#ask({ op: 'send', id, bytes: this.#bytes(address, count) });
    return count;
  }

  #receive(id: number, address: number, length: number): number {
    const socket = this.#sockets.get(id);
    this.#use(id, socket);
    this.#hear();
    const first = socket?.received[0];
    // What arrived before the end is still there to be read.
    if (!socket || !first) {
      const trouble = this.#trouble(socket);
      return trouble ?? (socket?.state === 'ended' ? 0 : -errors.EAGAIN);
    }
    const part = first.subarray(0, length);
    this.#parts.memory.bytes().set(part, address);
    if (part.length === first.length) socket.received.shift();
    else socket.received[0] = first.subarray(part.length);
    this.#ask({ op: 'taken', id, count: part.length });
    return part.length;
  }

  #poll(id: number, flags: number): number {
    const socket = this.#sockets.get(id);
    if (flags & readable) this.#use(id, socket);
    this.#hear();
    if (!socket || socket.state === 'new') return hungUp;
    if (socket.state === 'failed') return readable | writable;
    const reads = socket.received.length > 0 || socket.state === 'ended' ? readable : 0;
    const writes = socket.state !== 'connecting' && socket.unsent < socketBytes ? writable : 0;
    return reads | writes;
  }

  #close(id: number): number {
    if (this.#sockets.delete(id)) this.#ask({ op: 'close', id });
    return 0;
  }

  #authority(context: number, der: Uint8Array): number {
    if (!isCertificate(der)) return -errors.EINVAL;
    this.#contexts[context]?.authorities.push(der);
    return 0;
  }

  #pair(context: number, certificate: Uint8Array, key: Uint8Array): number {
    const settings = this.#contexts[context];
    if (!settings || !isCertificate(certificate) || !isKey(key)) return -errors.EINVAL;
    settings.certificate = certificate;
    settings.key = key;
    return 0;
  }

  #secure(context: number, id: number, verify: boolean, name: string): number {
    const socket = this.#sockets.get(id);
    const settings = this.#contexts[context];
    if (!socket || !settings) return -errors.EBADF;
    socket.secured = false;
    socket.used = true;
    this.#ask({ op: 'secure', id, settings: { ...settings, verify, serverName: name === '' ? null : name } });
    return 0;
  }
}

/** DER only: the smaller builds of mbedTLS leave PEM out, so that code which gives PEM would work on some boards. */
function isCertificate(der: Uint8Array): boolean {
  try {
    return der[0] === 0x30 && new X509Certificate(der).raw.length === der.length;
  } catch {
    return false;
  }
}

function isKey(der: Uint8Array): boolean {
  return (['pkcs8', 'sec1', 'pkcs1'] as const).some((type) => {
    try {
      createPrivateKey({ key: Buffer.from(der), format: 'der', type });
      return true;
    } catch {
      return false;
    }
  });
}
