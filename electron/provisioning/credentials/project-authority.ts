import { z } from 'zod';
import { Pem, SecretRef } from '../../../shared/contract/connection.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Vault } from '../../secrets/secrets.ts';
import type { JobStore } from '../../store/job-store.ts';
import { type Authority, createAuthority, type IssueOptions, openAuthority } from './authority.ts';

const Made = z.strictObject({ certificate: Pem, fingerprint: z.string(), key: SecretRef });
/** What the record says of the project's authority: its certificate, and the name of its key. */
export type AuthorityRecord = z.infer<typeof Made>;

const kind = 'authority.made';

/** The authority that the project made last; null where it made none. */
export function recordedAuthority(store: JobStore): AuthorityRecord | null {
  const newest = [...store.events({ kind })].at(-1);
  return newest === undefined ? null : Made.parse(newest.body);
}

/**
 * The project's authority, ready to issue; null where it made none. SECRETS_LOCKED where its key is not among the
 * secrets that can be read here.
 */
export async function projectAuthority(store: JobStore, vault: Vault): Promise<Authority | null> {
  const record = recordedAuthority(store);
  if (!record) return null;
  const key = await vault.resolve(record.key).catch((thrown: unknown) => {
    if (!(thrown instanceof Failure) || thrown.code !== 'SECRET_UNKNOWN') throw thrown;
    const detail =
      'the key of the authority is kept elsewhere: in the key file, or on the computer that made it';
    throw new Failure('SECRETS_LOCKED', { detail }, { cause: thrown });
  });
  return openAuthority(record.certificate, key);
}

/** Makes the project's authority: its key into the vault first, then its certificate into the record. */
export async function makeProjectAuthority(
  store: JobStore,
  vault: Vault,
  name: string,
  options: IssueOptions = {},
): Promise<Authority> {
  const { authority, key } = await createAuthority(name, options);
  const ref = await vault.put('authority key', key.reveal());
  const body: AuthorityRecord = {
    certificate: authority.certificate,
    fingerprint: authority.fingerprint,
    key: ref,
  };
  store.append({ kind, subject: 'job', body });
  return authority;
}
