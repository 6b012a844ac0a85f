import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';

/** Files that may come in at the same time. */
const most = 8;
/** One that nobody has sent a piece of for so long gives way to another. */
const forgottenMs = 30_000;
/** Largest piece, bytes. */
const largestPiece = 512 * 1024;

interface Upload {
  id: string;
  name: string;
  size: number;
  received: number;
  path: string;
  /** performance.now() of the last piece, or of the last look at it. */
  touched: number;
}

const refused = (method: string, detail: string): Failure =>
  new Failure('REQUEST_INVALID', { method, detail });

/** Files that come in in pieces, kept in a folder of their own until they are taken in or the app ends. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  #folder: Promise<string> | null = null;
  #last = 0;
  /** Pieces of all files are written one after another. */
  #writing: Promise<unknown> = Promise.resolve();

  /** Fails with STEP_BLOCKED where too many come in already. */
  async begin(name: string, size: number): Promise<string> {
    const folder = await this.#place();
    // Nothing is waited for between the last look and its entry: others begin at the same time.
    while (this.#uploads.size >= most) await this.#makeRoom();
    this.#last += 1;
    const id = `u${this.#last}`;
    const path = join(folder, id);
    this.#uploads.set(id, { id, name, size, received: 0, path, touched: performance.now() });
    return id;
  }

  /** Where the next piece begins. Fails with NOT_FOUND, REQUEST_INVALID, FILE_UNWRITABLE. */
  async piece(id: string, at: number, bytes: Uint8Array): Promise<number> {
    const upload = this.#known(id);
    const writing = this.#writing.then(() => write(upload, at, bytes));
    this.#writing = writing.catch(() => undefined);
    await writing;
    return upload.received;
  }

  /** A file that is here whole. Fails with NOT_FOUND, and with STEP_BLOCKED where a part of it is missing. */
  whole(id: string): { path: string; name: string } {
    const { path, name, received, size } = this.#known(id);
    if (received === size) return { path, name };
    const detail = `${received} of the ${size} bytes of ${name} have come`;
    throw new Failure('STEP_BLOCKED', { detail });
  }

  async drop(id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    if (upload) await rm(upload.path, { force: true });
  }

  async close(): Promise<void> {
    this.#uploads.clear();
    await this.#writing;
    const folder = await this.#folder?.catch(() => null);
    if (folder) await rm(folder, { recursive: true, force: true });
  }

  #known(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (!upload) throw new Failure('NOT_FOUND', { thing: 'upload', id });
    upload.touched = performance.now();
    return upload;
  }

  #place(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'plumb-recordings-'));
    return this.#folder;
  }

  async #makeRoom(): Promise<void> {
    const [oldest] = [...this.#uploads.values()].sort((a, b) => a.touched - b.touched);
    if (oldest && performance.now() - oldest.touched >= forgottenMs) return this.drop(oldest.id);
    throw new Failure('STEP_BLOCKED', { detail: `${most} files are coming in already` });
  }
}

async function write(upload: Upload, at: number, bytes: Uint8Array): Promise<void> {
  const { path, received, size } = upload;
  const method = 'recordings.piece';
  if (at !== received) throw refused(method, `the next piece begins at ${received}, not at ${at}`);
  if (bytes.length === 0) throw refused(method, 'the piece is empty');
  if (bytes.length > largestPiece) throw refused(method, `a piece has at most ${largestPiece} bytes`);
  if (received + bytes.length > size)
    throw refused(method, `the file is longer than the ${size} bytes announced`);
  try {
    const file = await open(path, received === 0 ? 'w' : 'r+');
    try {
      // A piece that failed halfway has left something there.
      await file.truncate(received);
      for (let done = 0; done < bytes.length; ) {
        done += (await file.write(bytes, done, bytes.length - done, received + done)).bytesWritten;
      }
    } finally {
      await file.close();
    }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNWRITABLE', { path, detail }, { cause });
  }
  upload.received += bytes.length;
}
