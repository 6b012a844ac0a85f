import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DossierFacts } from '../../shared/contract/certificate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { JobStore } from '../store/job-store.ts';
import { fileAsIssued } from './dossier-sources.ts';

export const builtKind = 'dossier.built';
export const dossiersOf = (store: JobStore): DossierFacts[] =>
  [...store.events({ kind: builtKind })].map(({ body }) => DossierFacts.parse(body));

export const dossierFile = (jobPath: string, sha256: string): string =>
  join(`${jobPath}.dossiers`, sha256, 'dossier.plumbz');

/** So much of a dossier goes into one message: base64 makes 4 MiB of it, and live frames still pass between. */
export const pieceBytes = 3 << 20;

/** Hands out dossiers of a job in pieces, each of the file that was written. */
export class DossierPieces {
  readonly #job: { store: JobStore; options: { jobPath: string } };
  /** The file that was found to be as it was written, as it was on the disk then. */
  #sound = '';

  constructor(job: { store: JobStore; options: { jobPath: string } }) {
    this.#job = job;
  }

  /** The piece from `offset` on; `next` is null behind the last. NOT_FOUND, FILE_UNREADABLE. */
  async read(sha256: string, offset: number): Promise<{ name: string; base64: string; next: number | null }> {
    const { store, options } = this.#job;
    if (!dossiersOf(store).some((facts) => facts.sha256 === sha256))
      throw new Failure('NOT_FOUND', { thing: 'dossier', id: sha256.slice(0, 8) });
    const path = dossierFile(options.jobPath, sha256);
    await this.#demandSound(path, sha256);
    await using file = await open(path);
    const { size } = await file.stat();
    const end = Math.min(offset + pieceBytes, size);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, end - offset)), 0, null, offset);
    return {
      name: 'dossier.plumbz',
      base64: buffer.toString('base64', 0, bytesRead),
      next: end < size ? end : null,
    };
  }

  /** Hashed whole when it is first read, and again when it changed since: not for each of many pieces. */
  async #demandSound(path: string, sha256: string): Promise<void> {
    const facts = await stat(path).catch(() => null);
    const state = `${path} ${facts?.size} ${facts?.mtimeMs} ${facts?.ino}`;
    if (facts !== null && state === this.#sound) return;
    await fileAsIssued(path, sha256);
    this.#sound = state;
  }
}
