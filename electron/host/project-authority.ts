import type { BrokerSettings } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import {
  type Authority,
  makeProjectAuthority,
  projectAuthority,
} from '../provisioning/credentials/credentials.ts';
import type { Vault } from '../secrets/secrets.ts';
import type { JobStore } from '../store/job-store.ts';
import { isBenchBroker } from './bench-broker.ts';
import { describedAs } from './job.ts';

/**
 * The project's own authority, made where it has none and its key can be kept. On the bench, where certificates are
 * worth nothing, one whose key is gone is made anew.
 */
export function authorityOf(store: JobStore, vault: Vault): (settings: BrokerSettings) => Promise<Authority> {
  let made: Promise<Authority> | null = null;
  const find = async (settings: BrokerSettings): Promise<Authority> => {
    const simulated = isBenchBroker(settings);
    const known = await projectAuthority(store, vault).catch((thrown: unknown) => {
      if (simulated && thrown instanceof Failure && thrown.code === 'SECRETS_LOCKED') return null;
      throw thrown;
    });
    if (known) return known;
    if (!simulated && !vault.isKept) {
      const detail =
        'the project has no authority, and its key would not be kept here: make one with "plumb ca make" and go on in the terminal, or in the window';
      throw new Failure('STEP_BLOCKED', { detail });
    }
    return makeProjectAuthority(store, vault, `Plumbline ${describedAs(store).name}`);
  };
  return (settings) => {
    // Several units at once ask for the same one.
    made ??= find(settings).catch((thrown: unknown) => {
      made = null;
      throw thrown;
    });
    return made;
  };
}
