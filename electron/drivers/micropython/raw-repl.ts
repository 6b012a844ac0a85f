import { randomBytes } from 'node:crypto';
import { Failure } from '../../../shared/contract/failure.ts';
import { ByteReader, demand, type ReadOptions } from '../../transport/byte-reader.ts';
import { pause } from '../../transport/deadline.ts';
import type { Transport } from '../../transport/transport.ts';
import { deviceFailure, type ErrorContext } from './device-error.ts';
import { LinePace } from './line-pace.ts';
import { enterPaste, paste, writing } from './raw-paste.ts';
import { Conversation, type Reply, readReply } from './raw-reply.ts';
import type { Timing } from './timing.ts';

const banner = 'raw REPL; CTRL-B to exit\r\n>';
const interrupt = Buffer.from('\r\x03');
const askForRaw = Buffer.from('\r\x01');
const askForFriendly = Buffer.from('\r\x02');
const endOfText = Buffer.from('\x04');

/** Without flow control small blocks with gaps are all that some boards take (micropython PR 1846, issue 12834). */
const plainBlock = 128;
/** One byte at 1200 baud. */
const slowMsPerByte = 8.4;
/** Half of the input that boards keep for their REPL (MICROPY_REPL_STDIN_BUFFER_MAX, 256). */
const shortProgram = 128;

export interface ExecOptions extends ErrorContext {
  signal?: AbortSignal | undefined;
}

/** The raw REPL of MicroPython and CircuitPython: one program at a time, its output, its error. */
export class RawRepl {
  readonly #transport: Transport;
  readonly #reader: ByteReader;
  readonly #pace: LinePace;
  readonly timing: Timing;
  #pasteMode: 'untried' | 'works' | 'absent' = 'untried';
  /** Of raw-paste mode; 0 where nothing is known. */
  #window = 0;

  constructor(transport: Transport, timing: Timing) {
    this.#transport = transport;
    this.timing = timing;
    this.#reader = new ByteReader(transport);
    this.#pace = new LinePace(transport);
  }

  /**
   * Interrupts whatever runs and enters raw mode, again and again for as long as `enterMs`: opening a port may reset
   * the board, and a Ctrl-C that comes before boot is lost (micropython issues 16142, 13504).
   */
  async enter(signal?: AbortSignal): Promise<void> {
    const { enterMs, interruptMs, bannerMs, replyMs } = this.timing;
    const during = 'interrupting the program on the unit';
    const giveUpAt = performance.now() + enterMs;
    const before = this.#reader.received;
    this.#pace.begin();
    const options = { during, signal, deadlineMs: replyMs };
    do {
      await this.#transport.write(interrupt, writing(options));
      await this.#reader.quiet(interruptMs, { ...options, deadlineMs: 4 * interruptMs });
      await this.#transport.write(askForRaw, writing(options));
      const found = await this.#reader.readUntil(banner, { ...options, deadlineMs: bannerMs });
      if (found.kind === 'found' && (await this.#inStep(options))) return;
    } while (performance.now() < giveUpAt);
    const { port } = this.#transport;
    if (this.#reader.received === before) {
      throw new Failure('NO_REPLY', { port, seconds: enterMs / 1000, during });
    }
    const rate = this.#pace.tooSlow();
    if (rate !== null) throw new Failure('LINE_TOO_SLOW', { port, during, rate });
    throw new Failure('REPLY_UNREADABLE', { port, during, detail: 'there is no Python prompt' });
  }

  /** Runs a program and returns what it printed. @throws NO_SPACE, UNIT_REFUSED for its errors; else as the line fails */
  async exec(source: string, options: ExecOptions): Promise<string> {
    const { output, error } = await this.run(source, options);
    if (error !== '') throw deviceFailure(error, options);
    return output;
  }

  /** Runs a program; its error is for the caller to judge. */
  async run(source: string, { during, signal }: ExecOptions): Promise<Reply> {
    await this.#start(source, { during, signal });
    return readReply(this.#transport, this.#reader, { during, signal, deadlineMs: this.timing.execMs });
  }

  /**
   * Starts a program that reads its standard input. What the unit keeps for it while it is busy is what raw-paste
   * mode relies on as well: two windows; where the mode is absent, nothing is known.
   */
  async converse(source: string, options: ExecOptions): Promise<Conversation> {
    await this.#start(source, options);
    return new Conversation(this.#transport, this.#reader, 2 * this.#window);
  }

  /** Leaves raw mode: the friendly prompt is there. */
  async leave(signal?: AbortSignal): Promise<void> {
    const options = { during: 'leaving the raw REPL', signal, deadlineMs: this.timing.replyMs };
    this.#reader.clear();
    await this.#transport.write(askForFriendly, writing(options));
    demand(await this.#reader.readUntil('>>> ', options), this.#transport.port, options);
  }

  /** Sends a program on its way. */
  async #start(source: string, { during, signal }: ExecOptions): Promise<void> {
    const bytes = Buffer.from(source, 'utf8');
    const options = { during, signal, deadlineMs: this.timing.replyMs };
    this.#reader.clear();
    // What a REPL at its prompt takes at once in any mode needs no asking.
    const short = this.#pasteMode === 'works' && bytes.length < shortProgram;
    const asks = this.#pasteMode !== 'absent' && !short;
    const window = asks ? await this.#tryPaste(options) : undefined;
    if (window === undefined) await this.#sendPlain(bytes, options);
    else {
      // Two windows of the source are on their way at most, and are waited for.
      const deadlineMs = options.deadlineMs + 2 * window * slowMsPerByte;
      await paste(this.#transport, this.#reader, bytes, window, { ...options, deadlineMs });
    }
  }

  /** Late answers to earlier attempts are told from the answer to this one by a word that was never sent before. */
  async #inStep(options: ReadOptions): Promise<boolean> {
    const word = randomBytes(6).toString('hex');
    const deadlineMs = this.timing.bannerMs;
    await this.#transport.write(Buffer.from(`print("${word}")\x04`), writing(options));
    // The source is not echoed in raw mode; were it, the word would be followed by a quote.
    for (const mark of [`OK${word}`, '\x04', '\x04', '>']) {
      const result = await this.#reader.readUntil(mark, { ...options, deadlineMs });
      if (result.kind !== 'found') return false;
    }
    return true;
  }

  async #tryPaste(options: ReadOptions): Promise<number | undefined> {
    try {
      const window = await enterPaste(this.#transport, this.#reader, options);
      this.#pasteMode = window === undefined ? 'absent' : 'works';
      this.#window = window ?? 0;
      return window;
    } catch (error) {
      const odd =
        error instanceof Failure && (error.code === 'NO_REPLY' || error.code === 'REPLY_UNREADABLE');
      if (!odd || this.#pasteMode === 'works') throw error;
      // A firmware that chokes on the question is asked no more on this connection.
      this.#pasteMode = 'absent';
      await this.enter(options.signal);
      return undefined;
    }
  }

  async #sendPlain(source: Buffer, options: ReadOptions): Promise<void> {
    for (let at = 0; at < source.length; at += plainBlock) {
      await this.#transport.write(source.subarray(at, at + plainBlock), writing(options));
      if (at + plainBlock < source.length) await pause(this.timing.pacingMs, options.signal, options.during);
    }
    await this.#transport.write(endOfText, writing(options));
    // What may stand before it: the prompt of a firmware that declined raw-paste mode, a terminal title.
    demand(await this.#reader.readUntil('OK', { ...options, max: 512 }), this.#transport.port, options);
  }
}
