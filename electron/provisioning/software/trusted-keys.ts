import { Failure } from '../../../shared/contract/failure.ts';
import { TrustedKey } from '../../../shared/contract/software.ts';
import type { JobStore } from '../../store/job-store.ts';
import { formatPublicKey, type PublicKey, parsePublicKey } from '../bundle/bundle.ts';

const subject = 'software';

/** The keys whose bundles this project takes: those in the record that were not withdrawn since. */
export function trustedKeys(store: JobStore): TrustedKey[] {
  const keys = new Map<string, TrustedKey>();
  for (const { kind, body } of store.events({ subject })) {
    if (kind !== 'key.trusted' && kind !== 'key.withdrawn') continue;
    const key = TrustedKey.parse(body);
    if (kind === 'key.trusted') keys.set(key.id, key);
    else keys.delete(key.id);
  }
  return [...keys.values()];
}

export const publicKeys = (store: JobStore): PublicKey[] =>
  trustedKeys(store).map(({ key, id }) => parsePublicKey(key, id));

/**
 * Enters a minisign public key (its file, or the line alone). KEY_INVALID, also for another key of the same id and for
 * a name that is no plate text.
 */
export function trustKey(store: JobStore, given: { key: string; name: string }): TrustedKey[] {
  const name = nameIn(given.name);
  const parsed = parsePublicKey(given.key, name);
  const line = formatPublicKey(parsed).split('\n')[1] ?? '';
  const known = trustedKeys(store).find(({ id }) => id === parsed.id);
  if (known && known.key !== line) {
    const detail = `another key with the id ${parsed.id} is trusted as ${known.name}; withdraw that one first`;
    throw new Failure('KEY_INVALID', { key: name, detail });
  }
  if (known?.name !== name) {
    store.append({
      kind: 'key.trusted',
      subject,
      body: TrustedKey.parse({ id: parsed.id, key: line, name }),
    });
  }
  return trustedKeys(store);
}

function nameIn(given: string): string {
  const parsed = TrustedKey.shape.name.safeParse(given);
  if (parsed.success) return parsed.data;
  const detail = 'its owner is named by 1 to 60 letters without control characters';
  throw new Failure('KEY_INVALID', { key: 'that is to be trusted', detail });
}

/** From now on nothing that this key signed goes to a unit, bundles that were accepted before included. NOT_FOUND. */
export function withdrawKey(store: JobStore, id: string): TrustedKey[] {
  const known = trustedKeys(store).find((key) => key.id === id.toUpperCase());
  if (!known) throw new Failure('NOT_FOUND', { thing: 'trusted key', id });
  store.append({ kind: 'key.withdrawn', subject, body: known });
  return trustedKeys(store);
}
