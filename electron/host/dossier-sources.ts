import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateFacts } from '../../shared/contract/certificate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReportFacts } from '../../shared/contract/job.ts';
import { dossierLimits } from '../../shared/dossier/dossier.ts';
import type { IssuedCertificate, IssuedReport } from '../report/dossier/dossier.ts';
import type { JobStore, StoredEvent } from '../store/job-store.ts';
import { reportsOf } from './job.ts';
import { buildReport, readReport } from './reports.ts';
import { overview, type Services } from './services.ts';

// What was issued in a job, as files: each is read again and compared with what the record says of it.

/** The newest report of each unit; one is issued where there is none, or where the unit was worked on since. */
export async function issuedReports(services: Services): Promise<IssuedReport[]> {
  const current = currentReports(services);
  const reports: IssuedReport[] = [];
  for (const { hardwareId } of overview(services).units) {
    const { id } = current.get(hardwareId) ?? (await buildReport(services, hardwareId));
    const [json, pdf] = await Promise.all([
      readReport(services, id, 'json'),
      readReport(services, id, 'pdf'),
    ]);
    reports.push({ unit: hardwareId, json: json.bytes, pdf: pdf.bytes });
  }
  return reports;
}

/** By unit: its newest report, where nothing was done with the unit since. */
function currentReports({ store, desk }: Services): Map<string, ReportFacts> {
  const unitOf = new Map(
    desk
      .list()
      .map((wizard) => [wizard.id, wizard.kind === 'provision' ? wizard.unit?.hardwareId : wizard.unit]),
  );
  const current = new Map<string, ReportFacts>();
  for (const { kind, subject, body } of store.events()) {
    const worked = unitOf.get(subject);
    if (worked !== undefined) current.delete(worked);
    if (kind === 'report.built') current.set(subject, body as ReportFacts);
  }
  return current;
}

/** Facts of a certificate as its event has them; null for events of the same name that a broker's certificate left. */
export function certificateIn({ kind, body }: StoredEvent): CertificateFacts | null {
  if (kind !== 'certificate.issued') return null;
  const members = typeof body === 'object' && body !== null ? body : {};
  return CertificateFacts.safeParse({ ...members, amendedBy: null }).data ?? null;
}

export async function issuedCertificates({
  store,
  options,
}: {
  store: JobStore;
  options: { jobPath: string };
}): Promise<IssuedCertificate[]> {
  const certificates: IssuedCertificate[] = [];
  for (const event of store.events({ kind: 'certificate.issued' })) {
    const facts = certificateIn(event);
    if (!facts) continue;
    const folder = join(`${options.jobPath}.certificates`, facts.number);
    const [pdf, dcc, json] = await Promise.all([
      fileAsIssued(join(folder, 'certificate.pdf'), facts.files.pdf.sha256),
      fileAsIssued(join(folder, 'dcc.xml'), facts.files.dcc.sha256),
      fileAsIssued(join(folder, 'certificate.json'), facts.files.json.sha256),
    ]);
    certificates.push({ number: facts.number, pdf, dcc, json });
  }
  return certificates;
}

/** Recordings that the newest report of each unit rests on. */
export async function issuedRecordings({
  store,
  lab,
}: Pick<Services, 'store' | 'lab'>): Promise<{ id: string; bytes: Buffer }[]> {
  const newest = new Map(reportsOf(store).map((report) => [report.unit, report]));
  const files: { id: string; bytes: Buffer }[] = [];
  for (const { recordings = [] } of newest.values()) {
    for (const { id, sha256 } of recordings) {
      const { path } = lab.shelf.fileOf(lab.shelf.find(id));
      await demandFits(path);
      files.push({ id, bytes: await fileAsIssued(path, sha256) });
    }
  }
  return files;
}

/** Before it is read into memory. */
async function demandFits(path: string): Promise<void> {
  const size = await stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
  if (size <= dossierLimits.bytes) return;
  throw new Failure('FILE_UNWRITABLE', { path, detail: 'it is larger than a dossier may be' });
}

/** FILE_UNREADABLE where it is gone, or is not what was issued. */
export async function fileAsIssued(path: string, sha256: string): Promise<Buffer> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Failure('FILE_UNREADABLE', { path, detail: 'it is not there' }, { cause });
  });
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  throw new Failure('FILE_UNREADABLE', { path, detail: 'it was changed after it was issued' });
}
