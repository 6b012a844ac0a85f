import { Failure } from '../../../shared/contract/failure.ts';
import { deviceText } from '../device-text.ts';
import { hashOf, openToRead, readBlock } from './programs.ts';
import type { ExecOptions, RawRepl } from './raw-repl.ts';

export interface HeldFile {
  sha256: string | null;
  size: number;
}

const readBlockBytes = 768;
/** A file that is read back is one of ours; anything larger is not. */
const readMax = 1 << 20;

const unreadable = (port: string, during: string, output: string): Failure =>
  new Failure('REPLY_UNREADABLE', { port, during, detail: `"${deviceText(output, 60)}"` });

/** Files on one unit through its REPL. `helpers` must have been run. */
export class UnitFiles {
  readonly #repl: RawRepl;
  readonly #port: string;

  constructor(repl: RawRepl, port: string) {
    this.#repl = repl;
    this.#port = port;
  }

  /**
   * Hash and size as the unit itself finds them; null where there is no such file. The REPL has no checksums: a path
   * that arrived garbled would be no file either, so the unit says which one it looked at.
   */
  async hash(path: string, options: ExecOptions): Promise<HeldFile> {
    const output = await this.#repl.exec(hashOf(path), options);
    const match = /^\["([^"]+)",(?:null|"([0-9a-f]{64})"),(\d{1,12})\]$/.exec(output.trim());
    if (match?.[1] !== path) throw unreadable(this.#port, options.during, output);
    return { sha256: match[2] ?? null, size: Number(match[3]) };
  }

  /** Exact bytes; null where there is no such file. The hash that the unit finds must be that of what came. */
  async read(
    path: string,
    sha256Of: (bytes: Uint8Array) => string,
    options: ExecOptions,
  ): Promise<Buffer | null> {
    const held = await this.hash(path, options);
    if (held.sha256 === null) return null;
    if (held.size > readMax) throw unreadable(this.#port, options.during, `${held.size} bytes`);
    await this.#repl.exec(openToRead(path), options);
    const blocks: Buffer[] = [];
    for (let at = 0; at < held.size; at += readBlockBytes) {
      const output = await this.#repl.exec(readBlock(readBlockBytes), options);
      blocks.push(Buffer.from(output.trim(), 'base64'));
    }
    const bytes = Buffer.concat(blocks);
    const found = sha256Of(bytes);
    if (found !== held.sha256) {
      throw new Failure('VERIFY_FAILED', { path, expected: held.sha256, found });
    }
    return bytes;
  }
}
