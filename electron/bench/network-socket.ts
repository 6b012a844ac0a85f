import { Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { boardError } from './network-errors.ts';
import { type SocketNews, socketBytes, type TlsSettings } from './network-messages.ts';

type News = SocketNews extends infer One ? (One extends SocketNews ? Omit<One, 'id'> : never) : never;

const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;

/** A real socket on behalf of a board. */
export class RealSocket {
  readonly #raw = new Socket({ allowHalfOpen: true });
  readonly #tell: (news: News) => void;
  #stream: Socket | TLSSocket = this.#raw;
  #secure: TlsSettings | null = null;
  #handshaking = false;
  #untaken = 0;
  #dead = false;

  constructor(tell: (news: News) => void) {
    this.#tell = (news) => {
      if (!this.#dead) tell(news);
    };
    this.#raw.setNoDelay(true).pause();
    this.#raw.on('error', (error) => this.#fail(error));
  }

  connect(host: string, port: number): void {
    this.#raw.connect(port, host, () => {
      this.#tell({ kind: 'connected' });
      if (this.#secure) this.#startTls(this.#secure);
    });
  }

  /** From now on what comes is handed over as it is. */
  listen(): void {
    if (this.#secure) return;
    this.#listen(this.#raw);
    this.#raw.resume();
  }

  /** Before any data are exchanged; a socket that is still connecting does it as soon as it is connected. */
  secure(settings: TlsSettings): void {
    this.#secure = settings;
    this.#handshaking = true;
    if (this.#raw.readyState !== 'open') return;
    this.#startTls(settings);
  }

  #startTls(settings: TlsSettings): void {
    try {
      const secured = connectTls({ ...tlsOptions(settings), socket: this.#raw });
      this.#stream = secured;
      secured.on('error', (error) => this.#fail(error));
      secured.on('secureConnect', () => {
        this.#handshaking = false;
        this.#tell({ kind: 'secured' });
      });
      this.#listen(secured);
    } catch (thrown) {
      this.#fail(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  #listen(stream: Socket): void {
    stream.on('data', (bytes: Uint8Array) => {
      this.#untaken += bytes.length;
      if (this.#untaken >= socketBytes) stream.pause();
      this.#tell({ kind: 'data', bytes: Uint8Array.from(bytes) });
    });
    stream.on('end', () => this.#tell({ kind: 'ended' }));
  }

  #fail(error: Error): void {
    this.#tell({ kind: 'failed', ...boardError(error, this.#handshaking) });
    this.reset();
  }

  taken(count: number): void {
    this.#untaken -= count;
    if (this.#untaken < socketBytes && this.#stream.isPaused()) this.#stream.resume();
  }

  send(bytes: Uint8Array): void {
    this.#stream.write(bytes, (error) => {
      if (!error) this.#tell({ kind: 'sent', count: bytes.length });
    });
  }

  close(): void {
    this.#dead = true;
    // What was written before still leaves.
    this.#stream.destroySoon();
  }

  /** The connection dies without a farewell, as where the power of one end goes. */
  reset(): void {
    this.#dead = true;
    this.#raw.resetAndDestroy();
    this.#stream.destroy();
  }
}

function tlsOptions(settings: TlsSettings): ConnectionOptions {
  const { authorities, certificate, key, serverName, verify } = settings;
  return {
    // Boards' mbedTLS speaks 1.2 unless it is built otherwise (extmod/mbedtls/mbedtls_config_common.h).
    maxVersion: 'TLSv1.2',
    ca: authorities.map((der) => pem('CERTIFICATE', der)),
    rejectUnauthorized: verify,
    ...(certificate ? { cert: pem('CERTIFICATE', certificate) } : {}),
    ...(key ? { key: pem(keyLabel(key), key) } : {}),
    ...(serverName === null ? {} : nameOptions(serverName)),
  };
}

/** RFC 6066 has no address in the server name; the check of the certificate takes one. */
const nameOptions = (name: string): ConnectionOptions =>
  /^[0-9.]+$|:/.test(name) ? { host: name } : { host: name, servername: name };

/** PKCS #8 begins with version 0, an elliptic key of SEC 1 with version 1, followed by an octet string. */
function keyLabel(der: Uint8Array): string {
  const at = (der[1] ?? 0) < 0x80 ? 2 : 2 + ((der[1] ?? 0) & 0x7f);
  if (der[at + 2] === 1) return 'EC PRIVATE KEY';
  return der[at + 3] === 0x30 ? 'PRIVATE KEY' : 'RSA PRIVATE KEY';
}
