import { join } from 'node:path';
import type { CertificateFacts } from '../../shared/contract/certificate.ts';
import type { JobStore } from '../store/job-store.ts';
import { certificateIn } from './dossier-sources.ts';

/** Every certificate of the job, oldest first, each with the one that was issued in its place. */
export function certificatesOf(store: JobStore): CertificateFacts[] {
  const issued = [...store.events({ kind: 'certificate.issued' })].flatMap((event) => {
    const facts = certificateIn(event);
    return facts === null ? [] : [facts];
  });
  return issued.map((facts) => ({
    ...facts,
    amendedBy: issued.find(({ amends }) => amends?.number === facts.number)?.number ?? null,
  }));
}

export const certificateFolder = (jobPath: string, number: string): string =>
  join(`${jobPath}.certificates`, number);
