import { z } from 'zod';
import { SecretRef } from '../../../shared/contract/connection.ts';
import { NameRow } from '../../../shared/contract/queue.ts';
import { KnownBundle } from '../../../shared/contract/software.ts';
import { ask } from '../common/ask.ts';
import type { HostClient } from '../common/host.ts';

/** Hands a secret to the host, which keeps it; from then on only its name is known here. */
export const putSecret = (host: HostClient, label: string, value: string): Promise<SecretRef> =>
  ask(host, 'secrets.put', { label, value }, SecretRef);

/** Reads a list of plate texts. LIST_INVALID names the line that is wrong. */
export const importNames = (host: HostClient, csv: string): Promise<NameRow[]> =>
  ask(host, 'names.import', { csv }, z.array(NameRow));

/** Verifies a bundle with the keys that the project trusts, and keeps it. */
export const addBundle = (host: HostClient, base64: string): Promise<KnownBundle> =>
  ask(host, 'bundles.add', { base64 }, KnownBundle);

export const listBundles = (host: HostClient): Promise<KnownBundle[]> =>
  ask(host, 'bundles.list', {}, z.array(KnownBundle));
