import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import { type JobRecord, recordText } from '../../shared/report/record.ts';
import { makeFolder } from '../files/files.ts';
import { type ReportOptions, renderPdf } from './render-pdf.ts';

export interface WrittenFile {
  path: string;
  /** Lower-case hex, over the exact bytes. */
  sha256: string;
  /** Bytes. */
  size: number;
}
export interface WrittenReport {
  pdf: WrittenFile;
  json: WrittenFile;
}

/** Under another name first, then renamed: under its own name there is the whole file or none. */
export async function place(path: string, bytes: Uint8Array): Promise<WrittenFile> {
  const staged = `${path}.${randomUUID()}.new`;
  try {
    const file = await open(staged, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(staged, path);
  } catch (error) {
    await rm(staged, { force: true });
    throw unwritable(path, error);
  }
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

function unwritable(path: string, error: unknown): Failure {
  const detail = error instanceof Error ? error.message : String(error);
  return new Failure('FILE_UNWRITABLE', { path, detail }, { cause: error });
}

/** Writes `record.json`, then `report.pdf`; makes the folder where it is missing. FILE_UNWRITABLE when it cannot. */
export async function writeReport(
  record: JobRecord,
  directory: string,
  options: ReportOptions = {},
): Promise<WrittenReport> {
  const bytes = await renderPdf(record, options);
  makeFolder(directory);
  const json = await place(join(directory, 'record.json'), Buffer.from(recordText(record)));
  const pdf = await place(join(directory, 'report.pdf'), bytes);
  return { pdf, json };
}
