import type { CertificateFacts, Laboratory } from '../../shared/contract/certificate.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import { demandLaboratory } from '../../shared/report/certificate/certificate.ts';
import type { JobStore } from '../store/job-store.ts';
import { issueCertificate } from './issue-certificate.ts';
import { describeLaboratory, laboratoryOf } from './laboratory.ts';
import type { Services } from './services.ts';

/**
 * Whether the recipe's certificate could be issued, asked before anything is measured.
 * @throws Failure CERTIFICATE_NOT_ISSUED where nobody has said which laboratory it is
 */
export function demandCertifiable(store: JobStore, { calibrate, certificate }: Recipe): void {
  if (calibrate !== null && certificate !== null)
    demandLaboratory(certificate.laboratory ?? laboratoryOf(store));
}

/**
 * Issues the certificate of a recipe's calibration, for the laboratory that the recipe names; null: as the job has it.
 * CERTIFICATE_NOT_ISSUED, FILE_UNREADABLE, FILE_UNWRITABLE.
 */
export function certify(
  services: Services,
  wizard: string,
  laboratory: Laboratory | null,
): Promise<CertificateFacts> {
  if (laboratory !== null) describeLaboratory(services.store, laboratory);
  return issueCertificate(services, { wizard, amends: null, signature: null });
}
