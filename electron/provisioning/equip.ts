import type {
  BrokerSettings,
  ConnectionSettings,
  CredentialFacts,
} from '../../shared/contract/connection.ts';
import type { SlotFile, UnitSoftware } from '../drivers/driver.ts';
import type { Secret } from '../secrets/secrets.ts';
import type { SignIn } from './broker/broker.ts';
import {
  type Authority,
  aclLines,
  commandKeyFor,
  credentialFor,
  secretFile,
} from './credentials/credentials.ts';
import { unitFile } from './files.ts';
import { isOpen, type UnitHistory } from './history.ts';
import { slotFile, slotManifest } from './software/software.ts';
import type { ProvisionTools, UnitAtPort } from './tools.ts';

/** What a unit gets beside its configuration, and what may be known of it. */
export interface Equipment {
  files: SlotFile[];
  credential: CredentialFacts | null;
  authority: Authority | null;
  /** How the app would sign in as the unit; null where only the unit can. */
  signIn: SignIn | null;
}

/** A certificate that is good for less than this is made anew when the unit is pushed. */
const leastDays = 30;
const dayMs = 86_400_000;

/** Every secret that the connection names must be there before anything is written. @throws Failure SECRET_UNKNOWN … */
export async function demandSecrets(
  { vault, authority }: Pick<ProvisionTools, 'vault' | 'authority'>,
  { network, broker }: ConnectionSettings,
): Promise<void> {
  const refs = [
    network.kind === 'wifi' ? network.password : null,
    broker?.login.kind === 'password' ? broker.login.password : null,
    broker?.watcher?.kind === 'password' ? broker.watcher.password : null,
    broker?.commands?.kind === 'signed' ? broker.commands.key : null,
  ];
  for (const ref of refs) if (ref !== null) await vault.resolve(ref);
  if (broker && needsAuthority(broker)) await authority(broker);
}

/** Somebody's certificate is issued, or checked, by the project's own authority. */
export const needsAuthority = ({ tls, login, watcher }: BrokerSettings): boolean =>
  tls?.authority === null || login.kind === 'certificate' || watcher?.kind === 'certificate';

/**
 * The files with secrets and certificates for a unit. A key that the unit holds from an earlier push of this project
 * is kept: it never left the unit, and making another takes long.
 */
export async function equip(
  tools: ProvisionTools,
  { network, broker }: ConnectionSettings,
  { session, expected }: UnitAtPort,
  past: { held: UnitSoftware; history: UnitHistory; signal: AbortSignal },
): Promise<Equipment> {
  const { vault, authority: authorityFor } = tools;
  const wifi =
    network.kind === 'wifi' && network.password !== null ? await vault.resolve(network.password) : null;
  if (broker === null) {
    const files = withSecrets(tools, [], { wifi, mqtt: null, command: null });
    return { files, credential: null, authority: null, signIn: null };
  }
  const authority = needsAuthority(broker) ? await authorityFor(broker) : null;
  const command = await commandKeyFor(broker, expected, vault);
  const kept = broker.login.kind === 'certificate' ? keptKey(past) : null;
  if (kept !== null) {
    const trusted = trustedBy(broker, authority);
    const credential = { ...kept.credential, acl: aclLines(expected, expected, broker.topic) };
    const files = withSecrets(tools, [...trusted, ...kept.files], { wifi, mqtt: null, command });
    return { files, credential, authority, signIn: null };
  }
  const { facts, slotFiles, secrets, signIn } = await credentialFor({
    session,
    settings: broker,
    unit: expected,
    authority,
    vault,
    signal: past.signal,
  });
  const files = withSecrets(tools, slotFiles, { wifi, mqtt: secrets.password, command });
  return { files, credential: facts, authority, signIn };
}

function withSecrets(
  { salt }: Pick<ProvisionTools, 'salt'>,
  files: SlotFile[],
  secrets: { wifi: Secret | null; mqtt: Secret | null; command: Secret | null },
): SlotFile[] {
  const file = secretFile(secrets, salt);
  return file === null ? files : [...files, file];
}

function trustedBy({ tls }: BrokerSettings, authority: Authority | null): SlotFile[] {
  const certificate = tls?.authority ?? (tls && authority?.certificate);
  return certificate ? [slotFile(unitFile('/ca.pem', Buffer.from(certificate)))] : [];
}

/** Key and certificate that one of the unit's slots holds, where the record vouches for them. */
function keptKey({
  held,
  history,
}: {
  held: UnitSoftware;
  history: UnitHistory;
}): { files: SlotFile[]; credential: CredentialFacts } | null {
  const { credential, certificateFile, journal } = history;
  if (credential?.kind !== 'certificate' || credential.notAfter === null) return null;
  if (Date.parse(credential.notAfter) - Date.now() < leastDays * dayMs) return null;
  for (const slot of ['a', 'b'] as const) {
    const content = held.slots[slot];
    const listed = content && slotManifest(content.text)?.files;
    const files = (listed ?? [])
      .filter(([path]) => path === '/cert.pem' || path === '/key.pem')
      .map(([path, size, sha256]): SlotFile => ({ path, size, sha256, bytes: null }));
    const isOurs =
      (isOpen(journal) && journal.slot === slot && journal.manifest === content?.manifest) ||
      files.some(({ path, sha256 }) => path === '/cert.pem' && sha256 === certificateFile);
    if (isOurs && files.length === 2) return { files, credential };
  }
  return null;
}
