import { Failure } from '../../../shared/contract/failure.ts';
import { ByteReader } from '../../transport/byte-reader.ts';
import type { Transport } from '../../transport/transport.ts';
import { type Answer, type Framing, type RegisterRequest, rtuFraming, tcpFraming } from './framing.ts';

export interface ModbusTiming {
  /** For each try. */
  replyMs: number;
  /** Silence that ends what is still on the line after an answer that did not come. */
  quietMs: number;
  /** Between a question that a busy server put off and the next one. */
  busyMs: number;
}

const usualTiming: ModbusTiming = { replyMs: 1000, quietMs: 100, busyMs: 100 };
/** A register may be read as often as one likes; noise on an RS-485 line spoils one answer, seldom two. */
const tries = 3;

/** MODBUS Application Protocol V1.1b3, 7. */
const exceptions: Readonly<Record<number, string>> = {
  1: 'illegal function',
  2: 'illegal data address',
  3: 'illegal data value',
  4: 'server device failure',
  6: 'server device busy',
  10: 'gateway path unavailable',
  11: 'gateway target device failed to respond',
};
const busy = 6;

interface Asked {
  during: string;
  signal?: AbortSignal | undefined;
}

/** Asks a Modbus server for registers, one question at a time. */
export class ModbusLine {
  readonly #transport: Transport;
  readonly #reader: ByteReader;
  readonly #framing: Framing;
  readonly #timing: ModbusTiming;
  #transaction = 0;
  /** An answer may still be on its way; on a serial line it would look like that to the next question. */
  #late = false;

  constructor(transport: Transport, timing: Partial<ModbusTiming> = {}) {
    this.#transport = transport;
    this.#reader = new ByteReader(transport);
    this.#framing = transport.kind === 'tcp' ? tcpFraming : rtuFraming;
    this.#timing = { ...usualTiming, ...timing };
  }

  /**
   * The registers' bytes.
   * @throws Failure NO_REPLY, REFERENCE_UNREADABLE (exception, or nothing but something else), PORT_LOST, CANCELLED
   */
  async read(request: RegisterRequest, asked: Asked): Promise<Buffer> {
    let heard: Buffer = Buffer.alloc(0);
    for (let count = 0; count < tries; count += 1) {
      const result = await this.#once(request, asked);
      if ('heard' in result) {
        if (result.heard.length > 0) heard = result.heard;
        continue;
      }
      if ('data' in result) return result.data;
      if (result.exception !== busy || count === tries - 1) throw this.#refused(result.exception, request);
      await this.#reader.quiet(this.#timing.busyMs, { ...asked, deadlineMs: this.#timing.replyMs });
    }
    if (heard.length === 0) {
      const seconds = (tries * this.#timing.replyMs) / 1000;
      throw new Failure('NO_REPLY', { port: this.#transport.port, seconds, during: asked.during });
    }
    const hex = heard
      .subarray(0, 20)
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1 ');
    throw this.#unreadable(
      `nothing that it sent is an answer of unit ${request.unitId} to the question for its register (${hex})`,
    );
  }

  /** The answer, or what came in its place. */
  async #once(request: RegisterRequest, asked: Asked): Promise<Answer | { heard: Buffer }> {
    const { replyMs, quietMs } = this.#timing;
    if (this.#late) await this.#reader.quiet(quietMs, { ...asked, deadlineMs: replyMs });
    this.#reader.clear();
    this.#late = true;
    this.#transaction = (this.#transaction + 1) % 0x1_0000;
    const transaction = this.#transaction;
    const find = (heard: Buffer): Answer | undefined => this.#framing.find(heard, request, transaction);
    const { signal } = asked;
    await this.#transport.write(this.#framing.frame(request, transaction), {
      deadlineMs: replyMs,
      ...(signal ? { signal } : {}),
    });
    const options = { ...asked, deadlineMs: replyMs, max: 4096 };
    const result = await this.#reader.readWhere((heard) => find(heard)?.end, options);
    const answer = result.kind === 'found' ? find(result.bytes) : undefined;
    if (!answer) return { heard: result.bytes };
    this.#late = false;
    return answer;
  }

  #refused(exception: number, { fn, address, unitId }: RegisterRequest): Failure {
    const words = exceptions[exception] ?? 'not in the specification';
    const table = fn === 3 ? 'holding' : 'input';
    return this.#unreadable(
      `unit ${unitId} answers the question for ${table} register ${address} (counted from 0) with exception ${exception}, ${words}`,
    );
  }

  #unreadable(detail: string): Failure {
    return new Failure('REFERENCE_UNREADABLE', { port: this.#transport.port, detail });
  }
}
