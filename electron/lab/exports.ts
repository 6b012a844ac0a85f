import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import {
  exportRecording,
  openRecording,
  type RecordedChannel,
  type RecordingFile,
} from '../recordings/recordings.ts';
import { fileHash } from './file-hash.ts';

export type ExportFormat = 'csv' | 'frames';

/** Bytes that leave at once. */
const pieceBytes = 512 * 1024;
/** Written files that are kept for the next piece, the oldest out first. */
const mostKept = 4;

export interface Piece {
  size: number;
  base64: string;
  next: number | null;
}

/** Recordings on their way out: a copy of which the hash was checked leaves in pieces, whatever becomes of the file. */
export class Exports {
  readonly #written = new Map<string, Promise<string>>();
  #folder: Promise<string> | null = null;
  #last = 0;

  /** Fails with FILE_UNREADABLE, also where it was changed after it was taken in. */
  async piece(
    file: RecordingFile,
    channels: readonly RecordedChannel[],
    format: ExportFormat,
    at: number,
  ): Promise<Piece> {
    const key = `${format} ${file.path} ${file.sha256}`;
    // Whoever begins anew gets what is on the disk now.
    if (at === 0) await this.#forget(key);
    for (;;) {
      const writing = this.#written.get(key) ?? this.#begin(key, () => this.#write(file, channels, format));
      try {
        return await pieceOf(await writing, at);
      } catch (thrown) {
        // Somebody else began anew meanwhile, and the copy is another one.
        if (!isGone(thrown) || this.#written.get(key) === writing) throw thrown;
      }
    }
  }

  async close(): Promise<void> {
    this.#written.clear();
    const folder = await this.#folder?.catch(() => null);
    if (folder) await rm(folder, { recursive: true, force: true });
  }

  #begin(key: string, write: () => Promise<string>): Promise<string> {
    const writing = write();
    this.#written.set(key, writing);
    writing.catch(() => {
      if (this.#written.get(key) === writing) this.#written.delete(key);
    });
    const [oldest] = this.#written.keys();
    // One that cannot be removed now goes with its folder.
    if (this.#written.size > mostKept && oldest !== undefined) this.#forget(oldest).catch(() => undefined);
    return writing;
  }

  async #write(
    file: RecordingFile,
    channels: readonly RecordedChannel[],
    format: ExportFormat,
  ): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'plumb-saving-'));
    this.#last += 1;
    // Taken before anything is waited for: each copy has a name of its own.
    const name = String(this.#last);
    const path = join(await this.#folder, name);
    if (format === 'csv') await copyOf(file, path);
    else {
      const opened = openRecording(file, channels);
      await exportRecording(path, format, opened.channels, opened.blocks);
    }
    return path;
  }

  async #forget(key: string): Promise<void> {
    const writing = this.#written.get(key);
    this.#written.delete(key);
    const path = await writing?.catch(() => null);
    if (path) await rm(path, { force: true });
  }
}

const isGone = (thrown: unknown): boolean => (thrown as NodeJS.ErrnoException).code === 'ENOENT';

async function copyOf({ path, sha256 }: RecordingFile, copy: string): Promise<void> {
  await copyFile(path, copy).catch((cause: NodeJS.ErrnoException) => {
    const detail = cause.code === 'ENOENT' ? 'it is not there' : (cause.code ?? cause.message);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  });
  if ((await fileHash(copy)) === sha256) return;
  await rm(copy, { force: true });
  throw new Failure('FILE_UNREADABLE', { path, detail: 'it was changed after it was taken in' });
}

async function pieceOf(path: string, at: number): Promise<Piece> {
  const { size } = await stat(path);
  if (at > size) {
    throw new Failure('REQUEST_INVALID', { method: 'recordings.read', detail: `the file ends at ${size}` });
  }
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(Math.min(pieceBytes, size - at));
    await file.read(bytes, 0, bytes.length, at);
    const next = at + bytes.length;
    return { size, base64: bytes.toString('base64'), next: next < size ? next : null };
  } finally {
    await file.close();
  }
}

/** A name that a person gave as a file's: nothing in it leads anywhere, no system refuses it. */
export function fileNameOf(name: string, format: ExportFormat): string {
  const plain = name
    .replace(/[^\p{L}\p{N} _-]+/gu, '-')
    .trim()
    .replace(/ +/g, ' ')
    .slice(0, 80);
  const base = /[\p{L}\p{N}]/u.test(plain) ? plain : 'recording';
  return `${base}.${format === 'csv' ? 'csv' : 'jsonl'}`;
}
