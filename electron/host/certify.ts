import type { Laboratory } from '../../shared/contract/certificate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Services } from './services.ts';

/** Issues the certificate of a recipe's calibration, for the laboratory that the recipe names. */
export function certify(_: Services, wizard: string, laboratory: Laboratory | null): Promise<never> {
  const detail = `the certificate of ${wizard} for ${laboratory?.party.name ?? 'the laboratory of the job'}`;
  return Promise.reject(new Failure('INTERNAL', { detail }));
}
