import { join } from 'node:path';
import type { ParsedParams } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { certificateFileNames } from '../report/report.ts';
import { certificateFolder, certificatesOf } from './certificate-facts.ts';
import { fileAsIssued } from './dossier-sources.ts';
import { issueCertificate } from './issue-certificate.ts';
import type { Handlers } from './server.ts';
import type { Services } from './services.ts';

/** A certificate's file as it was issued. NOT_FOUND; FILE_UNREADABLE when it is gone or was changed. */
export async function readCertificate(
  { store, options }: Pick<Services, 'store' | 'options'>,
  { number, format }: ParsedParams<'certificates.read'>,
): Promise<{ name: string; bytes: Buffer }> {
  const facts = certificatesOf(store).find((certificate) => certificate.number === number);
  if (!facts) throw new Failure('NOT_FOUND', { thing: 'certificate', id: number });
  const name = certificateFileNames[format];
  const path = join(certificateFolder(options.jobPath, number), name);
  return { name: `${number}-${name}`, bytes: await fileAsIssued(path, facts.files[format].sha256) };
}

export const certificateHandlers = (
  services: Services,
): Pick<Handlers, 'certificates.list' | 'certificates.issue' | 'certificates.read'> => ({
  'certificates.list': () => certificatesOf(services.store),
  'certificates.issue': (params) => issueCertificate(services, params),
  'certificates.read': async (params) => {
    const { name, bytes } = await readCertificate(services, params);
    return { name, base64: bytes.toString('base64') };
  },
});
