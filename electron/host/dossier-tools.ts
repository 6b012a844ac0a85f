// What a door may do about dossiers without a host running.
import { Failure } from '../../shared/contract/failure.ts';
import type { Vault } from '../secrets/secrets.ts';
import { withProject } from './configurations.ts';
import { recordedSigner, signingKey } from './signing.ts';

export { readVerifier } from './dossiers.ts';

/** The key of a project, made where it has none. SECRETS_LOCKED, PROJECT_INVALID, PROJECT_IN_USE. */
export const makeSigner = (
  jobPath: string,
  vault: Vault,
): Promise<{ fingerprint: string; publicKey: string }> =>
  withProject(jobPath, async (store) => {
    const known = recordedSigner(store);
    if (known) return known;
    const key = await signingKey(store, vault);
    if (key.kind !== 'kept') throw new Failure('SECRETS_LOCKED', { detail: 'nothing keeps secrets here' });
    return key;
  });
