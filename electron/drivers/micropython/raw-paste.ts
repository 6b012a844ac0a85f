import { Failure } from '../../../shared/contract/failure.ts';
import { type ByteReader, demand, type ReadOptions } from '../../transport/byte-reader.ts';
import type { Transport } from '../../transport/transport.ts';

/*
 * Raw-paste mode: the unit compiles as the source arrives and says how much more it can take
 * (MicroPython docs/reference/repl.rst "Raw-paste mode"; shared/runtime/pyexec.c do_reader_stdin).
 */

const ask = Uint8Array.of(0x05, 0x41, 0x01);
const endOfData = Uint8Array.of(0x04);
const moreCredit = 0x01;
const stop = 0x04;

const unreadable = (transport: Transport, { during }: ReadOptions, detail: string): Failure =>
  new Failure('REPLY_UNREADABLE', { port: transport.port, during, detail });

/** Window in bytes; undefined where the firmware does not have the mode (`R\x00`) or does not know of it (`ra`). */
export async function enterPaste(
  transport: Transport,
  reader: ByteReader,
  options: ReadOptions,
): Promise<number | undefined> {
  const take = async (count: number): Promise<Buffer> =>
    demand(await reader.readExactly(count, options), transport.port, options);
  await transport.write(ask, writing(options));
  const answer = (await take(2)).toString('latin1');
  if (answer === 'R\x01') {
    const window = (await take(2)).readUInt16LE();
    if (window === 0) throw unreadable(transport, options, 'a flow-control window of 0 bytes');
    return window;
  }
  if (answer === 'R\x00') return undefined;
  if (answer === 'ra') {
    demand(await reader.readUntil('w REPL; CTRL-B to exit\r\n>', options), transport.port, options);
    return undefined;
  }
  throw unreadable(transport, options, 'an unknown answer to raw-paste mode');
}

/** Sends the source within the unit's credit. Returns early where the unit stops it: the error field says why. */
export async function paste(
  transport: Transport,
  reader: ByteReader,
  source: Uint8Array,
  window: number,
  options: ReadOptions,
): Promise<void> {
  const { port } = transport;
  let credit = window;
  let at = 0;
  while (at < source.length) {
    while (credit === 0 || reader.available > 0) {
      const signal = demand(await reader.readExactly(1, options), port, options)[0];
      if (signal === stop) {
        await transport.write(endOfData, writing(options));
        return;
      }
      if (signal !== moreCredit) throw unreadable(transport, options, 'noise in the flow control');
      credit += window;
    }
    const part = source.subarray(at, at + credit);
    await transport.write(part, writing(options));
    at += part.length;
    credit -= part.length;
  }
  await transport.write(endOfData, writing(options));
  const rest = demand(await reader.readUntil(endOfData, { ...options, max: 512 }), port, options);
  if (rest.subarray(0, -1).some((byte) => byte !== moreCredit)) {
    throw unreadable(transport, options, 'noise in the flow control');
  }
}

export const writing = ({
  deadlineMs,
  signal,
}: ReadOptions): { deadlineMs: number; signal?: AbortSignal } => ({
  deadlineMs,
  ...(signal ? { signal } : {}),
});
