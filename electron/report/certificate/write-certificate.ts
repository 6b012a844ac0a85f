import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import { makeFolder } from '../../files/files.ts';
import { place, type WrittenFile } from '../write-report.ts';

/** What a certificate's folder holds. */
export const certificateFileNames = {
  pdf: 'certificate.pdf',
  dcc: 'dcc.xml',
  json: 'certificate.json',
} as const;
type CertificateFiles<T> = Record<keyof typeof certificateFileNames, T>;

/** So that a power cut after it does not take the new name away again; no such thing on Windows. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Writes the files into `directory`, which is there with all of them or not at all. What a directory of that name holds
 * was never entered in any record: the caller sees to that. FILE_UNWRITABLE.
 */
export async function writeCertificate(
  directory: string,
  bytes: CertificateFiles<Uint8Array>,
): Promise<CertificateFiles<WrittenFile>> {
  const parent = dirname(directory);
  const staged = `${directory}.${randomUUID()}.new`;
  makeFolder(parent);
  makeFolder(staged);
  try {
    const put = (key: keyof typeof certificateFileNames): Promise<WrittenFile> =>
      place(join(staged, certificateFileNames[key]), bytes[key]);
    const written = { pdf: await put('pdf'), dcc: await put('dcc'), json: await put('json') };
    await syncFolder(staged);
    await rm(directory, { recursive: true, force: true });
    await rename(staged, directory);
    await syncFolder(parent);
    return written;
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    if (error instanceof Failure) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new Failure('FILE_UNWRITABLE', { path: directory, detail }, { cause: error });
  }
}
