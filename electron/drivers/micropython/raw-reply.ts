import { Failure } from '../../../shared/contract/failure.ts';
import { type ByteReader, demand, type ReadOptions } from '../../transport/byte-reader.ts';
import type { Transport } from '../../transport/transport.ts';
import { writing } from './raw-paste.ts';
import { withoutTitles } from './terminal-title.ts';

const endOfField = '\x04';
const outputMax = 60 * 1024;
const lineMax = 2048;
/** Of the time for an answer, where it comes slowly. */
const longest = 3;

/** What a program in the raw REPL ended with. */
export interface Reply {
  output: string;
  /** A traceback; empty when the program ended well. */
  error: string;
}

/** Output, error, prompt, each told by where it stands and not by what is in it. */
export async function readReply(
  transport: Transport,
  reader: ByteReader,
  options: ReadOptions,
): Promise<Reply> {
  const output = await field(transport, reader, endOfField, { ...options, max: outputMax });
  return { output, error: await readError(transport, reader, options) };
}

/** The second field and the prompt. */
async function readError(transport: Transport, reader: ByteReader, options: ReadOptions): Promise<string> {
  const error = await field(transport, reader, endOfField, { ...options, max: outputMax });
  const rest = await field(transport, reader, '>', { ...options, max: 512 });
  if (rest.trim() === '') return error;
  const { port } = transport;
  throw new Failure('REPLY_UNREADABLE', { port, during: options.during, detail: 'noise before the prompt' });
}

async function field(
  transport: Transport,
  reader: ByteReader,
  mark: string,
  options: ReadOptions,
): Promise<string> {
  let read = await reader.readUntil(mark, options);
  // A slow line brings a long answer in more than the time that the unit has for it: as long as it comes, it is heard.
  for (
    let had = 0, more = 1;
    read.kind === 'silent' && read.bytes.length > had && more < longest;
    more += 1
  ) {
    had = read.bytes.length;
    read = await reader.readUntil(mark, options);
  }
  const bytes = demand(read, transport.port, options);
  return withoutTitles(bytes.subarray(0, -1).toString('utf8'));
}

/** A program that runs and is talked with: bytes in, lines out, until it ends. */
export class Conversation {
  readonly #transport: Transport;
  readonly #reader: ByteReader;
  /** Bytes that the unit can keep while its program is busy, beyond what the program has asked for. */
  readonly ahead: number;

  constructor(transport: Transport, reader: ByteReader, ahead: number) {
    this.#transport = transport;
    this.#reader = reader;
    this.ahead = ahead;
  }

  write(bytes: Uint8Array, options: ReadOptions): Promise<void> {
    return this.#transport.write(bytes, writing(options));
  }

  /** The next line, without its end; where the program failed instead, the traceback that it ended with. */
  async line(options: ReadOptions): Promise<{ line: string } | { error: string }> {
    const read = await this.#reader.readUntil('\n', { ...options, max: lineMax });
    const text = demand(read, this.#transport.port, options).toString('utf8');
    const end = text.indexOf(endOfField);
    if (end < 0) return { line: withoutTitles(text).trim() };
    // A traceback begins in this very line.
    return { error: text.slice(end + 1) + (await readError(this.#transport, this.#reader, options)) };
  }

  /** What the program ended with, once it has said all that it has to say. */
  end(options: ReadOptions): Promise<Reply> {
    return readReply(this.#transport, this.#reader, options);
  }
}
