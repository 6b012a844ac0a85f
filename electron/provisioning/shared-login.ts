import type { ConnectionSettings, CredentialFacts } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ProvisionAction, ProvisionState } from '../../shared/contract/provision.ts';
import type { JobStore } from '../store/job-store.ts';

/**
 * Never one secret for a fleet: a user with a password of his own is one unit's. A name with `{unit}` in it gives every
 * unit its own user and password. @throws Failure STEP_BLOCKED with the unit that has it
 */
export function refuseSharedLogin(store: JobStore, { unit, replaces, connection }: ProvisionState): void {
  const username = namedUser(connection);
  if (username === null) return;
  const other = [...credentialsIn(store)].find(
    ([id, { kind, subject }]) =>
      id !== unit?.hardwareId && id !== replaces && kind === 'password' && subject === username,
  );
  if (!other) return;
  const detail = `${username} is the user of unit ${other[0]} already, and units share no password; put {unit} in the name`;
  throw new Failure('STEP_BLOCKED', { detail });
}

/** The same for several units that get one connection at once. */
export function refuseLoginOfMany(connection: ConnectionSettings, units: number): void {
  const username = namedUser(connection);
  if (username === null || units < 2) return;
  const detail = `${units} units would share the password of ${username}: put {unit} in the name, so that each has its own`;
  throw new Failure('STEP_BLOCKED', { detail });
}

/** Null where there is none with a password, or every unit has another. */
function namedUser(connection: ConnectionSettings | null): string | null {
  const login = connection?.broker?.login;
  return login?.kind === 'password' && !login.username.includes('{unit}') ? login.username : null;
}

/** What each unit of the job signs in with, but for those whose place another one has taken. */
function credentialsIn(store: JobStore): Map<string, CredentialFacts> {
  const unitOf = new Map<string, string>();
  const deadOf = new Map<string, string>();
  const credentials = new Map<string, CredentialFacts>();
  for (const { kind, subject, body } of store.events()) {
    if (kind === 'wizard.opened') {
      const dead = (body as { replaces?: { unit?: string } }).replaces?.unit;
      if (dead !== undefined) deadOf.set(subject, dead);
    }
    if (kind !== 'wizard.action') continue;
    const action = body as ProvisionAction;
    if (action.type === 'identified') unitOf.set(subject, action.unit.hardwareId);
    if (action.type === 'credential') credentials.set(unitOf.get(subject) ?? '', action.credential);
    if (action.type === 'confirmed') credentials.delete(deadOf.get(subject) ?? '');
  }
  return credentials;
}
