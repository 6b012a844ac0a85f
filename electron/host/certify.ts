import type { CertificateFacts, Laboratory } from '../../shared/contract/certificate.ts';
import { issueCertificate } from './issue-certificate.ts';
import { describeLaboratory } from './laboratory.ts';
import type { Services } from './services.ts';

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
