import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReportFacts, WizardState } from '../../shared/contract/job.ts';
import { buildRecord } from '../../shared/report/build-record.ts';
import { recordingsOf, type Scope, wholeScope } from '../../shared/report/record.ts';
import { writeReport } from '../report/report.ts';
import { demandSound, describedAs, reportsOf } from './job.ts';
import { paperOf } from './paper.ts';
import { overview, type Services } from './services.ts';

const directoryOf = (jobPath: string, id: string): string => join(`${jobPath}.reports`, id);

/** Writes the report of what the record holds of one unit now, and enters its hashes in the record. */
export async function buildReport(
  services: Services,
  hardwareId: string,
  scope: Scope = wholeScope,
): Promise<ReportFacts> {
  const { store, options } = services;
  demandSound(store);
  const unit = overview(services).units.find((candidate) => candidate.hardwareId === hardwareId);
  if (!unit) throw new Failure('NOT_FOUND', { thing: 'unit', id: hardwareId });
  const newest = <K extends WizardState['kind']>(kind: K): Extract<WizardState, { kind: K }> | null => {
    const id = unit.wizards[kind];
    return id === null ? null : (services.desk.get(id) as Extract<WizardState, { kind: K }>);
  };
  const id = randomUUID();
  const at = Date.now();
  const profile = unit.settings ? services.profiles.get(unit.settings.profile) : undefined;
  const record = buildRecord({
    issuedAt: at,
    software: options.version,
    bench: unit.port.startsWith('bench:'),
    scope,
    job: describedAs(store),
    unit: {
      hardwareId,
      identity: unit.identity,
      settings: unit.settings,
      replaces: unit.replaces,
      channels: (profile?.channels ?? []).map((channel) => ({
        id: channel.id,
        title: channel.title,
        unit: channel.unit,
        quantum: channel.quantum,
      })),
    },
    provision: newest('provision'),
    calibrate: newest('calibrate'),
    validate: newest('validate'),
    chain: store.head(),
  });
  const { pdf, json } = await writeReport(record, directoryOf(options.jobPath, id), paperOf(options));
  const size = ({ sha256, size }: { sha256: string; size: number }): ReportFacts['pdf'] => ({ sha256, size });
  const recordings = recordingsOf(record);
  const facts: ReportFacts = {
    id,
    unit: hardwareId,
    at,
    pdf: size(pdf),
    json: size(json),
    ...(recordings.length > 0 ? { recordings } : {}),
  };
  store.append({ kind: 'report.built', subject: hardwareId, body: facts });
  services.emit('job.changed', overview(services));
  return facts;
}

/** A report's file as it was written; one whose hash is no longer that of the record is refused. */
export async function readReport(
  { store, options }: Services,
  id: string,
  format: 'pdf' | 'json',
): Promise<{ name: string; bytes: Buffer }> {
  const facts = reportsOf(store).find((report) => report.id === id);
  if (!facts) throw new Failure('NOT_FOUND', { thing: 'report', id });
  const name = format === 'pdf' ? 'report.pdf' : 'record.json';
  const path = join(directoryOf(options.jobPath, id), name);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Failure('FILE_UNREADABLE', { path, detail: 'it is not there' }, { cause });
  });
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== facts[format].sha256) {
    throw new Failure('FILE_UNREADABLE', { path, detail: 'it was changed after it was issued' });
  }
  return { name, bytes };
}
