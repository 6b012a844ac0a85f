import { type ByteReader, demand } from '../../electron/transport/byte-reader.ts';
import type { Transport } from '../../electron/transport/transport.ts';

/*
 * The copy that everybody has: `w(b'...')` for every 256 bytes through the raw REPL, as mpremote writes files
 * (tools/mpremote/mpremote/transport.py fs_writefile), straight onto the target and never read back. In its favour
 * it sends a program at once, without mpremote's pause of 10 ms after every 256 bytes.
 */

const chunkBytes = 256;
const options = { deadlineMs: 10_000, during: 'copying plainly' };

const named: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 39: "\\'", 92: '\\\\' };
const printed = (byte: number): string =>
  named[byte] ??
  (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`);

/** As Python's `repr` of bytes. */
const literal = (bytes: Uint8Array): string => `b'${[...bytes].map(printed).join('')}'`;

/** Writes the files one after the other. The unit's raw REPL must have been entered. */
export async function copyPlainly(
  transport: Transport,
  reader: ByteReader,
  files: readonly { path: string; bytes: Uint8Array }[],
): Promise<void> {
  const until = async (mark: string): Promise<string> =>
    demand(await reader.readUntil(mark, options), transport.port, options).toString('latin1');
  const run = async (program: string): Promise<void> => {
    await transport.write(Buffer.from(`${program}\x04`, 'latin1'), options);
    await until('OK');
    await until('\x04');
    const error = await until('\x04');
    await until('>');
    if (error.length > 1) throw new Error(`the plain copy failed: ${error}`);
  };
  for (const { path, bytes } of files) {
    await run(`f=open('${path}','wb')\nw=f.write`);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      await run(`w(${literal(bytes.subarray(at, at + chunkBytes))})`);
    }
    await run('f.close()');
  }
}
