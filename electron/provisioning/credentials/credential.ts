import { createHash } from 'node:crypto';
import type { BrokerLogin, BrokerSettings, CredentialFacts } from '../../../shared/contract/connection.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SlotFile, UnitSession } from '../../drivers/driver.ts';
import type { Secret, Vault } from '../../secrets/secrets.ts';
import type { SignIn } from '../broker/sign-in.ts';
import { aclLines, mosquittoLines, unitUser, watcherRights } from './access-list.ts';
import { hideKey, makeAppKey } from './app-key.ts';
import type { Authority } from './authority.ts';
import { certificateRequest, unitSigner } from './request.ts';
import { commandKey } from './signed-command.ts';
import { derivedPassword, passwordLine } from './unit-password.ts';

export interface CredentialOptions {
  /** Makes the key on the unit where it can; null: the app makes it. */
  session: Pick<UnitSession, 'makeKey'> | null;
  settings: BrokerSettings;
  /** Hardware id. */
  unit: string;
  /** The project's own; null where it has none. */
  authority: Authority | null;
  vault: Vault;
  /** Validity of a certificate. */
  days?: number;
  signal?: AbortSignal;
}

/** What a unit signs in with: what may be known of it, what goes onto the unit, and what must not be shown. */
export interface Credential {
  facts: CredentialFacts;
  /** `/ca.pem`, `/cert.pem`, `/key.pem` of the slot, as far as there are such. */
  slotFiles: SlotFile[];
  /** For `secret.json`; null where the unit signs in another way. */
  secrets: { password: Secret | null };
  /** How the app would sign in as the unit; null where it cannot, because the key stays on the unit. */
  signIn: SignIn | null;
}

const missing = (detail: string): Failure => new Failure('STEP_BLOCKED', { detail });

export const textFile = (path: string, text: string | Uint8Array): SlotFile => {
  const bytes = Buffer.from(text as Uint8Array);
  return { path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
};

/** STEP_BLOCKED, SECRET_UNKNOWN, CERTIFICATE_REFUSED, and as the unit fails. */
export async function credentialFor(options: CredentialOptions): Promise<Credential> {
  const { settings, authority } = options;
  const trusted = settings.tls === null ? null : (settings.tls.authority ?? authority?.certificate);
  if (trusted === undefined) throw missing('there is no authority that vouches for the broker');
  const made = await forLogin(options);
  return {
    ...made,
    slotFiles: [...(trusted === null ? [] : [textFile('/ca.pem', trusted)]), ...made.slotFiles],
  };
}

function forLogin(options: CredentialOptions): Credential | Promise<Credential> {
  const { login } = options.settings;
  if (login.kind === 'password') return withPassword(options, login);
  return login.kind === 'certificate' ? withCertificate(options) : anonymous(options);
}

const none = { fingerprint: null, notAfter: null, keyMadeOn: null };

function anonymous({ settings, unit }: CredentialOptions): Credential {
  const acl = aclLines(unit, null, settings.topic);
  const facts: CredentialFacts = { kind: 'anonymous', subject: `plumbline-${unit}`, ...none, acl };
  return { facts, slotFiles: [], secrets: { password: null }, signIn: { kind: 'anonymous' } };
}

/** A user name with `{unit}` in it stands for many units: each gets a password of its own. */
async function withPassword(
  { settings, unit, vault }: CredentialOptions,
  login: BrokerLogin & { kind: 'password' },
): Promise<Credential> {
  const given = await vault.resolve(login.password);
  const isShared = login.username.includes('{unit}');
  const password = isShared ? derivedPassword(given, unit) : given;
  vault.redactor.add(password);
  const username = unitUser(login.username, unit);
  const account = isShared ? [`# password file: ${await passwordLine(username, password)}`] : [];
  const acl = [...account, ...aclLines(unit, username, settings.topic)];
  return {
    facts: { kind: 'password', subject: username, ...none, acl },
    slotFiles: [],
    secrets: { password },
    signIn: { kind: 'password', username, password: () => password.revealText() },
  };
}

async function withCertificate(options: CredentialOptions): Promise<Credential> {
  const { settings, unit, authority, vault, days, signal } = options;
  if (settings.tls === null) throw missing('a login by certificate needs TLS');
  if (!authority) throw missing('this project has no authority that could issue the certificate');
  const onUnit = await options.session?.makeKey({ expected: unit, ...(signal ? { signal } : {}) });
  const own = onUnit ? null : makeAppKey();
  if (own) hideKey(vault.redactor, own.pem);
  const signer = onUnit ? unitSigner(onUnit, signal) : own;
  if (!signer) throw missing('there is no key');
  const request = await certificateRequest(unit, signer);
  const issued = await authority.issue(request, {
    hardwareId: unit,
    ...(days === undefined ? {} : { days }),
  });
  const keyFile: SlotFile = onUnit
    ? { path: '/key.pem', size: onUnit.size, sha256: onUnit.sha256, bytes: null }
    : textFile('/key.pem', own?.pem.reveal() ?? '');
  return {
    facts: {
      kind: 'certificate',
      subject: unit,
      fingerprint: issued.fingerprint,
      notAfter: issued.notAfter,
      keyMadeOn: onUnit ? 'unit' : 'app',
      acl: aclLines(unit, unit, settings.topic),
    },
    slotFiles: [textFile('/cert.pem', issued.certificate), keyFile],
    secrets: { password: null },
    signIn: own && {
      kind: 'certificate',
      subject: unit,
      certificate: issued.certificate,
      key: () => own.pem.revealText(),
    },
  };
}

/**
 * `secret.json` of a slot, as the agent reads it; null where the unit needs no secret. Its hash stands in manifest,
 * record and report: without the salt, which stands nowhere else, a weak password could be guessed from it.
 */
export function secretFile(
  secrets: { wifi: Secret | null; mqtt: Secret | null; command: Secret | null },
  salt: string,
): SlotFile | null {
  const { wifi, mqtt, command } = secrets;
  if (!wifi && !mqtt && !command) return null;
  const content = {
    ...(command ? { command: command.revealText() } : {}),
    ...(mqtt ? { mqtt: mqtt.revealText() } : {}),
    salt,
    v: 1,
    ...(wifi ? { wifi: wifi.revealText() } : {}),
  };
  return textFile('/secret.json', JSON.stringify(content));
}

/** A key that is derived from fewer characters could be found by whoever takes one unit apart. */
const shortestKey = 16;

/** The unit's own key for commands; null where it takes none that are signed. STEP_BLOCKED, SECRET_UNKNOWN. */
export async function commandKeyFor(
  { commands }: BrokerSettings,
  unit: string,
  vault: Vault,
): Promise<Secret | null> {
  if (commands?.kind !== 'signed') return null;
  const given = await vault.resolve(commands.key);
  if (given.reveal().length < shortestKey) {
    throw missing(`the key for commands is shorter than ${shortestKey} bytes`);
  }
  const key = commandKey(given, unit);
  vault.redactor.add(key);
  return key;
}

/**
 * How the app signs in to look on, and the lines that let it. Where the settings say "the same way as the unit" it is
 * the unit's password, or a certificate of the app's own. STEP_BLOCKED, SECRET_UNKNOWN.
 */
export async function watcherFor({
  settings,
  unit,
  authority,
  vault,
}: Pick<CredentialOptions, 'settings' | 'unit' | 'authority' | 'vault'>): Promise<{
  signIn: SignIn;
  acl: string[];
}> {
  const login = settings.watcher ?? settings.login;
  const rights = watcherRights(settings.topic);
  if (login.kind === 'anonymous') return { signIn: login, acl: mosquittoLines(null, rights) };
  if (login.kind === 'certificate') {
    if (!authority) throw missing('this project has no authority that could issue the certificate');
    const { certificate, key, subject } = await authority.issueWatcher();
    hideKey(vault.redactor, key);
    const signIn: SignIn = { kind: 'certificate', subject, certificate, key: () => key.revealText() };
    return { signIn, acl: mosquittoLines(subject, rights) };
  }
  const given = await vault.resolve(login.password);
  const asUnit = settings.watcher === null && login.username.includes('{unit}');
  const password = asUnit ? derivedPassword(given, unit) : given;
  vault.redactor.add(password);
  const username = unitUser(login.username, unit);
  const signIn: SignIn = { kind: 'password', username, password: () => password.revealText() };
  return { signIn, acl: mosquittoLines(username, rights) };
}
