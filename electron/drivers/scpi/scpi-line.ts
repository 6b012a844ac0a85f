import { Failure } from '../../../shared/contract/failure.ts';
import { ByteReader } from '../../transport/byte-reader.ts';
import type { Transport } from '../../transport/transport.ts';
import { deviceText } from '../device-text.ts';

const replyMax = 400;

export interface QueryOptions {
  deadlineMs: number;
  during: string;
  signal?: AbortSignal | undefined;
}

/** Questions and answers as lines, IEEE 488.2 over a stream: `\n` ends a message. One at a time. */
export class ScpiLine {
  readonly #transport: Transport;
  readonly #reader: ByteReader;
  /** An answer may still be on its way from a question that was given up. */
  #late = false;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#reader = new ByteReader(transport);
  }

  async command(text: string, options: QueryOptions): Promise<void> {
    const { deadlineMs, signal } = options;
    await this.#transport.write(Buffer.from(`${text}\n`, 'ascii'), {
      deadlineMs,
      ...(signal ? { signal } : {}),
    });
  }

  /** The answer's text, or undefined when nothing came in time. */
  async ask(text: string, options: QueryOptions): Promise<string | undefined> {
    await this.#settle(options);
    this.#late = true;
    await this.command(text, options);
    const result = await this.#reader.readLine({ ...options, max: replyMax });
    if (result.kind === 'silent' && result.bytes.length === 0) return undefined;
    if (result.kind !== 'found') throw this.#unreadable(result.bytes);
    const reply = result.bytes.toString('latin1').trim();
    if (reply === '' || /[^\x20-\x7e]/.test(reply)) throw this.#unreadable(result.bytes);
    this.#late = false;
    return reply;
  }

  /** As `ask`; silence is NO_REPLY. */
  async query(text: string, options: QueryOptions): Promise<string> {
    const reply = await this.ask(text, options);
    if (reply === undefined) {
      const { during, deadlineMs } = options;
      throw new Failure('NO_REPLY', { port: this.#transport.port, seconds: deadlineMs / 1000, during });
    }
    return reply;
  }

  /** Throws away what came unasked, and waits out an answer that is overdue, so that answers never get out of step. */
  async #settle(options: QueryOptions): Promise<void> {
    if (this.#late) await this.#reader.quiet(100, { ...options, deadlineMs: 1000 });
    this.#late = false;
    this.#reader.clear();
  }

  #unreadable(bytes: Buffer): Failure {
    const said = deviceText(bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '?'), 60);
    return new Failure('REFERENCE_UNREADABLE', { port: this.#transport.port, detail: `it sent "${said}"` });
  }
}
