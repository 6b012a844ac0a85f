import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReportFacts } from '../../shared/contract/job.ts';
import type { Host } from '../host/host.ts';

export interface PlacedFile {
  path: string;
  sha256: string;
  size: number;
}

const unwritable =
  (path: string) =>
  (cause: unknown): never => {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNWRITABLE', { path, detail }, { cause });
  };

/** Writes the run's report into the folder as `report.pdf` and `record.json`, replacing those of an earlier run. */
export async function placeReport(host: Host, report: ReportFacts, folder: string): Promise<PlacedFile[]> {
  const files: PlacedFile[] = [];
  for (const format of ['pdf', 'json'] as const) {
    const { name, base64 } = await host.call('report.read', { id: report.id, format });
    files.push(await placeFile(join(folder, name), Buffer.from(base64, 'base64')));
  }
  return files;
}

/** The certificate that the unit's newest calibration was issued with, as PDF and as DCC; none: nothing is written. */
export async function placeCertificate(
  host: Host,
  unit: string | null,
  folder: string,
): Promise<{ number: string; files: PlacedFile[] } | null> {
  const issued = (await host.call('certificates.list', {})).findLast(
    (certificate) => certificate.unit === unit && certificate.amendedBy === null,
  );
  if (!issued) return null;
  const files: PlacedFile[] = [];
  for (const [format, name] of [
    ['pdf', 'certificate.pdf'],
    ['dcc', 'dcc.xml'],
  ] as const) {
    const { base64 } = await host.call('certificates.read', { number: issued.number, format });
    files.push(await placeFile(join(folder, name), Buffer.from(base64, 'base64')));
  }
  return { number: issued.number, files };
}

/** Under a temporary name first: a report that is there is whole. */
export async function placeFile(path: string, bytes: Buffer): Promise<PlacedFile> {
  const unfinished = `${path}.new`;
  await writeFile(unfinished, bytes).catch(unwritable(path));
  await rename(unfinished, path).catch(unwritable(path));
  return factsOf(path, bytes);
}

export const fileFacts = async (path: string): Promise<PlacedFile> => factsOf(path, await readFile(path));

const factsOf = (path: string, bytes: Buffer): PlacedFile => ({
  path,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
});

/** Rejects when `work` takes longer than `ms`. */
export async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
