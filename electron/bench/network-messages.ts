/** What a board's thread and the main thread, which has the real sockets, say to each other. `id` names the socket. */
export type SocketRequest =
  | { op: 'resolve'; id: number; host: string; port: number }
  | { op: 'connect'; id: number; host: string; port: number }
  | { op: 'secure'; id: number; settings: TlsSettings }
  /** The board's program uses the connection without TLS: until then nothing is read from it. */
  | { op: 'listen'; id: number }
  | { op: 'send'; id: number; bytes: Uint8Array }
  /** The board's program has read this many bytes: as many more may come. */
  | { op: 'taken'; id: number; count: number }
  | { op: 'close'; id: number };

export type SocketNews =
  | { kind: 'resolved'; id: number; host: string; port: number }
  | { kind: 'connected'; id: number }
  | { kind: 'secured'; id: number }
  | { kind: 'data'; id: number; bytes: Uint8Array }
  /** This many bytes have left. */
  | { kind: 'sent'; id: number; count: number }
  | { kind: 'ended'; id: number }
  /** `code`: an error number, or a negative one of mbedTLS; `words`: what a ValueError says instead. */
  | { kind: 'failed'; id: number; code: number; words?: string };

/** Certificates and key in DER, as the board's code gave them. */
export interface TlsSettings {
  authorities: Uint8Array[];
  certificate: Uint8Array | null;
  key: Uint8Array | null;
  serverName: string | null;
  verify: boolean;
}

/** The pretended radio's network, which every board of a bench can reach. */
export interface AccessPoint {
  ssid: string;
  password: string;
}

/** What a function of the module `_hw` may take and give. */
export type HardwareCall = (...args: never[]) => number | string | boolean;

/** What one socket holds in each direction: TCP_WND and TCP_SND_BUF of the RP2 port (lwipopts_common.h, 8 x 1460). */
export const socketBytes = 11_680;

/** Error numbers as boards give them (py/mperrno.h); -2 is lwIP's for a name that nobody knows. */
export const socketErrors = {
  unknownName: -2,
  EBADF: 9,
  EAGAIN: 11,
  EINVAL: 22,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  ENOBUFS: 105,
  EISCONN: 106,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
} as const;
