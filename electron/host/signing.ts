import { z } from 'zod';
import { SecretRef } from '../../shared/contract/connection.ts';
import { Sha256 } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { signerMade } from '../../shared/dossier/dossier.ts';
import { newSeed, type SigningKey, signingKeyOf } from '../report/dossier/dossier.ts';
import type { Vault } from '../secrets/secrets.ts';
import type { JobStore } from '../store/job-store.ts';

const SignerMade = z.strictObject({ publicKey: Sha256, fingerprint: Sha256, ref: SecretRef });
type SignerMade = z.infer<typeof SignerMade>;

/** The key that the project keeps, as the record has it; null where it has none. */
export function recordedSigner(store: JobStore): SignerMade | null {
  const newest = [...store.events({ kind: signerMade })].at(-1);
  return newest === undefined ? null : SignerMade.parse(newest.body);
}

/**
 * What signs the dossiers of this project: its own key, made when it is first needed and kept with the project's
 * secrets. Where secrets are not kept (a browser tab, a terminal without a file for them) a key that lives for one
 * dossier, and is called that: a key that lay open beside the project would be copied with it. SECRETS_LOCKED.
 */
export async function signingKey(store: JobStore, vault: Vault): Promise<SigningKey> {
  if (!vault.isKept) return keyForOnce();
  const known = recordedSigner(store);
  return known === null ? makeKey(store, vault) : keptKey(known, vault);
}

function keyForOnce(): SigningKey {
  const seed = newSeed();
  const key = signingKeyOf(seed, 'for this dossier');
  seed.fill(0);
  return key;
}

async function makeKey(store: JobStore, vault: Vault): Promise<SigningKey> {
  const seed = newSeed();
  const key = signingKeyOf(seed, 'kept');
  const ref = await vault.put('key that signs dossiers', seed);
  seed.fill(0);
  const body: SignerMade = { publicKey: key.publicKey, fingerprint: key.fingerprint, ref };
  store.append({ kind: signerMade, subject: 'job', body });
  return key;
}

async function keptKey({ ref, publicKey }: SignerMade, vault: Vault): Promise<SigningKey> {
  const listed = await vault.list();
  // It is with the secrets of another door: those of the window are not those of the terminal.
  if (!listed.some((secret) => secret.ref === ref)) return keyForOnce();
  const key = signingKeyOf((await vault.resolve(ref)).reveal(), 'kept');
  if (key.publicKey === publicKey) return key;
  throw new Failure('SECRETS_LOCKED', {
    detail: 'the key that signs dossiers is not the one that the record names',
  });
}
