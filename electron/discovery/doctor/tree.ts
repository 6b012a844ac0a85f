import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../../transport/connection.ts';

const none = (): undefined => undefined;

/**
 * The system's files below a base folder, which is nothing on the real system. What is not there or may not be read
 * is undefined or empty: to the doctor that is a fact like any other.
 */
export class Tree {
  readonly #base: string;

  constructor(base = '') {
    this.#base = base;
  }

  /** Where a path of the system lies in truth. */
  at(path: string): string {
    return this.#base === '' ? path : join(this.#base, path);
  }

  /** Capped: nothing that is read here is long. */
  async read(path: string): Promise<string | undefined> {
    const text = await readFile(this.at(path), 'utf8').catch(none);
    return text?.slice(0, 256 * 1024);
  }

  /** One line, as the kernel writes its attributes. */
  async line(path: string): Promise<string | undefined> {
    return (await this.read(path))?.trim().slice(0, 200) || undefined;
  }

  async list(path: string): Promise<string[]> {
    const names = await readdir(this.at(path)).catch((): string[] => []);
    return names.toSorted((a, b) => (a < b ? -1 : 1));
  }

  /** Undefined where the folder may not be read, which is not the same as an empty one. */
  async listIfAllowed(path: string): Promise<string[] | undefined> {
    try {
      return await readdir(this.at(path));
    } catch (error) {
      const code = errnoOf(error);
      return code === 'EACCES' || code === 'EPERM' ? undefined : [];
    }
  }

  link(path: string): Promise<string | undefined> {
    return readlink(this.at(path)).catch(none);
  }

  async exists(path: string): Promise<boolean> {
    return (await stat(this.at(path)).catch(none)) !== undefined;
  }

  /** With every link followed, as a path of the system. */
  async real(path: string): Promise<string | undefined> {
    const found = await realpath(this.at(path)).catch(none);
    if (found === undefined || this.#base === '') return found;
    const base = await realpath(this.#base).catch(() => this.#base);
    return found.startsWith(`${base}/`) ? found.slice(base.length) : found;
  }
}
